"""Wrapping a text for a terminal: at spaces only, so that no word, number or id is ever broken."""

from __future__ import annotations

import re

from ringform.reports.text.style import width

_PAINT = re.compile(r"\x1b\[[0-9;]*m")
_LEAD = re.compile(r" *(?:= (?:hint: )?|[-+~] +|(?:was|now|account|manifest): +)?")
"""What stands before the text of a line: the lines that follow go below the text."""
_EXCERPT = re.compile(r" *[0-9]* \|")
"""A line of a manifest with the carets below it: these would not fit any more."""
_LEAST = 20
"""The fewest columns that are worth wrapping for."""


def wrap(text: str, columns: int) -> str:
    """Return a text with its long lines wrapped to so many columns. A word that is longer stays whole."""
    if columns < _LEAST:
        return text
    return "\n".join(_wrapped(line, columns) for line in text.split("\n"))


def _wrapped(line: str, columns: int) -> str:
    plain = _PAINT.sub("", line)
    if width(plain) <= columns or _EXCERPT.match(plain):
        return line
    lead = _LEAD.match(plain)
    indent = min(lead.end() if lead and lead[0].strip() else len(plain) - len(plain.lstrip()) + 2, columns // 2)
    lines, used, gap = [""], 0, ""
    for part in re.split(r"( +)", line):
        if part.startswith(" ") and lines[-1].strip():
            gap = part
            continue
        size = width(_PAINT.sub("", part))
        if lines[-1].strip() and size and used + len(gap) + size > columns:
            lines.append(" " * indent)
            used, gap = indent, ""
        lines[-1] += gap + part
        used += len(gap) + size
        gap = ""
    return "\n".join(lines)
