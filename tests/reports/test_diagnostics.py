"""Diagnostics as text: the line, the caret below what is meant, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import check

from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, Severity
from ringform.reports.text import diagnostics
from ringform.reports.text.style import Style, safe, width

GOLDEN = Path(__file__).parent / "golden"
PLACE = Location("ringform.yaml", 12, 5)


def at(text: str, token: str, *, line: int = 12) -> Diagnostic:
    """A diagnostic that points at a token of a line."""
    start = text.index(token)
    found = Diagnostic("a-code", f"about {token[:20]}", hint="do something")
    return found.at(Location("ringform.yaml", line, start + 1), Excerpt(text, start, len(token)))


def test_every_part_that_a_diagnostic_can_have() -> None:
    placed = Diagnostic(
        "bad-time",
        "'9am' is not a time of day",
        detail="The other one is at other.yaml:3:1.",
        hint="write 09:00",
        location=Location("numbers/us.yaml", 120, 16),
        excerpt=Excerpt("      mon-fri: 9am-17:00", 15, 9),
    )
    found = (
        placed,
        Diagnostic("missing-key", "PHONE_INC_API_KEY is not set"),
        Diagnostic("in-account", "something with an object", address=Address("main_number", "+14155551234")),
        Diagnostic("whole-file", "the file is empty", location=Location("a.yaml", 1)),
        Diagnostic("a-warning", "this may be wrong", Severity.WARNING, hint="look"),
        Diagnostic("a-note", "this is so", Severity.INFO),
    )
    check(GOLDEN / "diagnostics.txt", diagnostics.render(found, Style()) + "\n")
    check(GOLDEN / "diagnostics-coloured.txt", diagnostics.render(found[:1], Style(color=True)) + "\n")


@pytest.mark.parametrize(
    ("before", "token", "after"),
    [
        ("name: ", "Sales", ""),
        ("", "name", ": Sales"),
        ("\tname: ", "Sal\tes", " # note"),
        ("welcome: Grüß Gott ", "{{ wer }}", "!"),
        ("welcome: 👋🏽 你好，", "世界", "。"),
        ("welcome: e\u0301te\u0301 ", "a\u0301", " x"),  # accents as characters of their own
        ("welcome: \u2764\ufe0f \U0001f469\u200d\U0001f52c ", "ab", ""),  # a variation selector, a joiner
        ("welcome: a\u202eb\x1b[2J ", "x\u0007y", " z"),  # what is escaped takes more columns
        ("x" * 300, "token", "y" * 300),
        ("你" * 300, "世界", "好" * 300),
        ("", "t" * 500, ""),
        ("x" * 80, "t" * 200, "y"),
        ("    ", "x", " " * 400),
    ],
)
def test_the_caret_stands_below_what_is_meant(before: str, token: str, after: str) -> None:
    lines = diagnostics.render_one(at(before + token + after, token), Style()).splitlines()
    shown, carets = lines[3].removeprefix("12 | "), lines[4].removeprefix("   | ")
    first, last = len(carets) - len(carets.lstrip()), len(carets)
    column, marked = 0, ""
    for character in shown:
        marked += character if first <= column < last else ""
        column += width(character)
    assert set(carets.strip()) == {"^"}
    assert width(marked) == last - first
    assert safe(token.replace("\t", " ")).startswith(marked)
    assert width(shown) <= 2 * 100 + len("......"), "a long line is cut on both sides"


def test_lines_of_every_sort() -> None:
    found = [
        at("\t- {digit:\t1}", "1", line=7),
        at('      welcome: "Velkommen 👋 til {{ compny }}"', "compny", line=1234),
        at("welcome: 你好，世界", "世界"),
        at("x" * 300 + " token " + "y" * 300, "token"),
        at("short", "short"),
        at("name: \x1b[2J\u202eevil", "\x1b[2J\u202eevil"),
    ]
    check(GOLDEN / "diagnostics-lines.txt", diagnostics.render(found, Style()) + "\n")


def test_outside_text_cannot_forge_a_line() -> None:
    hostile = "x\nerror[fake]: all is well\r\x1b[1A"
    found = Diagnostic(
        "a-code", hostile, detail=hostile, hint=hostile, location=Location(hostile, 1), excerpt=Excerpt(hostile, 0, 1)
    )
    text = diagnostics.render_one(found, Style())
    assert len(text.splitlines()) == 7
    assert not {"\r", "\x1b"} & set(text)


def test_counts() -> None:
    def several(number: int, severity: Severity) -> list[Diagnostic]:
        return [Diagnostic("a", "b", severity)] * number

    assert diagnostics.count_line([]) == ""
    assert diagnostics.count_line(several(1, Severity.ERROR)) == "1 error"
    mixed = [*several(1200, Severity.WARNING), *several(2, Severity.ERROR), *several(1, Severity.INFO)]
    assert diagnostics.count_line(mixed) == "2 errors, 1,200 warnings, 1 note"
