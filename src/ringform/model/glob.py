"""Patterns in which ``*`` stands for anything and every other character for itself, whatever its case."""

from __future__ import annotations


def is_glob(pattern: str) -> bool:
    """Return whether a text is a pattern, rather than a name."""
    return "*" in pattern


def matches(text: str, pattern: str) -> bool:
    """Return whether a whole text matches a pattern. Takes linear time."""
    text = text.casefold()
    first, *others = pattern.casefold().split("*")
    if not others:
        return text == first
    *between, last = others
    if not text.startswith(first) or not text.endswith(last):
        return False
    position, end = len(first), len(text) - len(last)
    for piece in between:
        found = text.find(piece, position, end)
        if found < 0:
            return False
        position = found + len(piece)
    return position <= end
