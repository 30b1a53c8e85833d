"""Dated hours for accounts that only have a week: an entry takes the place of its weekday for the seven days up to it.

An entry for a date D governs the weekday of D from six days before D through D. Whoever makes the account what
``week_as_of`` says each day has D's hours on D, and the normal week again the day after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ringform.calendar.dated_hours import DatedHours
from ringform.calendar.dates import WEEK, days
from ringform.model.values import FieldPath, Json


@dataclass(frozen=True, slots=True)
class ExceptionalDay:
    """A day of a week that does not hold what is normal for it now, because of the date ``on``."""

    path: FieldPath
    on: date
    value: Json
    normal: Json
    reason: str | None


def week_as_of(normal: Mapping[str, Json], dated: Mapping[date, DatedHours], today: date) -> dict[str, Json]:
    """Return the week that the account must have today; ``normal`` maps the days, Monday first, to their hours.

    No two dates of the seven share a weekday, so at most one entry governs each.
    """
    week = dict(normal)
    names = list(normal)
    for day in days(today, today + WEEK):
        if day in dated:
            week[names[day.weekday()]] = dated[day].hours
    return week


def exceptional_days(
    field: str, normal: Mapping[str, Json], dated: Mapping[date, DatedHours], today: date
) -> tuple[ExceptionalDay, ...]:
    """Return the days of the week of today that are not as in the normal week, by their date."""
    names = list(normal)
    return tuple(
        ExceptionalDay((field, name), day, dated[day].hours, normal[name], dated[day].reason)
        for day in days(today, today + WEEK)
        if day in dated and dated[day].hours != normal[name := names[day.weekday()]]
    )
