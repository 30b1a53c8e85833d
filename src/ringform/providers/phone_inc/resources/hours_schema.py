"""What an editor knows about opening hours: the JSON Schema of both ways of writing them."""

from __future__ import annotations

from pydantic.config import JsonDict

from ringform.providers.shared.calendar.hours_schema import BY_DAY, NAMES, TIME
from ringform.providers.shared.field_types import matching


def _time(description: str, *examples: str) -> JsonDict:
    return matching(f"^({TIME}|24:00)$", "Write the time as HH:MM.", *examples, description=description)


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
            "day_name": {"type": "string", "description": "For readers only.", "examples": [*NAMES.values()]},
            "open": {"type": "boolean", "description": "Whether this day is open at all."},
            "opening_at": _time("When it opens, HH:MM.", "09:00"),
            "closing_at": _time("When it closes, HH:MM, at the latest 24:00.", "17:00", "24:00"),
        },
        "if": {"properties": {"open": {"const": True}}},
        "then": {"required": ["opening_at", "closing_at"]},
    },
}

OPENING_HOURS: dict[str, object] = {"anyOf": [BY_DAY, _SEVEN_OBJECTS]}
