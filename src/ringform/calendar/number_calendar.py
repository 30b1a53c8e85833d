"""The calendar of one number: its dated hours, and the rotations that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ringform.calendar.dated_hours import DatedHours, DatedSection, entries_of
from ringform.calendar.dates import WEEK, on_clock
from ringform.calendar.rotation import Rotation
from ringform.calendar.week import ExceptionalDay, exceptional_days, week_as_of
from ringform.model.values import Json

UTC_ZONE = "UTC"
"""The zone that stands in for one that the manifest leaves to the account."""


@dataclass(frozen=True, slots=True)
class NumberCalendar:
    """The dated hours of a number, shared with all numbers and its own, its time zone, normal week and rotations.

    ``zone`` is an IANA name. ``week`` is None where the manifest leaves the hours to the account.
    """

    shared: DatedSection
    own: DatedSection
    zone: str
    week: Mapping[str, Json] | None = None
    rotations: Mapping[str, Rotation] = field(default_factory=dict)

    @property
    def has_dates(self) -> bool:
        """Whether this number has any dated hours."""
        return not self.own.is_empty or not self.shared.below(self.own).is_empty

    def entries(self, begin: date, end: date) -> dict[date, DatedHours]:
        """Return the entry with precedence for each date of ``[begin, end)``; own entries come before shared ones."""
        return {**entries_of(self.shared.below(self.own), begin, end), **entries_of(self.own, begin, end)}

    def week_as_of(self, moment: datetime, name: str) -> tuple[Mapping[str, Json] | None, tuple[ExceptionalDay, ...]]:
        """Return the week that the account must have at a time, and its exceptional days; ``name`` is its field."""
        if self.week is None or not self.has_dates:
            return self.week, ()
        today = on_clock(moment, ZoneInfo(self.zone)).date()
        entries = self.entries(today, today + WEEK)
        return week_as_of(self.week, entries, today), exceptional_days(name, self.week, entries, today)
