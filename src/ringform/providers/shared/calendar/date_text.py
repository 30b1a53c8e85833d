"""Dates as a manifest writes them: ``2026-12-24``, ``12-24`` for every year, and two of them with ``..`` between."""

from __future__ import annotations

import re
from datetime import date

from ringform.calendar.dates import Dates, Period, Yearly, day_of_year, repaired_date
from ringform.model.messages import shown
from ringform.model.problem import Problem

EARLIEST, LATEST = 2000, 2199
_DATE = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)\Z", re.ASCII)
_HINT = "write 2026-12-24, 12-24 for every year, or 2026-12-24..2027-01-01"


def read_period(text: str) -> tuple[Period | None, list[Problem]]:
    """Read ``2026-12-24``, ``12-24``, or two of them with ``..`` between. The problems have no path."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    return read_range(first, last if dots else first, text)


def read_range(first: str, last: str, text: str | None = None) -> tuple[Period | None, list[Problem]]:
    """Read the dates from one through another; a problem of the second has the path ``("to",)``."""
    parsed = []
    for part, at in ((first, ()), (last, ("to",))) if first != last else ((first, ()),):
        day = date_of(part)
        if isinstance(day, str):
            return None, [Problem(at, "bad-date", f"{shown(text or part)} is not a date{day}", hint=_repaired(part))]
        parsed.append(day)
    begin, end = parsed[0], parsed[-1]
    if isinstance(begin, date) and isinstance(end, date):
        if end < begin:
            hint = "write the earlier date first"
            return None, [Problem(("to",), "bad-date", f"{last} is before {first}", hint=hint)]
        return Dates(begin, end), []
    if isinstance(begin, tuple) and isinstance(end, tuple):
        return Yearly(begin, end), []
    hint = f"write both with a year, or both without one: {first[-5:]}..{last[-5:]}"
    return None, [Problem(("to",), "bad-date", f"one of {first} and {last} has a year, the other does not", hint=hint)]


def date_of(text: str) -> date | tuple[int, int] | str:
    """Return a date, or a day of every year, or else the reason why it is none, to follow on "is not a date"."""
    parts = _DATE.match(text)
    if parts is None:
        return ""
    month, day = int(parts[2]), int(parts[3])
    try:
        if parts[1] is None:
            return day_of_year(month, day)
        if not EARLIEST <= int(parts[1]) <= LATEST:
            return f" from {EARLIEST} to {LATEST}"
        return date(int(parts[1]), month, day)
    except ValueError:
        return ": the calendar does not have it"


def _repaired(text: str) -> str:
    """Return what a badly written date may mean."""
    meant = repaired_date(text)
    return f"did you mean {meant}?" if meant and isinstance(date_of(meant), date) else _HINT
