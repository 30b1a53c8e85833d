"""What the dates and rotations of a Phone.inc manifest come to in the weeks ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ringform.calendar.dates import (
    DAY,
    Agenda,
    DatedHours,
    Handover,
    HoursChange,
    Shift,
    SpecialDays,
    days,
    on_clock,
    week_as_of,
    without_dates,
)
from ringform.calendar.rotation import Rotation
from ringform.model.address import Address
from ringform.model.values import Json
from ringform.providers.phone_inc.dated import NO_ZONE, NumberDates
from ringform.providers.phone_inc.document import Reader

_WEEK = 7
_YEAR = 366
"""Days before and after the time asked for, in which what reaches into it may begin and end."""


def agenda(reader: Reader, begin: datetime, length: int) -> Agenda:
    """The agenda for ``length`` days from ``begin``, which was what the reader read the document as of."""
    numbers = _numbers_with_dates(reader)
    rotations = _rotations(reader)
    zone = ZoneInfo(next((each.zone for each in reader.dates.values()), NO_ZONE))
    first = on_clock(begin, zone)
    end = first + length * DAY
    changes: list[HoursChange | Handover] = []
    shifts: list[Shift] = []
    for address, (number, normal) in numbers.items():
        changes += _changes(address, number, normal, begin, length)
    for (name, clock), (rotation, addresses) in rotations.items():
        its_zone = ZoneInfo(clock)
        all_shifts = list(rotation.shifts(first, end, its_zone))
        shifts += [Shift(name, member, its_begin, its_end, addresses) for member, its_begin, its_end in all_shifts]
        changes += [
            Handover(name, its_begin, before, after, addresses)
            for (before, after, its_begin) in _handovers(rotation, first, end, its_zone)
        ]
    zones = dict.fromkeys(number.zone for number, _ in numbers.values())
    return Agenda(
        first,
        end,
        tuple(sorted(changes, key=lambda each: (each.at, isinstance(each, Handover)))),
        tuple(_special_days(numbers, first.date(), end.date())),
        tuple(sorted(shifts, key=lambda each: (each.begin, each.group))),
        tuple(zones),
        tuple(dict.fromkeys(_time(rotation, clock) for (_, clock), (rotation, _) in rotations.items())),
    )


def _numbers_with_dates(reader: Reader) -> dict[Address, tuple[NumberDates, Mapping[str, Json]]]:
    """The numbers whose hours depend on the day, with their normal week."""
    found = {}
    for address, number in reader.dates.items():
        fields = without_dates(reader.wanted[address].fields, reader.exceptional.get(address, ()))
        normal = fields.get("opening_hours")
        if isinstance(normal, Mapping) and number.has_any:
            found[address] = (number, normal)
    return found


def _rotations(reader: Reader) -> dict[tuple[str, str], tuple[Rotation, tuple[Address, ...]]]:
    """The rotations that numbers ring for, by name and clock, with these numbers."""
    found: dict[tuple[str, str], tuple[Rotation, tuple[Address, ...]]] = {}
    for address, rotations in reader.rotations.items():
        for name, rotation in rotations.items():
            key = (name, rotation.timezone or reader.dates[address].zone)
            found[key] = (rotation, (*(found[key][1] if key in found else ()), address))
    return found


def _changes(
    address: Address, number: NumberDates, normal: Mapping[str, Json], begin: datetime, length: int
) -> Iterator[HoursChange]:
    zone = ZoneInfo(number.zone)
    first = on_clock(begin, zone).date()
    entries = number.between(first - DAY, first + (length + _WEEK) * DAY)
    before = week_as_of(normal, entries, first - DAY)
    for today in days(first, first + length * DAY):
        after = week_as_of(normal, entries, today)
        for position, (day, hours) in enumerate(after.items()):
            if before[day] != hours:
                on = today + timedelta(days=(position - today.weekday()) % _WEEK)
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


def _special_days(
    numbers: Mapping[Address, tuple[NumberDates, Mapping[str, Json]]], begin: date, end: date
) -> Iterator[SpecialDays]:
    """Each entry once for each time that it comes round, whole, with all numbers for which it is the same."""
    found: dict[tuple[date, date, str, str | None], list[Address]] = {}
    for address, (number, _) in numbers.items():
        for first, last, entry in _runs(number.between(begin - _YEAR * DAY, end + _YEAR * DAY)):
            if first < end and last >= begin:
                found.setdefault((first, last, entry.hours, entry.reason), []).append(address)
    for key, addresses in sorted(found.items(), key=lambda each: each[0][:2]):
        yield SpecialDays(*key, tuple(addresses))


def _runs(entries: Mapping[date, DatedHours]) -> Iterator[tuple[date, date, DatedHours]]:
    """Neighbouring dates of the same entry."""
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
    weekday = rotation.start.weekday() if rotation.days % _WEEK == 0 else None
    return clock, weekday, rotation.handover.hour * 60 + rotation.handover.minute
