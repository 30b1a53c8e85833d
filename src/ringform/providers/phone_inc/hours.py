"""Opening hours: the manifest's two ways of writing them, the normal form, and the API's seven objects.

Normal form: a mapping of all seven days, ``mon`` to ``sun``, to ``"09:00-17:00"`` or ``"closed"``. The times that the
API keeps for closed days are not part of it (main numbers document, "Opening hours object").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.providers.phone_inc import times
from ringform.providers.shared.validation import MOST_FIELDS, at_most

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the API's order: ``day_of_week`` 0 is Monday."""

CLOSED = "closed"
_ALL_DAY = "00:00-24:00"
_GROUPS = {"weekdays": DAYS[:5], "weekends": DAYS[5:], "daily": DAYS}
_API_FIELDS = ("day_of_week", "open", "opening_at", "closing_at")
_NUMBERS = tuple("0123456")
_LONGEST = 200
"""Characters of a line of the short form, which needs 27 for all days and 11 for hours."""
_DAYS_HINT = f"days are {', '.join(DAYS)}, weekdays, weekends and daily"
_HOURS_HINT = "write 09:00-17:00, 24h or closed"
_HIDES_DAYS = frozenset({"unknown-day", "days-backwards", "wrong-kind", "missing-field"})
"""Codes of problems after which it is not known which days are meant."""


def read(value: object) -> tuple[dict[str, Json], list[Problem]]:
    """The normal form of either way of writing opening hours; problems have paths relative to ``value``."""
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
    found: list[Problem] = []
    first_key: dict[str, str | int] = {}
    for key, entry in entries:
        names, opened, wrong = _short(str(key), entry) if isinstance(value, Mapping) else _api(entry)
        found += [replace(problem, path=(key, *problem.path)) for problem in wrong]
        found += _given_again(key, names, first_key)
        for day in names:
            first_key.setdefault(day, key)
            if opened is not None:
                days.setdefault(day, opened)
    missing = [day for day in DAYS if day not in first_key]
    if missing and not any(problem.code in _HIDES_DAYS for problem in found):
        hint = f"every day must be given once: add {','.join(missing)}: closed (or its hours)"
        if isinstance(value, list):
            hint = "every day must be given once: add {day_of_week: " + f"{DAYS.index(missing[0])}, open: false" + "}"
        found.append(Problem((), "day-missing", f"opening_hours lacks {listed(missing)}", hint=hint, on_key=True))
    return {day: days[day] for day in DAYS if day in days}, found


def _given_again(key: str | int, names: Sequence[str], first_key: Mapping[str, str | int]) -> list[Problem]:
    """Days that an earlier key has given, together for each of those keys, or this key itself twice."""
    hint = "give each day once: the account holds one interval a day"
    again: dict[str | int | None, list[str]] = {}
    for position, day in enumerate(names):
        if day in first_key:
            again.setdefault(first_key[day], []).append(day)
        elif day in names[:position]:
            again.setdefault(None, []).append(day)
    return [
        Problem(
            (key,),
            "day-twice",
            f"{listed(dict.fromkeys(days))} {'is' if len(set(days)) == 1 else 'are'} given twice",
            hint=hint,
            on_key=True,
            other=None if other is None else (other,),
        )
        for other, days in again.items()
    ]


def _short(key: str, value: object) -> tuple[list[str], str | None, list[Problem]]:
    """One line of the short form: the days it names, their hours, and what is wrong."""
    days, problems = days_of(key)
    opened, wrong = of_day(key, value)
    return days, opened, [*problems, *wrong]


def of_day(label: str, value: object) -> tuple[str | None, list[Problem]]:
    """The normal form of one day's hours in the short form; problems have no path. ``label`` is what stands before."""
    several = "the account holds one interval a day: give the first opening and the last closing time"
    if isinstance(value, list) and len(value) > 1:
        return None, [Problem((), "several-intervals", f"{shown(label)} has more than one interval", hint=several)]
    if not isinstance(value, str):
        summary = f"{shown(label)} must be hours or closed, not {shown(value)}"
        return None, [Problem((), "wrong-kind", summary, hint=_HOURS_HINT)]
    text = re.sub(r"\s*[-–]\s*", "-", value[:_LONGEST].strip().lower())
    if text == CLOSED:
        return CLOSED, []
    if text == "24h":
        return _ALL_DAY, []
    opening, dash, closing = text.partition("-")
    if re.search(r"[,;&+]| and ", text) or "-" in closing:
        summary = f"{shown(value)} has more than one interval"
        return None, [Problem((), "several-intervals", summary, hint=several)]
    is_half_right = times.is_opening(opening) or times.is_closing(closing)
    if not dash or not opening or not closing or not is_half_right:
        meant = times.repaired(text)
        hint = f"did you mean {meant}?" if meant else _HOURS_HINT
        return None, [Problem((), "bad-hours", f"{shown(value)} is not opening hours", hint=hint)]
    return times.interval(opening, closing, (), ())


def days_of(key: str) -> tuple[list[str], list[Problem]]:
    """The days that a key such as ``mon-thu``, ``sat,sun`` or ``weekdays`` names."""
    days: list[str] = []
    problems: list[Problem] = []
    if len(key) > _LONGEST:
        return [], [Problem((), "unknown-day", f"{shown(key)} is not a list of days", hint=_DAYS_HINT, on_key=True)]
    for part in re.sub(r"\s*([-–,])\s*", r"\1", key.strip().lower()).replace("–", "-").split(","):
        first, dash, last = part.partition("-")
        unknown = [name for name in (first, last if dash else first) if name not in DAYS]
        if part in _GROUPS:
            days += _GROUPS[part]
        elif unknown:
            hint = did_you_mean(unknown[0], [*DAYS, *_GROUPS]) or _DAYS_HINT
            summary = f"{shown(unknown[0])} is not a day" if unknown[0] else f"a day is missing in {shown(key)}"
            problems.append(Problem((), "unknown-day", summary, hint=hint, on_key=True))
        elif dash and DAYS.index(last) < DAYS.index(first):
            hint = f"the week begins on mon: write {_run(first, 'sun')},{_run('mon', last)}"
            summary = f"{part} runs past the end of the week"
            problems.append(Problem((), "days-backwards", summary, hint=hint, on_key=True))
        else:
            days += DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
    return days, problems


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _api(entry: object) -> tuple[list[str], str | None, list[Problem]]:
    """One of the API's seven objects, as the document's request examples write it (``day_name`` is for reading)."""
    if not isinstance(entry, Mapping):
        hint = 'write {day_of_week: 0, open: true, opening_at: "09:00", closing_at: "17:00"}'
        summary = f"each day of this list must be a mapping, not {shown(entry)}"
        return [], None, [Problem((), "wrong-kind", summary, hint=hint)]
    hint = f"it has {listed(_API_FIELDS)}"
    problems = [
        Problem(
            (name,),
            "unknown-field",
            f"{shown(name)} is not a field of a day",
            hint=did_you_mean(name, _API_FIELDS) or hint,
            on_key=True,
        )
        for name in entry
        if name not in (*_API_FIELDS, "day_name")
    ]
    for name in _API_FIELDS[:2]:
        if name not in entry:
            problems.append(Problem((), "missing-field", f"a day needs {name!r}", hint=hint))
    number, is_open = entry.get("day_of_week"), str(entry.get("open")).lower()
    days = [DAYS[int(number)]] if isinstance(number, str) and number in _NUMBERS else []
    if "day_of_week" in entry and not days:
        guess = str(number)[:3].lower()
        hint = (
            f"write {DAYS.index(guess)} for {guess}" if guess in DAYS else "use a number from 0 (Monday) to 6 (Sunday)"
        )
        problems.append(
            Problem(("day_of_week",), "unknown-day", f"{shown(number)} is not a day of the week", hint=hint)
        )
    if "open" in entry and is_open not in ("true", "false"):
        summary = f"open must be true or false, not {shown(entry['open'])}"
        problems.append(Problem(("open",), "not-a-boolean", summary, hint="write true or false"))
    hours, wrong = _api_hours(entry, is_needed=is_open == "true")
    return days, CLOSED if is_open == "false" else hours, [*problems, *wrong]


def _api_hours(entry: Mapping[str, object], *, is_needed: bool) -> tuple[str | None, list[Problem]]:
    """The times of one of the API's objects. Those of a closed day do not count, but must be times."""
    opening, closing = (entry.get(name) for name in _API_FIELDS[2:])
    if isinstance(opening, str) and isinstance(closing, str) and is_needed:
        return times.interval(opening, closing, ("opening_at",), ("closing_at",))
    problems = [
        Problem((name,), "bad-time", f"{shown(value)} is not a time of day", hint=times.hint_for(value))
        for name, value in ((name, entry.get(name)) for name in _API_FIELDS[2:])
        if value is not None and not (isinstance(value, str) and times.is_closing(value))
    ]
    if is_needed and (opening is None or closing is None):
        hint = 'add opening_at: "09:00" and closing_at: "17:00"'
        problems.append(Problem((), "missing-field", "an open day needs opening_at and closing_at", hint=hint))
    return None, problems


def normal(value: Json) -> dict[str, Json]:
    """The normal form of the API's seven objects.

    Raises:
        ValueError: It is not the documented list of days.
    """
    if not isinstance(value, list):
        raise ValueError("opening_hours is not a list")
    days: dict[str, Json] = {}
    for entry in value:
        if not isinstance(entry, Mapping) or entry.get("day_of_week") not in range(7):
            raise ValueError("opening_hours has an entry without a day_of_week from 0 to 6")
        opened = f"{entry.get('opening_at')}-{entry.get('closing_at')}"
        days[DAYS[int(str(entry["day_of_week"]))]] = opened if entry.get("open") else CLOSED
    return {day: days[day] for day in DAYS if day in days}


def for_api(days: Mapping[str, Json], live: Json) -> list[Json]:
    """The seven objects to send. A closed day keeps the times that the account has for it, else 09:00 to 17:00."""
    entries = live if isinstance(live, list) else []
    kept = {entry.get("day_of_week"): entry for entry in entries if isinstance(entry, Mapping)}
    objects: list[Json] = []
    for number, day in enumerate(DAYS):
        hours = str(days[day])
        opening, _, closing = hours.partition("-")
        if hours == CLOSED:
            before = kept.get(number, {})
            opening, closing = str(before.get("opening_at") or "09:00"), str(before.get("closing_at") or "17:00")
        objects.append({"day_of_week": number, "open": hours != CLOSED, "opening_at": opening, "closing_at": closing})
    return objects


def short(days: Mapping[str, Json]) -> dict[str, str]:
    """The short form with the fewest lines: neighbouring days that have the same hours share one."""
    lines: list[tuple[str, str, str]] = []
    for day in DAYS:
        hours = str(days[day])
        if lines and lines[-1][2] == hours:
            lines[-1] = (lines[-1][0], day, hours)
        else:
            lines.append((day, day, hours))
    return {_run(first, last): hours for first, last, hours in lines}
