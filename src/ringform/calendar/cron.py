"""The schedule on which a CI must apply a manifest with dates: local times as cron entries in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ringform.calendar.agenda import Agenda
from ringform.model.clock import DAYS, MINUTES, clock
from ringform.model.messages import listed

_LATE = 5
"""Minutes after the local time, as clocks are a little off: an apply before that time would do nothing."""


@dataclass(frozen=True, slots=True)
class CronEntry:
    """One cron entry, in UTC, with the local time that it is for, in words."""

    cron: str
    purpose: str


def schedule(agenda: Agenda) -> list[CronEntry]:
    """Return the times at which to apply so that an account follows the agenda: each midnight and each handover.

    A zone with daylight saving time has two of each, of which one does nothing at any time of the year.
    """
    times: list[tuple[str, int | None, int]] = [*((zone, None, 0) for zone in agenda.zones), *agenda.handovers]
    zones: dict[tuple[str, str], list[str]] = {}
    for zone, weekday, minute in times:
        for cron in _crons(zone, weekday, minute, agenda.begin.year):
            late = minute + _LATE
            day = "" if weekday is None else f"{DAYS[(weekday + late // MINUTES) % 7]} "
            local = f"{day}{clock(late % MINUTES)}"
            zones.setdefault((cron, local), []).append(zone)
    return [CronEntry(cron, f"{local} in {listed(dict.fromkeys(names))}") for (cron, local), names in zones.items()]


def _crons(zone: str, weekday: int | None, minute: int, year: int) -> list[str]:
    hours: dict[tuple[int, int | None], set[int]] = {}
    for month in range(1, 13):
        middle = date(year, month, 15)
        day = middle + timedelta(days=((weekday or 0) - middle.weekday()) % 7)
        local = datetime.combine(day, time(*divmod(minute, 60)), ZoneInfo(zone))
        utc = local.astimezone(UTC) + timedelta(minutes=_LATE)
        hours.setdefault((utc.minute, None if weekday is None else utc.isoweekday() % 7), set()).add(utc.hour)
    return [
        f"{at} {','.join(map(str, sorted(utc_hours)))} * * {'*' if day is None else day}"
        for (at, day), utc_hours in hours.items()
    ]
