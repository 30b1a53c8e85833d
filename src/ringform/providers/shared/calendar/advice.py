"""Problems of a number's dates and rotations that its other fields cause."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.calendar.number_calendar import NumberCalendar
from ringform.model.diagnostic import Severity
from ringform.model.problem import DocumentPath, Problem
from ringform.model.values import Fields
from ringform.providers.shared.calendar.closures import SECTIONS

HOURS = "opening_hours"

WARNINGS = frozenset({"dates-without-timezone"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""


def about_dates(calendar: NumberCalendar, fields: Fields, written: Sequence[str], path: DocumentPath) -> list[Problem]:
    """Return the problems of a number's dates that its other fields cause; ``written`` are its own keys."""
    own = [name for name in SECTIONS if name in written]
    if not calendar.has_dates:
        return []
    if HOURS not in fields:
        if calendar.own.is_empty:
            return []
        summary = f"{own[0]} change the opening hours, which this number leaves to the account"
        hint = f"add {HOURS}: the normal week, which holds on every other day"
        return [Problem((*path, own[0]), "dates-without-hours", summary, hint=hint, on_key=True)]
    if "timezone" in fields:
        return []
    return [
        _no_zone(path, "the dates of this number begin in UTC, because the manifest leaves its timezone to the account")
    ]


def about_rotations(calendar: NumberCalendar, fields: Fields, path: DocumentPath) -> list[Problem]:
    """Return the problems of a number whose rotations hand over on its clock."""
    local = [name for name, rotation in calendar.rotations.items() if rotation.timezone is None]
    if not local or "timezone" in fields:
        return []
    summary = (
        f"{local[0]} hands over in UTC here, because the manifest leaves the timezone of this number to the account"
    )
    return [_no_zone(path, summary)]


def _no_zone(path: DocumentPath, summary: str) -> Problem:
    hint = "add timezone: Copenhagen, or another city"
    return Problem(path, "dates-without-timezone", summary, Severity.WARNING, hint=hint, on_key=True)
