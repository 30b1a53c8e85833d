"""The short form of opening hours: ``mon-thu: 09:00-17:00``, ``sat,sun: closed``.

Normal form: a mapping of all seven days, ``mon`` to ``sun``, to ``"09:00-17:00"`` or ``"closed"``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ringform.calendar.dated_hours import CLOSED
from ringform.model.messages import did_you_mean, shown
from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.providers.shared.calendar import times

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ALL_DAY = "00:00-24:00"
_GROUPS = {"weekdays": DAYS[:5], "weekends": DAYS[5:], "daily": DAYS}
_LONGEST = 200
"""Characters of a line of the short form, which needs 27 for all days and 11 for hours."""
_DAYS_HINT = f"days are {', '.join(DAYS)}, weekdays, weekends and daily"
_HOURS_HINT = "write 09:00-17:00, 24h or closed"


def of_day(label: str, value: object) -> tuple[str | None, list[Problem]]:
    """Read one day's hours in the short form, after the key ``label``. The problems have no path."""
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
    """Return the days that a key such as ``mon-thu``, ``sat,sun`` or ``weekdays`` names."""
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


def short(days: Mapping[str, Json]) -> dict[str, str]:
    """Return the short form with the fewest lines: neighbouring days that have the same hours share one."""
    lines: list[tuple[str, str, str]] = []
    for day in DAYS:
        hours = "24h" if days[day] == _ALL_DAY else str(days[day])
        if lines and lines[-1][2] == hours:
            lines[-1] = (lines[-1][0], day, hours)
        else:
            lines.append((day, day, hours))
    return {_run(first, last): hours for first, last, hours in lines}
