"""Dated hours, which replace the normal hours on some dates: closures, public holidays, special hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ringform.calendar import holiday_sets
from ringform.calendar.dates import Dates, Period, covers, days

CLOSED = "closed"
"""The hours of a day on which a number is closed."""


@dataclass(frozen=True, slots=True)
class DatedHours:
    """The hours on the dates of a period, in the provider's normal form of one day."""

    period: Period
    hours: str
    reason: str | None = None

    @property
    def rank(self) -> int:
        """The precedence among entries for one date: a single day beats a span, and a given year beats every year."""
        return 2 * (self.period.first == self.period.last) + isinstance(self.period, Dates)


@dataclass(frozen=True, slots=True)
class Holidays:
    """A closure on every public holiday of a place."""

    country: str
    subdivision: str | None


@dataclass(frozen=True, slots=True)
class DatedSection:
    """The dated hours at one level of a manifest. None says that there are none, and cancels those of the level above.

    For the same dates special hours have precedence over closures.
    """

    closures: tuple[DatedHours | Holidays, ...] | None = ()
    special: tuple[DatedHours, ...] | None = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no entries."""
        return not self.closures and not self.special

    def below(self, own: DatedSection) -> DatedSection:
        """Return the part of this section that holds for a lower level with the section ``own``."""
        return DatedSection(() if own.closures is None else self.closures, () if own.special is None else self.special)


def on_dates(entries: Iterable[DatedHours], begin: date, end: date) -> dict[date, DatedHours]:
    """Return the entry with precedence for each date of ``[begin, end)`` that has one; of equals the first."""
    # Later ones replace earlier ones: the highest rank is last, and of equals the first.
    ranked = sorted(entries, key=lambda entry: -entry.rank)[::-1]
    return {day: entry for day in days(begin, end) for entry in ranked if covers(entry.period, day)}


@lru_cache(maxsize=256)
def entries_of(section: DatedSection, begin: date, end: date) -> Mapping[date, DatedHours]:
    """Return the entry with precedence for each date of ``[begin, end)`` that has one; holidays have the least.

    Cached, as many numbers share one section.
    """
    closures = section.closures or ()
    holidays = {
        day: DatedHours(Dates(day, day), CLOSED, name)
        for place in reversed([closure for closure in closures if isinstance(closure, Holidays)])
        for day, name in holiday_sets.between(place.country, place.subdivision, begin, end).items()
    }
    dated = [*(section.special or ()), *(closure for closure in closures if isinstance(closure, DatedHours))]
    return {**holidays, **on_dates(dated, begin, end)}
