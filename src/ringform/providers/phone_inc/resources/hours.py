"""Opening hours: the manifest's two ways of writing them, the normal form, and the API's seven objects.

Normal form: that of the short form. The times that the API keeps for closed days are not part of it (main numbers
document, "Opening hours object").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringform.calendar.dated_hours import CLOSED
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.providers.shared.calendar import times
from ringform.providers.shared.calendar.hours import DAYS, days_of, of_day, short
from ringform.providers.shared.validation import MOST_FIELDS, at_most

_API_FIELDS = ("day_of_week", "open", "opening_at", "closing_at")
_NUMBERS = tuple("0123456")
"""``day_of_week``: 0 is Monday."""
_NUMBERS_HINT = "use a number from 0 (Monday) to 6 (Sunday)"
_HIDES_DAYS = frozenset({"unknown-day", "days-backwards", "wrong-kind", "missing-field"})
"""Codes of problems after which it is not known which days are meant."""


def read(value: object) -> tuple[dict[str, Json], list[Problem]]:
    """Return the normal form of opening hours, and their problems, whose paths are relative to ``value``."""
    entries: list[tuple[str | int, object]]
    if isinstance(value, Mapping):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    else:
        is_hours = isinstance(value, str) and (times.repaired(value) or value in (CLOSED, "24h"))
        hint = f"write it by days, on a line below: daily: {value if is_hours else '09:00-17:00'}"
        return {}, [Problem((), "wrong-kind", "opening_hours must be a mapping of days to hours, or a list", hint=hint)]
    at_most(MOST_FIELDS)(value)
    days: dict[str, Json] = {}
    problems: list[Problem] = []
    first_key: dict[str, str | int] = {}
    for key, entry in entries:
        names, opened, day_problems = _short(str(key), entry) if isinstance(value, Mapping) else _api(entry)
        problems += [problem.below((key,)) for problem in day_problems]
        problems += _given_again(key, names, first_key)
        for day in names:
            first_key.setdefault(day, key)
            if opened is not None:
                days.setdefault(day, opened)
    missing = [day for day in DAYS if day not in first_key]
    if missing and not any(problem.code in _HIDES_DAYS for problem in problems):
        hint = f"every day must be given once: add {','.join(missing)}: closed (or its hours)"
        if isinstance(value, list):
            hint = "every day must be given once: add {day_of_week: " + f"{DAYS.index(missing[0])}, open: false" + "}"
        problems.append(Problem((), "day-missing", f"opening_hours lacks {listed(missing)}", hint=hint, on_key=True))
    return {day: days[day] for day in DAYS if day in days}, problems


def _given_again(key: str | int, names: Sequence[str], first_key: Mapping[str, str | int]) -> list[Problem]:
    """Return a problem for each earlier key with days of this one, and one for days that this key has twice."""
    hint = "give each day once: the account holds one interval a day"
    again: dict[str | int | None, list[str]] = {}
    for position, day in enumerate(names):
        if day in first_key:
            again.setdefault(first_key[day], []).append(day)
        elif day in names[:position]:
            again.setdefault(None, []).append(day)
    problems = []
    for other, days in again.items():
        summary = f"{listed(dict.fromkeys(days))} {'is' if len(set(days)) == 1 else 'are'} given twice"
        place = None if other is None else (other,)
        problems.append(Problem((key,), "day-twice", summary, hint=hint, on_key=True, other=place))
    return problems


def short_form(value: object) -> dict[str, str] | None:
    """Return opening hours in the short form, with the fewest lines; None if they are not valid."""
    days, problems = read(value)
    return None if problems else short(days)


def _short(key: str, value: object) -> tuple[list[str], str | None, list[Problem]]:
    """Read one line of the short form: the days it names, their hours, and its problems."""
    days, day_problems = days_of(key)
    opened, hours_problems = of_day(key, value)
    return days, opened, [*day_problems, *hours_problems]


def _api(entry: object) -> tuple[list[str], str | None, list[Problem]]:
    """Read one of the API's seven objects, as the document's requests have it (``day_name`` is for reading)."""
    if not isinstance(entry, Mapping):
        hint = 'write {day_of_week: 0, open: true, opening_at: "09:00", closing_at: "17:00"}'
        summary = f"each day of this list must be a mapping, not {shown(entry)}"
        return [], None, [Problem((), "wrong-kind", summary, hint=hint)]
    hint = f"it has {listed(_API_FIELDS)}"
    problems = []
    for name in entry:
        if name not in (*_API_FIELDS, "day_name"):
            summary, near = f"{shown(name)} is not a field of a day", did_you_mean(name, _API_FIELDS)
            problems.append(Problem((name,), "unknown-field", summary, hint=near or hint, on_key=True))
    for name in _API_FIELDS[:2]:
        if name not in entry:
            problems.append(Problem((), "missing-field", f"a day needs {name!r}", hint=hint))
    number, is_open = entry.get("day_of_week"), str(entry.get("open")).lower()
    days = [DAYS[int(number)]] if isinstance(number, str) and number in _NUMBERS else []
    if "day_of_week" in entry and not days:
        guess = str(number)[:3].lower()
        hint = f"write {DAYS.index(guess)} for {guess}" if guess in DAYS else _NUMBERS_HINT
        summary = f"{shown(number)} is not a day of the week"
        problems.append(Problem(("day_of_week",), "unknown-day", summary, hint=hint))
    if "open" in entry and is_open not in ("true", "false"):
        summary = f"open must be true or false, not {shown(entry['open'])}"
        problems.append(Problem(("open",), "not-a-boolean", summary, hint="write true or false"))
    hours, hours_problems = _api_hours(entry, is_needed=is_open == "true")
    return days, CLOSED if is_open == "false" else hours, [*problems, *hours_problems]


def _api_hours(entry: Mapping[str, object], *, is_needed: bool) -> tuple[str | None, list[Problem]]:
    """Read the times of one of the API's objects. Those of a closed day do not count, but must be times."""
    opening, closing = (entry.get(name) for name in _API_FIELDS[2:])
    if isinstance(opening, str) and isinstance(closing, str) and is_needed:
        return times.interval(opening, closing, ("opening_at",), ("closing_at",))
    problems = [
        Problem((name,), "bad-time", f"{shown(value)} is not a time of day", hint=times.hint_for(value))
        for name, value in zip(_API_FIELDS[2:], (opening, closing), strict=True)
        if value is not None and not (isinstance(value, str) and times.is_closing(value))
    ]
    if is_needed and (opening is None or closing is None):
        hint = 'add opening_at: "09:00" and closing_at: "17:00"'
        problems.append(Problem((), "missing-field", "an open day needs opening_at and closing_at", hint=hint))
    return None, problems


def normal(value: Json) -> dict[str, Json]:
    """Return the normal form of the API's seven objects.

    Raises:
        ValueError: It is not the documented list of days: each once, with times like 09:00, or null on closed ones.
    """
    if not isinstance(value, list):
        raise ValueError("opening_hours is not a list")
    days: dict[str, Json] = {}
    for entry in value:
        number = entry.get("day_of_week") if isinstance(entry, Mapping) else None
        if type(number) is not int or number not in range(7) or not isinstance(entry, Mapping):
            raise ValueError("opening_hours has an entry without a day_of_week from 0 to 6")
        if DAYS[number] in days:
            raise ValueError(f"opening_hours has {DAYS[number]} twice")
        days[DAYS[number]] = _normal_day(DAYS[number], entry)
    if len(days) < len(DAYS):
        raise ValueError(f"opening_hours lacks {listed([day for day in DAYS if day not in days])}")
    return {day: days[day] for day in DAYS}


def _normal_day(day: str, entry: Mapping[str, Json]) -> str:
    is_open, opening, closing = (entry.get(name) for name in _API_FIELDS[1:])
    if not isinstance(is_open, bool):
        raise ValueError(f"opening_hours does not say whether {day} is open")
    for time in (opening, closing):
        if not (isinstance(time, str) and times.is_closing(time)) and (is_open or time is not None):
            raise ValueError(f"opening_hours has the time {shown(time)} on {day}")
    return f"{opening}-{closing}" if is_open else CLOSED


def for_api(days: Mapping[str, Json], live: Json, overwritten: Json = None) -> list[Json]:
    """Return the seven objects to send.

    A closed day gets the times that it had before the apply that is to be undone (``overwritten``), or else keeps the
    account's, or else has 09:00 to 17:00.
    """
    kept = {**_by_number(live), **_by_number(overwritten)}
    objects: list[Json] = []
    for number, day in enumerate(DAYS):
        hours = str(days[day])
        opening, _, closing = hours.partition("-")
        if hours == CLOSED:
            before = kept.get(number, {})
            opening, closing = str(before.get("opening_at") or "09:00"), str(before.get("closing_at") or "17:00")
        objects.append({"day_of_week": number, "open": hours != CLOSED, "opening_at": opening, "closing_at": closing})
    return objects


def opened(days: Mapping[str, Json], live: Json) -> list[Json]:
    """Return the account's objects of the closed days that are to be opened: their times are replaced."""
    return [
        {name: entry.get(name) for name in _API_FIELDS}
        for number, entry in _by_number(live).items()
        if entry.get("open") is False and days[DAYS[number]] != CLOSED and entry.get("opening_at")
    ]


def _by_number(entries: Json) -> dict[int, Mapping[str, Json]]:
    """Return the days of a list in the API's shape by their number, Monday first."""
    days = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    return {number: day for number in range(7) for day in days if day.get("day_of_week") == number}
