"""Periods of dates, in one year or in every year, and times on the clock of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeAlias

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_A_LEAP_YEAR = 2000

DayOfYear: TypeAlias = tuple[int, int]
"""Month and day."""


def repaired_date(text: str) -> str | None:
    """Return the date that a differently written one surely means: ``2026-12-24`` for ``24.12.2026``; None: unclear."""
    day_first = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text)
    year_first = re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text)
    if year_first:
        year, month, day = year_first.groups()
    elif day_first and (day_first[2] == "." or int(day_first[1]) > 12):  # 05/12/2026 is a day in December or in May
        day, _, month, year = day_first.groups()
    else:
        return None
    try:
        meant = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    return meant if meant != text else None


@dataclass(frozen=True, slots=True)
class Dates:
    """Every date from ``first`` through ``last``."""

    first: date
    last: date

    def __str__(self) -> str:
        return _span(self.first.isoformat(), self.last.isoformat())


@dataclass(frozen=True, slots=True)
class Yearly:
    """The same dates every year, from ``first`` through ``last``, which may lie in the next year."""

    first: DayOfYear
    last: DayOfYear

    def __str__(self) -> str:
        return _span(*(f"{month:02}-{day:02}" for month, day in (self.first, self.last)))


Period: TypeAlias = Dates | Yearly


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def covers(period: Period, day: date) -> bool:
    """Return whether a period contains a date."""
    match period:
        case Dates(first, last):
            return first <= day <= last
        case Yearly(first, last):
            here = (day.month, day.day)
            return first <= here <= last if first <= last else here >= first or here <= last


def days(begin: date, end: date) -> Iterator[date]:
    """Yield every date from ``begin`` up to, and without, ``end``."""
    for number in range((end - begin).days):
        yield begin + number * DAY


def day_of_year(month: int, day: int) -> DayOfYear:
    """Return a day of the year.

    Raises:
        ValueError: No year has such a day.
    """
    checked = date(_A_LEAP_YEAR, month, day)
    return checked.month, checked.day


def on_clock(moment: datetime, zone: tzinfo) -> datetime:
    """Return a time on a zone's clock. A time without a zone is taken to be on that clock already."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
