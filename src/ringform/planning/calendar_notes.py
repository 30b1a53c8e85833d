"""Notes in a plan on changes that come from a date in the manifest, which are surprising without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ringform.calendar.week import ExceptionalDay
from ringform.model.address import Address
from ringform.model.change import Change
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.messages import listed
from ringform.model.values import Json

DATED_HOURS = "dated-hours"
"""The code of a note on hours that hold because of a date."""

_HINT = "ringform calendar lists what will change when; the next apply after that day puts the normal hours back"


def calendar_notes(
    exceptional: Mapping[Address, Sequence[ExceptionalDay]], changes: Sequence[Change]
) -> list[Diagnostic]:
    """Return a note for each date because of which hours change, with the numbers concerned, in order of date."""
    numbers: dict[tuple[date, Json, str | None, str], list[str]] = {}
    for change in changes:
        paths = {field.path for field in change.fields}
        for day in exceptional.get(change.address, ()):
            if day.path in paths:
                key = (day.on, day.value, day.reason, day.path[-1])
                numbers.setdefault(key, []).append(change.label)
    return [_note(*key, labels) for key, labels in sorted(numbers.items(), key=lambda item: item[0][0])]


def _note(on: date, value: Json, reason: str | None, weekday: str, labels: Sequence[str]) -> Diagnostic:
    why = f" ({reason})" if reason else ""
    summary = f"{weekday} becomes {value} for {on.isoformat()}{why} on {listed(labels, most=4)}"
    return Diagnostic(DATED_HOURS, summary, Severity.INFO, hint=_HINT)
