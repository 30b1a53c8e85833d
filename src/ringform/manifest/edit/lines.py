"""The lines of a text, and the comments that belong to an entry: its own, and those on the lines directly above it."""

from __future__ import annotations

import re

_BREAK = re.compile(r"\r\n|\n|\r")
_COMMENT_TO_END = re.compile(r"[ \t]+#[^\n\r]*")


class Lines:
    """A text by its lines. Places are positions in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        first = _BREAK.search(text)
        self.line_break = first[0] if first else "\n"

    def start_of_line(self, place: int) -> int:
        """Return where the line of a place begins."""
        return max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place)) + 1

    def next_line(self, place: int) -> int:
        """Return where the line after that of a place begins: at the end of the text if there is none."""
        found = _BREAK.search(self.text, place)
        return found.end() if found else len(self.text)

    def column(self, place: int) -> int:
        """Return the column of a place, from 0."""
        return place - self.start_of_line(place)

    def line_at(self, start: int) -> str:
        """Return the line that begins at ``start``, without its break."""
        return self.text[start : self.next_line(start)].rstrip("\r\n")

    def is_first_on_line(self, place: int) -> bool:
        """Whether only spaces stand before a place on its line."""
        return not self.text[self.start_of_line(place) : place].strip(" \t")

    def comment_behind(self, place: int) -> str:
        """Return the comment that follows a place on its line, with the spaces before it; the empty text if none."""
        found = _COMMENT_TO_END.match(self.text, place)
        return found[0] if found else ""

    def above(self, place: int, floor: int) -> int:
        """Return where the comments directly above the line of a place begin, not before ``floor``."""
        start = self.start_of_line(place)
        while start > floor:
            before = self.start_of_line(start - len(self._break_before(start)))
            if before < floor or not self.line_at(before).lstrip().startswith("#"):
                break
            start = before
        return start

    def below(self, place: int, column: int) -> int:
        """Return where the line behind an entry begins that ends at a place and whose key stands in ``column``.

        Comments that are indented deeper than the key are its own.
        """
        here = self.next_line(place)
        while here < len(self.text):
            line = self.line_at(here)
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
                break
            here = self.next_line(here)
        return here

    def without_gap(self, top: int, bottom: int, *, is_first: bool) -> tuple[int, int]:
        """Return the lines to remove with those of an entry: the blank lines that were between it and another one."""
        if top == 0 or not (is_first or self._is_blank_before(top)):
            return top, bottom
        if bottom >= len(self.text):
            while top > 0 and self._is_blank_before(top):
                top = self.start_of_line(top - len(self._break_before(top)))
            return top, bottom
        while bottom < len(self.text) and not self.line_at(bottom).strip():
            bottom = self.next_line(bottom)
        return top, bottom

    def is_spaced_before(self, place: int, floor: int) -> bool:
        """Whether a blank line stands above a place, or above its comments."""
        return self._is_blank_before(self.above(place, floor))

    def _is_blank_before(self, start: int) -> bool:
        if start == 0:
            return False
        before = self.start_of_line(start - len(self._break_before(start)))
        return not self.line_at(before).strip()

    def _break_before(self, start: int) -> str:
        return "\r\n" if self.text.endswith("\r\n", 0, start) else self.text[start - 1 : start]
