"""Times of day and intervals as a manifest writes them."""

from __future__ import annotations

import re

from ringform.model.messages import shown
from ringform.model.problem import Problem

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_LOOSE_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?\s*(?P<half>[ap]\.?m\.?)?")


def interval(
    opening: str, closing: str, at_opening: tuple[str, ...], at_closing: tuple[str, ...]
) -> tuple[str | None, list[Problem]]:
    """Return ``HH:MM-HH:MM``, or the problems of the two times; ``24:00`` is an end only (``closing_at``)."""
    problems = [
        Problem(path, "bad-time", f"{shown(text)} is not a time of day", hint=hint_for(text))
        for text, path, is_time in (
            (opening, at_opening, is_opening(opening)),
            (closing, at_closing, is_closing(closing)),
        )
        if not is_time
    ]
    if problems:
        return None, problems
    if closing <= opening:
        summary = f"closing time {closing} is not after opening time {opening}"
        hint = "a day's hours cannot run past midnight: write the earlier time first, and 24:00 for midnight"
        if closing == opening:
            hint = "write 24h for the whole day, or closed"
        return None, [Problem(at_closing, "closes-before-opening", summary, hint=hint)]
    return f"{opening}-{closing}", []


def is_opening(text: str) -> bool:
    """Whether this is ``HH:MM``, as a day can open."""
    return _TIME.match(text) is not None


def is_closing(text: str) -> bool:
    """Whether this is ``HH:MM`` or ``24:00``, as a day can close."""
    return text == "24:00" or is_opening(text)


def hint_for(value: object) -> str:
    """Return what to write instead of something that is not a time of day."""
    if value == "24:00":
        return "a day can close at 24:00, but it opens at 00:00 at the earliest"
    meant = _one_repaired(value) if isinstance(value, str) else None
    return f"did you mean {meant}?" if meant else "write times as HH:MM, from 00:00 to 24:00"


def repaired(text: str) -> str | None:
    """Return what badly written hours must mean, if anything: ``9am to 5pm`` is ``09:00-17:00``."""
    parts = re.split(r"\s*(?:-|–|\bto\b|\buntil\b)\s*", text[:40].strip().lower())
    times = [_one_repaired(part) for part in parts]
    return f"{times[0]}-{times[1]}" if len(times) == 2 and all(times) else None


def _one_repaired(text: str) -> str | None:
    time_parts = _LOOSE_TIME.fullmatch(text[:20].strip().lower())
    if time_parts is None:
        return None
    hour, minute = int(time_parts["hour"]), int(time_parts["minute"] or 0)
    if time_parts["half"]:
        hour = hour % 12 + (12 if time_parts["half"].startswith("p") else 0)
    time = f"{hour:02}:{minute:02}"
    return time if is_closing(time) else None
