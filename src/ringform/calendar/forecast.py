"""The forecast: what the calendars of numbers come to in the weeks ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
"""Days before and after the time asked for, in which what reaches into it may begin and end."""


def forecast(calendars: Mapping[Address, NumberCalendar], begin: datetime, length: int) -> Agenda:
    """Return the agenda of numbers for ``length`` days from ``begin``."""
    dated = {address: each for address, each in calendars.items() if each.week is not None and each.has_dates}
    rotations = _rotations(calendars)
    zone = ZoneInfo(next((each.zone for each in calendars.values()), UTC_ZONE))
    first = on_clock(begin, zone)
    end = first + length * DAY
    changes: list[HoursChange | Handover] = []
    shifts: list[Shift] = []
    for address, calendar in dated.items():
        changes += _changes(address, calendar, begin, length)
    for (name, clock), (rotation, addresses) in rotations.items():
        its_zone = ZoneInfo(clock)
        all_shifts = list(rotation.shifts(first, end, its_zone))
        shifts += [Shift(name, member, its_begin, its_end, addresses) for member, its_begin, its_end in all_shifts]
        changes += [
            Handover(name, its_begin, before, after, addresses)
            for (before, after, its_begin) in _handovers(rotation, first, end, its_zone)
        ]
    zones = dict.fromkeys(each.zone for each in dated.values())
    return Agenda(
        first,
        end,
        tuple(sorted(changes, key=lambda each: (each.at, isinstance(each, Handover)))),
        tuple(_special_days(dated, first.date(), end.date())),
        tuple(sorted(shifts, key=lambda each: (each.begin, each.group))),
        tuple(zones),
        tuple(dict.fromkeys(_time(rotation, clock) for (_, clock), (rotation, _) in rotations.items())),
    )


def _rotations(
    calendars: Mapping[Address, NumberCalendar],
) -> dict[tuple[str, str], tuple[Rotation, tuple[Address, ...]]]:
    """Return the rotations that numbers ring for, by name and clock, with these numbers."""
    found: dict[tuple[str, str], tuple[Rotation, tuple[Address, ...]]] = {}
    for address, calendar in calendars.items():
        for name, rotation in calendar.rotations.items():
            key = (name, rotation.timezone or calendar.zone)
            found[key] = (rotation, (*(found[key][1] if key in found else ()), address))
    return found


def _changes(address: Address, calendar: NumberCalendar, begin: datetime, length: int) -> Iterator[HoursChange]:
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
                yield HoursChange(address, at, day, str(before[day]), str(hours), *named)
        before = after


def _handovers(
    rotation: Rotation, begin: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[tuple[str, str, datetime]]:
    for member, its_begin, _ in rotation.shifts(begin, end, zone):
        before = rotation.member(rotation.shift_at(its_begin, zone) - 1)
        if its_begin >= begin and member != before:
            yield before, member, its_begin


def _special_days(calendars: Mapping[Address, NumberCalendar], begin: date, end: date) -> Iterator[SpecialDays]:
    """Yield each entry once for each time that it comes round, whole, with all numbers for which it is the same."""
    found: dict[tuple[date, date, str, str | None], list[Address]] = {}
    for address, calendar in calendars.items():
        for first, last, entry in _runs(calendar.entries(begin - _YEAR * DAY, end + _YEAR * DAY)):
            if first < end and last >= begin:
                found.setdefault((first, last, entry.hours, entry.reason), []).append(address)
    for key, addresses in sorted(found.items(), key=lambda each: each[0][:2]):
        yield SpecialDays(*key, tuple(addresses))


def _runs(entries: Mapping[date, DatedHours]) -> Iterator[tuple[date, date, DatedHours]]:
    """Yield neighbouring dates of the same entry."""
    run: tuple[date, date, DatedHours] | None = None
    for day, entry in sorted(entries.items(), key=lambda each: each[0]):
        if run and run[2] == entry and run[1] + DAY == day:
            run = (run[0], day, entry)
        else:
            if run:
                yield run
            run = (day, day, entry)
    if run:
        yield run


def _time(rotation: Rotation, clock: str) -> tuple[str, int | None, int]:
    weekday = rotation.start.weekday() if rotation.days % 7 == 0 else None
    return clock, weekday, rotation.handover.hour * 60 + rotation.handover.minute
