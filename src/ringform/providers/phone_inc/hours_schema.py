"""What an editor knows about opening hours: the JSON Schema of both ways of writing them."""

from __future__ import annotations

from ringform.providers.phone_inc.hours import DAYS

_NAMES = dict(
    zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True),
)
_OFFERED = {
    **_NAMES,
    "weekdays": "Monday to Friday",
    "weekends": "Saturday and Sunday",
    "daily": "every day",
    "mon-fri": "Monday to Friday",
    "sat-sun": "Saturday and Sunday",
}
"""Keys that an editor offers; others, such as ``mon-thu`` and ``sat,sun``, are known by their form."""


def _any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in word)


_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = rf"^\s*({_TIME}\s*[-–]\s*({_TIME}|24:00)|24[hH]|{_any_case('closed')})\s*$|\{{\{{"
_DAY = "|".join(map(_any_case, DAYS))
_PART = rf"\s*(({_DAY})(\s*[-–]\s*({_DAY}))?|{'|'.join(map(_any_case, ('weekdays', 'weekends', 'daily')))})\s*"


def hours_of(days: str) -> dict[str, object]:
    """One day in the short form."""
    return {
        "type": "string",
        "description": f"Hours for {days}: HH:MM-HH:MM (24:00 for midnight), 24h or closed.",
        "pattern": _HOURS,
        "patternErrorMessage": "Write hours as 09:00-17:00, 24h or closed.",
        "examples": ["09:00-17:00", "closed", "24h"],
    }


def _time(what: str, *examples: str) -> dict[str, object]:
    return {
        "type": "string",
        "description": what,
        "pattern": rf"^({_TIME}|24:00)$|\{{\{{",
        "patternErrorMessage": "Write the time as HH:MM.",
        "examples": [*examples],
    }


_BY_DAY: dict[str, object] = {
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

_SEVEN_OBJECTS: dict[str, object] = {
    "type": "array",
    "description": "The API's own form: one object for each day, seven in all.",
    "minItems": 7,
    "maxItems": 7,
    "items": {
        "type": "object",
        "description": "One day.",
        "required": ["day_of_week", "open"],
        "additionalProperties": False,
        "properties": {
            "day_of_week": {"description": "0 is Monday, 6 is Sunday.", "enum": [0, 1, 2, 3, 4, 5, 6]},
            "day_name": {"type": "string", "description": "For readers only.", "examples": [*_NAMES.values()]},
            "open": {"type": "boolean", "description": "Whether this day is open at all."},
            "opening_at": _time("When it opens, HH:MM.", "09:00"),
            "closing_at": _time("When it closes, HH:MM, at the latest 24:00.", "17:00", "24:00"),
        },
        "if": {"properties": {"open": {"const": True}}},
        "then": {"required": ["opening_at", "closing_at"]},
    },
}

OPENING_HOURS: dict[str, object] = {"anyOf": [_BY_DAY, _SEVEN_OBJECTS]}
