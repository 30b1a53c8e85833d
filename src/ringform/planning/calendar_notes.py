"""What a plan says about changes that come from a date: they look odd to whoever has not written it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringform.calendar.week import ExceptionalDay
from ringform.model.address import Address
from ringform.model.change import Change
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.messages import listed

DATED_HOURS = "dated-hours"
"""The code of a note on hours that hold because of a date."""

_HINT = "ringform calendar lists what will change when; the next apply after that day puts the normal hours back"


def calendar_notes(
    exceptional: Mapping[Address, Sequence[ExceptionalDay]], changes: Sequence[Change]
) -> list[Diagnostic]:
    """A note for each date that the hours of a changing number are about, naming its numbers."""
    found: dict[tuple[object, ...], tuple[ExceptionalDay, list[str]]] = {}
    for change in changes:
        paths = {field.path for field in change.fields}
        for each in exceptional.get(change.address, ()):
            if each.path in paths:
                key = (each.on, each.value, each.reason)
                found.setdefault(key, (each, []))[1].append(change.label)
    return [_note(each, numbers) for each, numbers in sorted(found.values(), key=lambda entry: entry[0].on)]


def _note(each: ExceptionalDay, numbers: Sequence[str]) -> Diagnostic:
    reason = f" ({each.reason})" if each.reason else ""
    summary = f"{each.path[-1]} becomes {each.value} for {each.on.isoformat()}{reason} on {listed(numbers, most=4)}"
    return Diagnostic(DATED_HOURS, summary, Severity.INFO, hint=_HINT)
