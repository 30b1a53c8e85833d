"""Dates and waits in the headers of answers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def asked_wait(text: str) -> float | None:
    """Seconds that ``Retry-After`` asks for (RFC 9110, 10.2.3: whole seconds or a date); None if it says nothing."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    date = http_date(text)
    seconds = (date - datetime.now(UTC)).total_seconds() if date else 0.0
    return seconds if seconds > 0 else None


def http_date(text: str) -> datetime | None:
    """Return the time of an HTTP date (RFC 9110, 5.6.7), or None for anything else."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
