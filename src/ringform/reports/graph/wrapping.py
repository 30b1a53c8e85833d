"""Wrapping texts to a width, which is estimated without a font: lines are rather too short than too long."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iIjlt.,:;'|!()[]fr ·“”-")
_WIDE = frozenset("mwMW@%—…")
_BOLD = 1.06
_ELLIPSIS = "…"


def wrapped(text: str, width: float, size: int, most: int, *, is_bold: bool = False) -> list[str]:
    """Return a text as lines of at most ``width`` pixels, cut after ``most`` lines with an ellipsis."""
    unit = size * (_BOLD if is_bold else 1.0)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if measured(longer, unit) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, unit)
        lines += full
        if len(lines) > most:
            break
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measured(last + _ELLIPSIS, unit) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + _ELLIPSIS]


def measured(text: str, unit: float) -> float:
    """Return the approximate width of a text, in pixels, in a sans-serif font of ``unit`` pixels."""
    return sum(_em(character) for character in text) * unit


def _pieces(word: str, width: float, unit: float) -> list[str]:
    """Return a word in pieces that fit a line; an accent stays with its letter."""
    pieces = [""]
    for character in word:
        if measured(pieces[-1] + character, unit) > width and not unicodedata.combining(character):
            pieces.append("")
        pieces[-1] += character
    return pieces


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.38
    if character in _WIDE:
        return 0.95
    if character.isascii():
        return 0.7 if character.isupper() else 0.58
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.7
