"""Items between brackets: one more, or one less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ringform.manifest.edit.lines import Lines
from ringform.manifest.edit.spots import Spot

_COMMA = re.compile(r"[ \t]*,")
_ALONE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\n\r]*)?(?=[\n\r])")


class Splice(NamedTuple):
    """A span of a text, and what comes into its place."""

    start: int
    end: int
    text: str


Part = tuple[int, int]
"""Where an item begins and ends."""


def insert(lines: Lines, holder: Spot, parts: Sequence[Part], number: int, written: str) -> list[Splice]:
    """Return the spans for a new item that gets a position among the others."""
    if not parts:
        return [Splice(holder.inner + 1, holder.end - 1, written)]
    if number == 0:
        start = parts[0][0]
        gap = f",{lines.line_break}{' ' * lines.column(start)}" if lines.is_first_on_line(start) else ", "
        return [Splice(start, start, written + gap)]
    start, end = parts[number - 1]
    if not lines.is_first_on_line(start) or not _ALONE.match(lines.text, end):
        return [Splice(end, end, f", {written}")]
    place = lines.next_line(end)
    has_comma = _COMMA.match(lines.text, end)
    line = f"{' ' * lines.column(start)}{written}{',' if has_comma else ''}{lines.line_break}"
    return [*([] if has_comma else [Splice(end, end, ",")]), Splice(place, place, line)]


def remove(lines: Lines, holder: Spot, parts: Sequence[Part], number: int) -> list[Splice]:
    """Return the span of an item, of at least two, with its comma, and with its lines if it has lines to itself."""
    start, end = parts[number]
    before = parts[number - 1][1] if number else holder.inner + 1
    if lines.is_first_on_line(start) and _ALONE.match(lines.text, end):
        floor = lines.next_line(before)
        return [Splice(lines.above(start, floor), lines.next_line(end), "")]
    if number + 1 < len(parts) and not set("#\n\r") & set(lines.text[end : parts[number + 1][0]]):
        return [Splice(start, parts[number + 1][0], "")]
    if number and not set("#\n\r") & set(lines.text[before:start]):
        return [Splice(before, end, "")]
    comma = _COMMA.match(lines.text, end)
    return [Splice(start, comma.end() if comma else end, "")]
