"""When a CI has to apply a manifest with dates: local times as cron entries in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ringform.core.calendar import Agenda

_LATE = 5
"""Minutes after the local time: CI systems start late rather than early, and clocks are a little off."""
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Entry:
    """One cron entry, in UTC, and the local time that it is for, in words."""

    cron: str
    purpose: str


def schedule(agenda: Agenda) -> list[Entry]:
    """The entries after which an account is as the agenda says: after each midnight and each handover.

    Where the clocks change there are two times, one for each half of the year; the apply at the other finds nothing to
    do.
    """
    times: Iterable[tuple[str, int | None, int]] = [*((zone, None, 0) for zone in agenda.zones), *agenda.handovers]
    return [entry for each in times for entry in _entries(*each, year=agenda.begin.year)]


def _entries(zone: str, weekday: int | None, minute: int, year: int) -> list[Entry]:
    local = time(*divmod(minute, 60))
    hours: dict[tuple[int, int | None], set[int]] = {}
    for month in range(1, 13):
        # Monday of some week in each month stands for all of it; what day it is only matters for the day of the week.
        day = datetime(year, month, 15, tzinfo=UTC)
        day += timedelta(days=((weekday or 0) - day.weekday()) % 7)
        begin = datetime.combine(day.date(), local, ZoneInfo(zone)) + timedelta(minutes=_LATE)
        utc = begin.astimezone(UTC)
        hours.setdefault((utc.minute, None if weekday is None else utc.isoweekday() % 7), set()).add(utc.hour)
    late = (datetime.combine(datetime(year, 1, 1, tzinfo=UTC), local) + timedelta(minutes=_LATE)).time()
    day_name = "" if weekday is None else f"{_WEEK[weekday]} "
    purpose = f"{day_name}{late:%H:%M} in {zone}"
    return [
        Entry(f"{at} {','.join(map(str, sorted(each)))} * * {'*' if day is None else day}", purpose)
        for (at, day), each in hours.items()
    ]
