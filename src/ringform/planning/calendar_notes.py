"""What a plan says of dates in the manifest: on changes that come from one, and on those that are still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ringform.calendar.agenda import Agenda, HoursChange, concerned, in_words, is_after
from ringform.calendar.week import ExceptionalDay
from ringform.model.address import Address
from ringform.model.change import Change
from ringform.model.dated_change import DatedChange
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.messages import listed
from ringform.model.values import Json

DATED_HOURS = "dated-hours"
"""The code of a note on hours that hold because of a date."""

_MOST_DAYS = 8
"""On how many days ahead hours change at most, in a plan: enough for three days of closure and what goes before."""

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


def dates_ahead(agenda: Agenda, after: datetime, names: Mapping[Address, str]) -> tuple[DatedChange, ...]:
    """Return what is to change after a time: the hours of the next days on which any do, and each next handover."""
    changes = [change for change in agenda.changes if is_after(change, after)]
    days = list(dict.fromkeys(change.at.date() for change in changes if isinstance(change, HoursChange)))[:_MOST_DAYS]
    groups: set[tuple[str, str]] = set()
    numbers: dict[tuple[datetime, str], dict[Address, str]] = {}
    for change in changes:
        words = "".join(in_words(change))
        if isinstance(change, HoursChange):
            is_next = change.at.date() in days
        else:
            key = (change.group, str(change.at.tzinfo))
            is_next = key not in groups
            groups.add(key)
            words = f"{words} at {change.at:%H:%M} ({change.at.tzinfo})"
        if is_next:
            named = {address: names.get(address, "") for address in concerned(change)}
            numbers.setdefault((change.at, words), {}).update(named)
    return tuple(DatedChange(at, words, named) for (at, words), named in numbers.items())
