"""Hours that hold on some dates in the place of the normal ones: closures, public holidays, special hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ringform.calendar import holiday_sets
from ringform.calendar.dates import Dates, Period, covers, days

CLOSED = "closed"
"""The hours of a day on which a number is not open at all."""


@dataclass(frozen=True, slots=True)
class DatedHours:
    """What holds on some dates in the place of the normal day: ``hours`` in the provider's normal form of one day."""

    period: Period
    hours: str
    reason: str | None = None

    @property
    def rank(self) -> int:
        """Which of two entries for one date counts: one day before many, and a given year before every year."""
        return 2 * (self.period.first == self.period.last) + isinstance(self.period, Dates)


@dataclass(frozen=True, slots=True)
class Holidays:
    """Every public holiday of a place is a closure."""

    country: str
    subdivision: str | None


@dataclass(frozen=True, slots=True)
class DatedSection:
    """The dates at one level of a manifest. None: the section says that there are none, those of the level above too.

    Special hours count before closures where both are for the same dates.
    """

    closures: tuple[DatedHours | Holidays, ...] | None = ()
    special: tuple[DatedHours, ...] | None = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no entries."""
        return not self.closures and not self.special

    def below(self, own: DatedSection) -> DatedSection:
        """Return what of this section a lower level keeps that has a section of its own."""
        return DatedSection(
            () if own.closures is None else self.closures,
            () if own.special is None else self.special,
        )


def on_dates(entries: Iterable[DatedHours], begin: date, end: date) -> dict[date, DatedHours]:
    """Return the entry that counts for each date of ``[begin, end)`` that has one; of equals the first."""
    ranked = sorted(entries, key=lambda entry: -entry.rank)
    found = ((day, next((entry for entry in ranked if covers(entry.period, day)), None)) for day in days(begin, end))
    return {day: entry for day, entry in found if entry is not None}


@lru_cache(maxsize=256)
def entries_of(section: DatedSection, begin: date, end: date) -> Mapping[date, DatedHours]:
    """Return the entry that counts for each date of ``[begin, end)``; holidays count least.

    The answer is kept, as one section is asked for each of the numbers that share it.
    """
    closures = section.closures or ()
    sets = [each for each in closures if isinstance(each, Holidays)]
    found = {
        day: DatedHours(Dates(day, day), CLOSED, name)
        for each in reversed(sets)
        for day, name in holiday_sets.between(each.country, each.subdivision, begin, end).items()
    }
    dated = [*(section.special or ()), *(each for each in closures if isinstance(each, DatedHours))]
    return {**found, **on_dates(dated, begin, end)}
