"""The days of a week and the minutes of a day, as reports write them."""

from __future__ import annotations

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""Day 0 is Monday."""

MINUTES = 24 * 60
"""Minutes of a day. On the two days a year that are shorter or longer, the clock still shows all of them."""


def clock(minute: int) -> str:
    """Return a minute of the day, counted from midnight, as ``09:30``; the last midnight is ``24:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"
