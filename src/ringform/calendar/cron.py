"""The schedule on which to apply a manifest with dates: local times of numbers on another clock, such as a CI's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from ringform.calendar.agenda import Agenda
from ringform.model.clock import DAYS, MINUTES, clock
from ringform.model.messages import listed

_LATE = 5
"""Minutes after the local time, as clocks are a little off: an apply before that time would do nothing."""


@dataclass(frozen=True, slots=True)
class CronEntry:
    """Times of every day, or of one ``weekday`` (0 is Sunday), with the local time that they are for, in words."""

    minute: int
    hours: tuple[int, ...]
    weekday: int | None
    purpose: str

    @property
    def cron(self) -> str:
        """The times as cron has them."""
        day = "*" if self.weekday is None else self.weekday
        return f"{self.minute} {','.join(map(str, self.hours))} * * {day}"


def schedule(agenda: Agenda, on: tzinfo | None = UTC) -> list[CronEntry]:
    """Return the times at which to apply so that an account follows the agenda: each midnight and each handover.

    They are ``on`` the clock of that zone; None is the clock of this machine. A zone that is ahead of it by other hours
    in summer than in winter has two times of each, of which one does nothing at any time of the year.
    """
    times: list[tuple[str, int | None, int]] = [*((zone, None, 0) for zone in agenda.zones), *agenda.handovers]
    zones: dict[tuple[int, tuple[int, ...], int | None, str], list[str]] = {}
    for zone, weekday, minute in times:
        late = minute + _LATE
        day = "" if weekday is None else f"{DAYS[(weekday + late // MINUTES) % 7]} "
        for at, hours, on_day in _times(zone, weekday, minute, agenda.begin.year, on):
            zones.setdefault((at, hours, on_day, f"{day}{clock(late % MINUTES)}"), []).append(zone)
    return [
        CronEntry(at, hours, on_day, f"{local} in {listed(dict.fromkeys(names))}")
        for (at, hours, on_day, local), names in zones.items()
    ]


def _times(
    zone: str, weekday: int | None, minute: int, year: int, on: tzinfo | None
) -> Iterator[tuple[int, tuple[int, ...], int | None]]:
    """Yield minute, hours and weekday of a local time, as they are in the months of a year on another clock."""
    found: dict[tuple[int, int | None], set[int]] = {}
    for month in range(1, 13):
        middle = date(year, month, 15)
        day = middle + timedelta(days=((weekday or 0) - middle.weekday()) % 7)
        local = datetime.combine(day, time(*divmod(minute, 60)), ZoneInfo(zone))
        there = (local.astimezone(UTC) + timedelta(minutes=_LATE)).astimezone(on)
        found.setdefault((there.minute, None if weekday is None else there.isoweekday() % 7), set()).add(there.hour)
    for (at, on_day), hours in found.items():
        yield at, tuple(sorted(hours)), on_day
