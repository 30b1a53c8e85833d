"""The sections ``closures`` and ``special_hours`` of a manifest, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from ringform.calendar import holiday_sets
from ringform.calendar.dated_hours import CLOSED, DatedHours, DatedSection, Holidays
from ringform.calendar.dates import Dates, Period, Yearly
from ringform.model.diagnostic import Severity
from ringform.model.messages import shown
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.shared.calendar.closures_schema import ClosureEntry, HolidayEntry
from ringform.providers.shared.calendar.date_text import read_period, read_range
from ringform.providers.shared.calendar.hours import of_day
from ringform.providers.shared.validation import check

WARNINGS = frozenset({"date-over", "no-holidays"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

SECTIONS = ("closures", "special_hours")
_MOST = 1_000
"""Entries of one section."""
_OVER = timedelta(days=31)
"""How long something is over before a manifest is asked to forget it."""
_AHEAD = timedelta(days=365)
"""For how long a place must have a public holiday to be worth naming."""


def read(holder: Mapping[str, object], path: DocumentPath, today: date) -> tuple[DatedSection, list[Problem]]:
    """Return the dates that stand in a number, or at the top of a manifest, and their problems."""
    problems: list[Problem] = []
    first: dict[str, DocumentPath] = {}
    special: list[DatedHours] = []
    closures: list[DatedHours | Holidays] = []
    written = holder.get("special_hours")
    for key, value in _entries(written, Mapping, "special_hours", path, problems):
        place = (*path, "special_hours", key)
        period, period_problems = read_period(str(key))
        hours, hours_problems = of_day(str(key), value)
        problems += [problem.below(place, on_key=True) for problem in period_problems]
        problems += [problem.below(place) for problem in hours_problems]
        if period is not None and hours is not None:
            special.append(DatedHours(period, hours))
            problems += _check_period(period, str(key), place, first, today, on_key=True)
    for key, value in _entries(holder.get("closures"), list, "closures", path, problems):
        place = (*path, "closures", key)
        entry, at, entry_problems = _closure(value, place)
        problems += entry_problems
        if entry is not None:
            closures.append(entry)
        if isinstance(entry, DatedHours):
            problems += _check_period(entry.period, str(entry.period), at, first, today)
        elif entry is not None and not holiday_sets.between(entry.country, entry.subdivision, today, today + _AHEAD):
            summary = f"no public holiday of {entry.country} is known for the twelve months from {today}"
            hint = "write its dates one by one, or look for a newer version of the package: holidays"
            problems.append(Problem(at, "no-holidays", summary, Severity.WARNING, hint=hint, on_key=True))
    is_reset = path != ()  # at the top a section without entries is just empty
    section = DatedSection(
        None if is_reset and "closures" in holder and holder["closures"] is None else tuple(closures),
        None if is_reset and "special_hours" in holder and written is None else tuple(special),
    )
    return section, problems


def _entries(
    section: object, kind: type[Mapping[str, object]] | type[list[object]], name: str, path: DocumentPath,
    problems: list[Problem],
) -> list[tuple[str | int, object]]:  # fmt: skip
    if section is None:
        return []
    place = (*path, name)
    if not isinstance(section, kind):
        example = "- 2026-12-24, each on a line of its own" if kind is list else "2026-12-23: 09:00-12:00"
        what = "a list of dates" if kind is list else "a mapping of dates to hours"
        summary = f"{name} must be {what}, not {shown(section)}"
        problems.append(Problem(place, "wrong-kind", summary, hint=f"write {example}"))
        return []
    if len(section) > _MOST:
        summary = f"there are {len(section):,} entries here; at most {_MOST:,} are possible"
        problems.append(Problem(place, "too-many-entries", summary, hint="remove the dates that are over", on_key=True))
        return []
    return list(section.items()) if isinstance(section, Mapping) else list(enumerate(section))


def _closure(value: object, place: DocumentPath) -> tuple[DatedHours | Holidays | None, DocumentPath, list[Problem]]:
    """Read one entry of ``closures``. The second value is the place of its dates."""
    if isinstance(value, str):
        period, problems = read_period(value)
        entry = None if period is None else DatedHours(period, CLOSED)
        return entry, place, [replace(problem, path=place) for problem in problems]
    model, problems = check(ClosureEntry, value, place)
    if model is None:
        return None, place, problems
    given = [name for name in ("date", "from_", "yearly", "holidays") if getattr(model, name) is not None]
    if len(given) != 1 or (model.to is not None) != (model.from_ is not None):
        hint = "write one of date: 2026-12-24, yearly: 12-24, from: and to:, or holidays: {country: DK}"
        summary = "an entry of closures gives its dates in exactly one way"
        return None, place, [Problem(place, "bad-date", summary, hint=hint)]
    if model.holidays is not None:
        if model.name is not None:
            summary, hint = "holidays take no name", "remove the line: each holiday has its own name"
            return None, place, [Problem((*place, "name"), "unknown-field", summary, hint=hint, on_key=True)]
        return _holidays(model.holidays, (*place, "holidays"))
    if model.from_ is not None and model.to is not None:
        period, problems = read_range(model.from_, model.to)
        problems = [replace(problem, path=problem.path or ("from",)) for problem in problems]
        at = (*place, "from")
    else:
        name = "date" if model.date is not None else "yearly"
        period, problems = read_period(model.date or model.yearly or "")
        if period is not None and isinstance(period, Yearly) != (name == "yearly"):
            meant, kind = ("12-24, without a year", "of every year")
            if name == "date":
                meant, kind = ("2026-12-24, or yearly: 12-24", "with a year")
            summary = f"{shown(model.date or model.yearly)} is not a date {kind}"
            period, problems = None, [Problem((), "bad-date", summary, hint=f"write {name}: {meant}")]
        problems = [replace(problem, path=(name,)) for problem in problems]
        at = (*place, name)
    entry = None if period is None else DatedHours(period, CLOSED, model.name)
    return entry, at, [problem.below(place) for problem in problems]


def _holidays(model: HolidayEntry, place: DocumentPath) -> tuple[Holidays | None, DocumentPath, list[Problem]]:
    problem = holiday_sets.problem_with(model.country, model.subdivision)
    if problem is not None:
        return None, place, [problem.below(place)]
    return Holidays(model.country, model.subdivision), place, []


def _check_period(
    period: Period, text: str, place: DocumentPath, first: dict[str, DocumentPath], today: date, *, on_key: bool = False
) -> list[Problem]:
    """Return the problems of valid dates: they are given twice, or are over."""
    problems: list[Problem] = []
    name, hint = str(period), "keep one of the two"
    if first.setdefault(name, place) != place:
        summary = f"{name} is given twice"
        problems.append(Problem(place, "date-twice", summary, hint=hint, on_key=on_key, other=first[name]))
    if isinstance(period, Dates) and period.last + _OVER < today:
        hint = "remove it; a date without its year, such as 12-24, is for every year"
        summary = f"{text} is over, and has no effect any more"
        problems.append(Problem(place, "date-over", summary, Severity.WARNING, hint=hint, on_key=on_key))
    return problems
