"""A changed value on one line: long texts as a word diff, lists as an entry diff, all else as before -> after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ringform.calendar.week import ExceptionalDay
from ringform.model.people import known_as
from ringform.model.values import Json
from ringform.reports.text.style import Style, safe

_LONG = 40
"""The fewest characters of a text that is shown as a word diff."""


def change(before: Json, after: Json, people: Mapping[str, str], style: Style, *, field: str = "") -> str:
    """Return a change on one line: as a word diff, or else as ``before -> after``.

    ``field`` is the name of the values' field, in which ids may have names of their own.
    """
    whole = f"{style.removed(value(before, people, field))} -> {style.added(value(after, people, field))}"
    return word_diff(before, after, people, style, field=field) or whole


def word_diff(before: Json, after: Json, people: Mapping[str, str], style: Style, *, field: str = "") -> str | None:
    """Return two long texts, or two lists, as one; None for other values.

    ``[-removed-]`` and ``{+added+}`` mark words, as in a word diff of git.
    """
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) >= _LONG:
        return f'"{_diff(_words(before), _words(after), style, join="")}"'
    if isinstance(before, list) and isinstance(after, list):
        return _diff(names(before, people, field), names(after, people, field), style, join=", ")
    return None


def value(item: Json, people: Mapping[str, str], field: str = "") -> str:
    """Return a scalar, or a list of scalars, as people read it."""
    match item:
        case None:
            return "not set"
        case bool():
            return "true" if item else "false"
        case str():
            name = known_as(people, field, item)
            return safe(name) if name else f'"{safe(item)}"'
        case list():
            return ", ".join(names(item, people, field)) or "none"
        case _:
            return safe(known_as(people, field, item) or str(item))


def names(items: Sequence[Json], people: Mapping[str, str], field: str = "") -> list[str]:
    """Return the entries of a list by name. People are a set, and sorted by name; lists of numbers keep their order.

    The order of numbers may matter; where it does not, the normal form is sorted.
    """
    shown = [safe(known_as(people, field, item) or str(item)) for item in items]
    return shown if any(isinstance(item, int) for item in items) else sorted(shown, key=str.casefold)


def because_of(day: ExceptionalDay) -> str:
    """Return why a day has other hours: ``because of 2026-12-24, Christmas; normally 09:00-17:00``."""
    reason = f", {safe(day.reason)}" if day.reason else ""
    return f"because of {day.on.isoformat()}{reason}; normally {safe(str(day.normal))}"


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the space after it, so that a changed word is one change."""
    return [safe(part) for part in re.findall(r"\S+\s*|\s+", text)]


def _diff(before: list[str], after: list[str], style: Style, *, join: str) -> str:
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = join.join(before[i1:i2]), join.join(after[j1:j2])
        if tag == "equal":
            parts.append(come)
            continue
        if gone:
            parts.append(style.removed(f"[-{gone}-]"))
        if come:
            parts.append(style.added(f"{{+{come}+}}"))
    return join.join(parts)
