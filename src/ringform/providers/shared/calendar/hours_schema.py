"""What an editor knows about opening hours: the JSON Schema of the short form."""

from __future__ import annotations

from pydantic.config import JsonDict

from ringform.providers.shared.calendar.hours import DAYS
from ringform.providers.shared.field_types import matching

NAMES = dict(
    zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True),
)
_OFFERED = {
    **NAMES,
    "weekdays": "Monday to Friday",
    "weekends": "Saturday and Sunday",
    "daily": "every day",
    "mon-fri": "Monday to Friday",
    "sat-sun": "Saturday and Sunday",
}
"""Keys that an editor offers; others, such as ``mon-thu`` and ``sat,sun``, are known by their form."""


def _any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in word)


TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = rf"^\s*({TIME}\s*[-–]\s*({TIME}|24:00)|24[hH]|{_any_case('closed')})\s*$"
_DAY = "|".join(map(_any_case, DAYS))
_PART = rf"\s*(({_DAY})(\s*[-–]\s*({_DAY}))?|{'|'.join(map(_any_case, ('weekdays', 'weekends', 'daily')))})\s*"


def hours_of(days: str) -> JsonDict:
    """Return what an editor knows of the hours of one day in the short form."""
    description = f"Hours for {days}: HH:MM-HH:MM (24:00 for midnight), 24h or closed."
    advice = "Write hours as 09:00-17:00, 24h or closed."
    return matching(_HOURS, advice, "09:00-17:00", "closed", "24h", description=description)


BY_DAY: dict[str, object] = {
    "type": "object",
    "description": "Days to hours. Every day of the week must be given exactly once.",
    "minProperties": 1,
    "propertyNames": {
        "pattern": f"^{_PART}(,{_PART})*$",
        "patternErrorMessage": "Write days as mon, mon-fri, sat,sun, weekdays, weekends or daily.",
    },
    "properties": {key: hours_of(days) for key, days in _OFFERED.items()},
    "additionalProperties": hours_of("these days"),
}
