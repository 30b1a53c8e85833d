"""Two values side by side: long texts word by word, lists entry by entry, everything else as before -> after."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ringform.calendar.week import ExceptionalDay
from ringform.model.people import known_as
from ringform.model.values import Json
from ringform.reports.text.style import Style, safe

_LONG = 40
"""Characters from which a text is worth a word diff."""


def change(before: Json, after: Json, people: Mapping[str, str], style: Style, *, field: str = "") -> str:
    """Return one difference on one line. Without colour ``[-gone-]`` and ``{+come+}`` mark the words, as git does.

    ``field`` is the name of the field that the values are of: ids may have names of their own there.
    """
    if isinstance(before, str) and isinstance(after, str) and max(len(before), len(after)) >= _LONG:
        return f'"{_diff(_words(before), _words(after), style, join="")}"'
    if isinstance(before, list) and isinstance(after, list):
        return _diff(names(before, people, field), names(after, people, field), style, join=", ")
    return f"{style.removed(value(before, people, field))} -> {style.added(value(after, people, field))}"


def value(item: Json, people: Mapping[str, str], field: str = "") -> str:
    """Return one scalar, or list of scalars, as people read it."""
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
    """The entries of a list by name: people, who are a set, in the order of their names, ids that are numbers as is.

    Of the numbers of a list the order may count, and where it does not they are sorted in normal form.
    """
    shown = [safe(known_as(people, field, item) or str(item)) for item in items]
    return shown if any(isinstance(item, int) for item in items) else sorted(shown, key=str.casefold)


def because_of(day: ExceptionalDay) -> str:
    """Return why a day is not as it normally is: ``because of 2026-12-24, Christmas; normally 09:00-17:00``."""
    reason = f", {safe(day.reason)}" if day.reason else ""
    return f"because of {day.on.isoformat()}{reason}; normally {safe(str(day.normal))}"


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the space behind it: a changed word is then one change, not three."""
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
    return (join or "").join(parts)
