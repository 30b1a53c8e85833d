"""Colours and safe text."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest

from ringform.reports.text.style import Style, safe, width


@pytest.mark.parametrize("text", ["", "Sales", "Læg en besked – tak", "ようこそ 👋", "été", "a b"])
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\rc\td", r"a\nb\rc\td"),
        ("\x1b[2J\x07\x7f\x00", r"\x1b[2J\x07\x7f\x00"),
        ("\x9b31m", r"\x9b31m"),  # the one-byte form of ESC [
        ("a\u202eb\u2066c\u200f", r"a\u202eb\u2066c\u200f"),
        ("a\u200bb\ufeff\u2028\u2029\xad", r"a\u200bb\ufeff\u2028\u2029\xad"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("\ue000", r"\ue000"),
    ],
)
def test_what_could_act_or_hide_is_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_no_character_at_all_gets_through_that_could_act() -> None:
    harmful = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    characters = [character for character in map(chr, range(sys.maxunicode + 1)) if category(character) in harmful]
    through = set(safe("".join(characters))) & set(characters)
    assert through == {"\u200d"}, "only the joiner of emoji"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("你好", 4), ("👋", 2), ("\u2764\ufe0f", 1), ("ｱ", 1), ("Ａ", 2)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_without_colour_nothing_is_added() -> None:
    style = Style()
    for paint in (style.bold, style.dim, style.added, style.removed, style.changed, style.error, style.warning):
        assert paint("text") == "text"


def test_with_colour_every_paint_ends_where_it_began() -> None:
    style = Style(color=True)
    paints = (style.bold, style.dim, style.added, style.removed, style.changed, style.error, style.warning, style.place)
    painted = [paint("text") for paint in paints]
    assert len(set(painted)) == len(paints)
    for text in painted:
        assert text.startswith("\x1b[")
        assert text.endswith("mtext\x1b[0m")
    assert style.bold("") == ""
