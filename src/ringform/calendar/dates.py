"""Dates for accounts that only have a week: a dated entry takes the place of its weekday for the seven days up to it.

An entry for a date D governs the weekday of D from six days before D through D. Whoever makes the account what
``week_as_of`` says each day has D's hours on D, and the normal week again the day after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TypeAlias

from ringform.model.address import Address
from ringform.model.values import Fields, Json, Path

DAY = timedelta(days=1)
_A_LEAP_YEAR = 2000

DayOfYear: TypeAlias = tuple[int, int]
"""Month and day."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Every date from ``first`` through ``last``."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Yearly:
    """The same dates every year, from ``first`` through ``last``, which may lie in the next year."""

    first: DayOfYear
    last: DayOfYear


When: TypeAlias = Dates | Yearly


@dataclass(frozen=True, slots=True)
class DatedHours:
    """What holds on some dates in the place of the normal day: ``hours`` in the provider's normal form of one day."""

    when: When
    hours: str
    reason: str | None = None

    @property
    def rank(self) -> int:
        """Which of two entries for one date counts: one day before many, and a given year before every year."""
        return 2 * (self.when.first == self.when.last) + isinstance(self.when, Dates)


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A day of a week that does not hold what is normal for it now, because of the date ``on``."""

    path: Path
    on: date
    value: Json
    normal: Json
    reason: str | None


def covers(when: When, day: date) -> bool:
    """Whether a date is among these."""
    match when:
        case Dates(first, last):
            return first <= day <= last
        case Yearly(first, last):
            here = (day.month, day.day)
            return first <= here <= last if first <= last else here >= first or here <= last


def days(begin: date, end: date) -> Iterator[date]:
    """Every date from ``begin`` up to, and without, ``end``."""
    for number in range((end - begin).days):
        yield begin + number * DAY


def on_dates(entries: Iterable[DatedHours], begin: date, end: date) -> dict[date, DatedHours]:
    """The entry that counts for each date of ``[begin, end)`` that has one; of equals the first."""
    ranked = sorted(entries, key=lambda entry: -entry.rank)
    found = ((day, next((entry for entry in ranked if covers(entry.when, day)), None)) for day in days(begin, end))
    return {day: entry for day, entry in found if entry is not None}


def week_as_of(normal: Mapping[str, Json], dated: Mapping[date, DatedHours], today: date) -> dict[str, Json]:
    """The week that the account must have today; ``normal`` maps the days, Monday first, to their hours.

    No two dates of the seven share a weekday, so at most one entry governs each.
    """
    week = dict(normal)
    names = list(normal)
    for day in days(today, today + 7 * DAY):
        if day in dated:
            week[names[day.weekday()]] = dated[day].hours
    return week


def exceptional(
    field: str, normal: Mapping[str, Json], dated: Mapping[date, DatedHours], today: date
) -> tuple[Exceptional, ...]:
    """The days of the week of today that are not as in the normal week, by their date."""
    names = list(normal)
    return tuple(
        Exceptional((field, name), day, dated[day].hours, normal[name], dated[day].reason)
        for day in days(today, today + 7 * DAY)
        if day in dated and dated[day].hours != normal[name := names[day.weekday()]]
    )


def without_dates(fields: Fields, exceptions: Iterable[Exceptional]) -> Fields:
    """The fields of an object as they are in a normal week."""
    result = dict(fields)
    for each in exceptions:
        field, day = each.path
        week = result[field]
        if isinstance(week, Mapping):
            result[field] = {**week, day: each.normal}
    return result


def day_of_year(month: int, day: int) -> DayOfYear:
    """A day of the year.

    Raises:
        ValueError: No year has it.
    """
    checked = date(_A_LEAP_YEAR, month, day)
    return checked.month, checked.day


def on_clock(moment: datetime, zone: tzinfo) -> datetime:
    """A moment on a zone's clock. One without a zone is a time on whatever clock it is held against."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


@dataclass(frozen=True, slots=True)
class HoursChange:
    """What an apply does on a day because of a date: from ``at`` on, a day of the week has other hours.

    ``on`` is the date that the day is governed by from now on, None when it has its normal hours back.
    """

    address: Address
    at: datetime
    day: str
    before: str
    after: str
    on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Handover:
    """Others are on call from ``at`` on, for the numbers ``addresses``. Members are the manifest's own names."""

    group: str
    at: datetime
    before: str
    after: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Dates, from ``first`` through ``last``, on which numbers have hours of their own (``closed``, for example)."""

    first: date
    last: date
    hours: str
    reason: str | None
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call from ``begin`` up to ``end``."""

    group: str
    member: str
    begin: datetime
    end: datetime
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the dates of a manifest come to from ``begin`` up to ``end``.

    ``changes`` is what applies will do, in order of time; ``special_days`` and ``shifts`` are what people put into
    their own calendars. ``zones`` are the IANA names of the clocks whose midnight begins a day here, ``handovers`` the
    times of the week or day at which a rotation changes: its zone, the weekday (0 is Monday; None: any) and a minute.
    """

    begin: datetime
    end: datetime
    changes: tuple[HoursChange | Handover, ...] = ()
    special_days: tuple[SpecialDays, ...] = ()
    shifts: tuple[Shift, ...] = ()
    zones: tuple[str, ...] = ()
    handovers: tuple[tuple[str, int | None, int], ...] = ()


def next_change(agenda: Agenda, addresses: Collection[Address], after: datetime) -> datetime | None:
    """When an agenda first changes one of these objects after a time; without a zone it is on each one's clock."""
    for each in agenda.changes:
        concerned = (each.address,) if isinstance(each, HoursChange) else each.addresses
        if each.at > on_clock(after, each.at.tzinfo or UTC) and any(address in addresses for address in concerned):
            return each.at
    return None


def joined(agendas: Sequence[Agenda]) -> Agenda:
    """Several agendas, one or more, of the same time as one."""
    return Agenda(
        agendas[0].begin,
        agendas[0].end,
        tuple(sorted((each for agenda in agendas for each in agenda.changes), key=lambda each: each.at)),
        tuple(each for agenda in agendas for each in agenda.special_days),
        tuple(each for agenda in agendas for each in agenda.shifts),
        tuple(dict.fromkeys(zone for agenda in agendas for zone in agenda.zones)),
        tuple(dict.fromkeys(each for agenda in agendas for each in agenda.handovers)),
    )
