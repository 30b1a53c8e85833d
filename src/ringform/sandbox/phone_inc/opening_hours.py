"""The weekly schedule: main numbers document, 'Opening hours object'."""

from __future__ import annotations

import re
from typing import Any

from ringform.sandbox.phone_inc.validation import Errors

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_FIELD = "opening_hours"

OpeningDay = dict[str, Any]
"""One of the seven days, as it is read: with its name."""


def week(opening_at: str, closing_at: str, open_days: tuple[int, ...]) -> list[OpeningDay]:
    """Return a schedule with the same times on every day, open on some."""
    return [_day(number, number in open_days, opening_at, closing_at) for number in range(7)]


def check_opening_hours(value: object, current: list[OpeningDay], errors: Errors) -> list[OpeningDay]:
    """Check a schedule and return it Monday first, with the days' names.

    All seven days must be there, once each. A closed day keeps its times; it may leave them out, and then
    the present ones stay.
    """
    if not isinstance(value, list) or not all(isinstance(day, dict) for day in value) or not is_week(value):
        errors.add(_FIELD, "must be an array of 7 objects, with day_of_week 0 to 6 once each")
        return current
    present = {day["day_of_week"]: day for day in current}
    given = sorted(value, key=lambda day: int(day["day_of_week"]))
    return [_check_day(day, present[day["day_of_week"]], errors) for day in given]


def is_week(value: list[dict[str, Any]]) -> bool:
    """Say whether there are seven days, once each."""
    numbers = [day.get("day_of_week") for day in value]
    return all(type(number) is int for number in numbers) and set(numbers) == set(range(7)) and len(numbers) == 7


def _check_day(day: dict[str, Any], present: OpeningDay, errors: Errors) -> OpeningDay:
    number = day["day_of_week"]
    name = DAY_NAMES[number]
    is_open = day.get("open")
    if not isinstance(is_open, bool):
        errors.add(_FIELD, f"{name}: open must be true or false")
        return present
    if not is_open:
        day = {"opening_at": present["opening_at"], "closing_at": present["closing_at"], **day}
    opening_at, closing_at = day.get("opening_at"), day.get("closing_at")
    if not _is_time(opening_at):
        errors.add(_FIELD, f"{name}: opening_at must be a time in HH:MM format")
    if not _is_time(closing_at) and closing_at != "24:00":
        errors.add(_FIELD, f"{name}: closing_at must be a time in HH:MM format, or 24:00")
    # Times of equal form compare as text. Those of a closed day have no effect and may stand in any order.
    elif is_open and _is_time(opening_at) and str(closing_at) <= str(opening_at):
        errors.add(_FIELD, f"{name}: closing_at must be after opening_at")
    return _day(number, is_open, str(opening_at), str(closing_at))


def _day(number: int, is_open: bool, opening_at: str, closing_at: str) -> OpeningDay:
    return {
        "day_of_week": number,
        "day_name": DAY_NAMES[number],
        "open": is_open,
        "opening_at": opening_at,
        "closing_at": closing_at,
    }


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None
