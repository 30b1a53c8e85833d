"""The forecast: the agenda that follows from the calendars of numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ringform.calendar.agenda import Agenda, Handover, HoursChange, Shift, SpecialDays
from ringform.calendar.dated_hours import DatedHours
from ringform.calendar.dates import DAY, WEEK, days, on_clock
from ringform.calendar.number_calendar import UTC_ZONE, NumberCalendar
from ringform.calendar.rotation import Rotation
from ringform.calendar.week import week_as_of
from ringform.model.address import Address
from ringform.model.values import Json

_YEAR = 366
"""How many days before and after a period to look for the begin and end of what reaches into it."""


def forecast(calendars: Mapping[Address, NumberCalendar], begin: datetime, length: int) -> Agenda:
    """Return the agenda of numbers for ``length`` days from ``begin``."""
    dated = _alike(calendars)
    rotations = _rotations(calendars)
    zone = ZoneInfo(next((each.zone for each in calendars.values()), UTC_ZONE))
    first = on_clock(begin, zone)
    end = first + length * DAY
    changes: list[HoursChange | Handover] = []
    shifts: list[Shift] = []
    for calendar, alike in dated:
        changes += _changes(calendar, alike, begin, length)
    for (name, clock), (rotation, addresses) in rotations.items():
        for member, before, begins, ends in rotation.shifts(first, end, ZoneInfo(clock)):
            shifts.append(Shift(name, member, begins, ends, addresses))
            if begins >= first and member != before:
                changes.append(Handover(name, begins, before, member, addresses))
    return Agenda(
        first,
        end,
        tuple(sorted(changes, key=lambda each: (each.at, isinstance(each, Handover)))),
        tuple(_special_days(dated, first.date(), end.date())),
        tuple(sorted(shifts, key=lambda each: (each.begin, each.group))),
        tuple(dict.fromkeys(calendar.zone for calendar, _ in dated)),
        tuple(dict.fromkeys(_time(rotation, clock) for (_, clock), (rotation, _) in rotations.items())),
    )


def _alike(calendars: Mapping[Address, NumberCalendar]) -> list[tuple[NumberCalendar, list[Address]]]:
    """Return the calendars with dated hours, each with all numbers that have the same hours: most share theirs."""
    groups: dict[Hashable, tuple[NumberCalendar, list[Address]]] = {}
    for address, each in calendars.items():
        if each.week is not None and each.has_dates:
            key = (each.zone, each.own, each.shared.below(each.own), *map(str, each.week.values()))
            groups.setdefault(key, (each, []))[1].append(address)
    return list(groups.values())


def _rotations(
    calendars: Mapping[Address, NumberCalendar],
) -> dict[tuple[str, str], tuple[Rotation, tuple[Address, ...]]]:
    """Return the rotations that numbers use, by name and clock, each with these numbers."""
    rotations: dict[tuple[str, str], tuple[Rotation, tuple[Address, ...]]] = {}
    for address, calendar in calendars.items():
        for name, rotation in calendar.rotations.items():
            key = (name, rotation.timezone or calendar.zone)
            _, addresses = rotations.get(key, (rotation, ()))
            rotations[key] = (rotation, (*addresses, address))
    return rotations


def _changes(
    calendar: NumberCalendar, addresses: Sequence[Address], begin: datetime, length: int
) -> Iterator[HoursChange]:
    normal: Mapping[str, Json] = calendar.week or {}
    zone = ZoneInfo(calendar.zone)
    first = on_clock(begin, zone).date()
    entries = calendar.entries(first - DAY, first + length * DAY + WEEK)
    before = week_as_of(normal, entries, first - DAY)
    for today in days(first, first + length * DAY):
        after = week_as_of(normal, entries, today)
        for position, (day, hours) in enumerate(after.items()):
            if before[day] != hours:
                on = today + timedelta(days=(position - today.weekday()) % 7)
                entry = entries.get(on)
                at = datetime.combine(today, time(), zone)
                named = (on, entry.reason) if entry else (None, None)
                for address in addresses:
                    yield HoursChange(address, at, day, str(before[day]), str(hours), *named)
        before = after


def _special_days(
    calendars: Iterable[tuple[NumberCalendar, Sequence[Address]]], begin: date, end: date
) -> Iterator[SpecialDays]:
    """Yield each run of dates, whole, with all numbers that have the same hours on it for the same reason."""
    numbers: dict[tuple[date, date, str, str | None], list[Address]] = {}
    for calendar, alike in calendars:
        for first, last, entry in _runs(calendar.entries(begin - _YEAR * DAY, end + _YEAR * DAY)):
            if first < end and last >= begin:
                numbers.setdefault((first, last, entry.hours, entry.reason), []).extend(alike)
    for key, addresses in sorted(numbers.items(), key=lambda item: item[0][:2]):
        yield SpecialDays(*key, tuple(addresses))


def _runs(entries: Mapping[date, DatedHours]) -> list[tuple[date, date, DatedHours]]:
    """Return the first and last date of each run of neighbouring dates with the same entry."""
    runs: list[tuple[date, date, DatedHours]] = []
    for day, entry in sorted(entries.items(), key=lambda item: item[0]):
        if runs and runs[-1][1:] == (day - DAY, entry):
            runs[-1] = (runs[-1][0], day, entry)
        else:
            runs.append((day, day, entry))
    return runs


def _time(rotation: Rotation, clock: str) -> tuple[str, int | None, int]:
    weekday = rotation.start.weekday() if rotation.days % 7 == 0 else None
    return clock, weekday, rotation.handover.hour * 60 + rotation.handover.minute
