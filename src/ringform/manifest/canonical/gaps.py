"""What stands between two values of a file: comments, empty lines, and the signs of YAML, which say nothing more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A comment on a line of its own, or an empty line (no ``text``). ``column`` is where the comment begins."""

    text: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """``beside`` is the comment at the end of the first line, with the spaces before it; ``lines`` are those below."""

    beside: str
    lines: list[Line]


def read_gap(text: str, start: int, end: int) -> Gap:
    """Return what stands between two values, of which the second begins at ``end``, or the file ends there."""
    if "#" not in text[start:end] and text.count("\n", start, end) <= 1:
        return _NOTHING
    first, *others = text[start:end].split("\n")
    if end < len(text) and others:
        others.pop()  # what the second value's line begins with
    elif others and not others[-1]:
        others.pop()
    beside = ""
    if "#" in first:
        at = first.index("#")
        beside = first[len(first[:at].rstrip(" \t")) :].rstrip()
    lines = []
    for line in others:
        if "#" in line:
            at = line.index("#")
            lines.append(Line(line[at:].rstrip(), at))
        elif not line.strip():
            lines.append(Line(""))
        elif end == len(text):
            lines.append(Line(line))  # the end of the document, in so many words
    return Gap(beside, lines)


_NOTHING = Gap("", [])


def comments(gap: Gap) -> list[str]:
    """Return the texts of the comments."""
    texts = (gap.beside.lstrip(), *(line.text for line in gap.lines))
    return [each for each in texts if each.startswith("#")]
