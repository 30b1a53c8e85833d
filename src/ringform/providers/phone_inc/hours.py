"""Opening hours: the manifest's two ways of writing them, the normal form, and the API's seven objects.

Normal form: a mapping of all seven days, ``mon`` to ``sun``, to ``"09:00-17:00"`` or ``"closed"``. The times that the
API keeps for closed days are not part of it (main numbers document, "Opening hours object").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ringform.core.values import Json
from ringform.core.words import did_you_mean, listed
from ringform.providers.base import Problem

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the API's order: ``day_of_week`` 0 is Monday."""

CLOSED = "closed"
_ALL_DAY = "00:00-24:00"
_GROUPS = {"weekdays": DAYS[:5], "weekends": DAYS[5:], "daily": DAYS}
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_API_FIELDS = ("day_of_week", "open", "opening_at", "closing_at")


def read(value: object) -> tuple[dict[str, Json], list[Problem]]:
    """The normal form of either way of writing opening hours; problems have paths relative to ``value``."""
    days: dict[str, Json] = {}
    found: list[Problem] = []
    first_key: dict[str, str | int] = {}
    entries: list[tuple[str | int, object]]
    if isinstance(value, Mapping):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    else:
        hint = "write it by days, for example mon-fri: 09:00-17:00"
        return {}, [Problem((), "wrong-kind", "opening_hours must be a mapping of days to hours, or a list", hint=hint)]
    for key, entry in entries:
        names, opened, wrong = _short(str(key), entry) if isinstance(value, Mapping) else _api(entry)
        found += [_under(key, problem) for problem in wrong]
        for day in names:
            if day in first_key:
                summary = f"{day} is given twice"
                advice = "the account holds one interval a day"
                found.append(Problem((key,), "day-twice", summary, hint=advice, on_key=True, other=(first_key[day],)))
            first_key.setdefault(day, key)
            if opened is not None:
                days.setdefault(day, opened)
    missing = [day for day in DAYS if day not in first_key]
    if missing and not any(problem.code in ("unknown-day", "wrong-kind") for problem in found):
        hint = f"add {','.join(missing)}: closed (or its hours): every day must be given once"
        found.append(Problem((), "day-missing", f"opening_hours lacks {listed(missing)}", hint=hint, on_key=True))
    return {day: days[day] for day in DAYS if day in days}, found


def _under(key: str | int, problem: Problem) -> Problem:
    return Problem((key, *problem.path), problem.code, problem.summary, hint=problem.hint, on_key=problem.on_key)


def _short(key: str, value: object) -> tuple[list[str], str | None, list[Problem]]:
    """One line of the short form: the days it names, their hours, and what is wrong."""
    days, problems = _days(key)
    if not isinstance(value, str):
        hint = "write 09:00-17:00, 24h or closed"
        return days, None, [*problems, Problem((), "wrong-kind", f"{key} must be hours or closed", hint=hint)]
    text = re.sub(r"\s*[-–]\s*", "-", value.strip().lower())
    if text == CLOSED:
        return days, CLOSED, problems
    if text == "24h":
        return days, _ALL_DAY, problems
    opening, dash, closing = text.partition("-")
    if re.search(r"[,;&+]| and ", text) or "-" in closing:
        summary = f"{value!r} has more than one interval"
        hint = "the account holds one interval a day: give the first opening and the last closing time"
        return days, None, [*problems, Problem((), "several-intervals", summary, hint=hint)]
    if not dash:
        hint = "write 09:00-17:00, 24h or closed"
        return days, None, [*problems, Problem((), "bad-hours", f"{value!r} is not opening hours", hint=hint)]
    hours, wrong = _interval(opening, closing, (), ())
    return days, hours, [*problems, *wrong]


def _days(key: str) -> tuple[list[str], list[Problem]]:
    """The days that a key such as ``mon-thu``, ``sat,sun`` or ``weekdays`` names."""
    days: list[str] = []
    problems: list[Problem] = []
    for part in re.sub(r"\s*([-–,])\s*", r"\1", key.strip().lower()).replace("–", "-").split(","):
        first, dash, last = part.partition("-")
        unknown = [name for name in (first, last or first) if name not in DAYS]
        if part in _GROUPS:
            named: Sequence[str] = _GROUPS[part]
        elif unknown:
            hint = did_you_mean(unknown[0], [*DAYS, *_GROUPS]) or f"days are {listed(DAYS)}, weekdays, weekends, daily"
            problems.append(Problem((), "unknown-day", f"{unknown[0]!r} is not a day", hint=hint, on_key=True))
            continue
        elif dash and DAYS.index(last) < DAYS.index(first):
            hint = "the week begins on mon: write " + f"{first}-sun,mon-{last}".replace("sun-sun", "sun").replace(
                "mon-mon", "mon"
            )
            problems.append(
                Problem((), "days-backwards", f"{part} runs past the end of the week", hint=hint, on_key=True)
            )
            continue
        else:
            named = DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
        days += named
    return days, problems


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _api(entry: object) -> tuple[list[str], str | None, list[Problem]]:
    """One of the API's seven objects, as the document's request examples write it (``day_name`` is for reading)."""
    if not isinstance(entry, Mapping):
        return [], None, [Problem((), "wrong-kind", "each day must be a mapping with day_of_week and open")]
    problems = [
        Problem(
            (str(name),),
            "unknown-field",
            f"{str(name)!r} is not a field of an opening-hours object",
            hint=did_you_mean(str(name), _API_FIELDS) or f"it has {listed(_API_FIELDS)}",
            on_key=True,
        )
        for name in entry
        if name not in (*_API_FIELDS, "day_name")
    ]
    number, is_open = str(entry.get("day_of_week")), str(entry.get("open")).lower()
    days = [DAYS[int(number)]] if number in set("0123456") and len(number) == 1 else []
    if not days:
        summary = "day_of_week must be a number from 0 (Monday) to 6 (Sunday)"
        problems.append(Problem(("day_of_week",), "unknown-day", summary))
    if is_open not in ("true", "false"):
        problems.append(Problem(("open",), "not-a-boolean", "open must be true or false"))
    if is_open != "true":
        return days, CLOSED if is_open == "false" else None, problems
    opening, closing = (entry.get(name) for name in _API_FIELDS[2:])
    if not isinstance(opening, str) or not isinstance(closing, str):
        return days, None, [*problems, Problem((), "missing-field", "an open day needs opening_at and closing_at")]
    hours, wrong = _interval(opening, closing, ("opening_at",), ("closing_at",))
    return days, hours, [*problems, *wrong]


def _interval(
    opening: str, closing: str, at_opening: tuple[str, ...], at_closing: tuple[str, ...]
) -> tuple[str | None, list[Problem]]:
    """``HH:MM-HH:MM``; ``24:00`` only as an end (main numbers document, "closing_at")."""
    hint = "write times as HH:MM, from 00:00 to 24:00"
    problems = [
        Problem(path, "bad-time", f"{text!r} is not a time of day", hint=hint)
        for text, path, is_time in (
            (opening, at_opening, _TIME.match(opening)),
            (closing, at_closing, _TIME.match(closing) or closing == "24:00"),
        )
        if not is_time
    ]
    if problems:
        return None, problems
    if closing <= opening:
        summary = f"closing time {closing} is not after opening time {opening}"
        hint = "hours cannot run past midnight: end at 24:00 and open the next day at 00:00"
        return None, [Problem(at_closing, "closes-before-opening", summary, hint=hint)]
    return f"{opening}-{closing}", []


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
