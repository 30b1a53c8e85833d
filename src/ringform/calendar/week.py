"""Dated hours for accounts that only have a week: an entry replaces its weekday for the seven days up to its date.

An entry for a date D replaces the hours of D's weekday from six days before D through D. An account that is given the
week of ``week_as_of`` every day has D's hours on D, and the normal week again the day after.
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
    """A weekday that has other hours than normal, because of the date ``on``."""

    path: FieldPath
    on: date
    value: Json
    normal: Json
    reason: str | None


def week_as_of(normal: Mapping[str, Json], dated: Mapping[date, DatedHours], today: date) -> dict[str, Json]:
    """Return the week that the account must have today; ``normal`` maps the days, Monday first, to their hours.

    No two dates of the seven share a weekday, so at most one entry applies to each.
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
    """Return the days in today's week whose hours are not the normal ones, by date."""
    names = list(normal)
    return tuple(
        ExceptionalDay((field, name), day, dated[day].hours, normal[name], dated[day].reason)
        for day in days(today, today + WEEK)
        if day in dated and dated[day].hours != normal[name := names[day.weekday()]]
    )
