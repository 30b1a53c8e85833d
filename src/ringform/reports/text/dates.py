"""What dates still ask of later applies, as text: without it a closure in a manifest looks done when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ringform.model.clock import DAYS
from ringform.model.dated_change import DatedChange
from ringform.model.messages import listed
from ringform.reports.text.style import Style, safe


def render(dates: Sequence[DatedChange], command: str, style: Style, as_of: datetime | None = None) -> str:
    """Return at least one change, and when to run which command; ``as_of`` is the time that an apply was for."""
    # Numbers in other time zones have the same change on the same day, and not at the same moment.
    numbers: dict[str, list[str]] = {}
    for each in dates:
        names = (safe(name or address.key) for address, name in each.numbers.items())
        numbers.setdefault(f"{_day(each.at)}  {safe(each.change)}", []).extend(names)
    next_one = "The next apply" if as_of is None else f"As of {as_of:%Y-%m-%d %H:%M}, the next apply"
    return "\n".join(
        [
            style.bold("Still to come. The account knows no dates: each takes an apply on its day."),
            *(f"  {change}: {listed(names, most=4)}" for change, names in numbers.items()),
            f"{next_one} is due on {_day(dates[0].at)}.",
            "Run this on each of these days, or every night:",
            f"  {safe(command)}",
            "ringform calendar lists more, and says how a machine can run it.",
        ]
    )


def _day(at: datetime) -> str:
    return f"{DAYS[at.weekday()]} {at:%Y-%m-%d}"
