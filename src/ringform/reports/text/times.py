"""Times for people: on the clock of this machine, with its offset from UTC."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime


def local(moment: datetime, precision: str = "minutes") -> str:
    """Return a time that has a zone as ``2026-11-20 15:45+01:00``, by default to the minute."""
    with suppress(OverflowError, ValueError, OSError):  # a year that this machine's clock does not reach
        moment = moment.astimezone()
    return moment.isoformat(" ", precision)


def clock(seconds: int) -> str:
    """Return a duration as minutes and seconds, ``3:07``, or with hours, ``1:03:07``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
