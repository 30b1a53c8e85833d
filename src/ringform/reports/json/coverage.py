"""``ringform.coverage/v1``: which parts of call flows are covered by routing tests."""

from __future__ import annotations

from ringform.callflow.coverage import Coverage, CoveragePart, FlowPart, HoursPart, KeyPart
from ringform.callflow.types import FlowNames
from ringform.model.clock import DAYS, clock
from ringform.model.values import Json
from ringform.version import __version__


def document(coverage: Coverage) -> dict[str, Json]:
    """Return the document; ``percent`` is rounded down."""
    return {
        "format": "ringform.coverage/v1",
        "tool_version": __version__,
        "tested": coverage.tested,
        "parts": coverage.parts,
        "percent": coverage.percent,
        "numbers": [
            {
                "address": str(number.address),
                "name": number.name,
                "problem": number.problem,
                "tested": number.tested,
                "parts": [{**_part(part, number.names), "tests": list(tests)} for part, tests in number.parts],
            }
            for number in coverage.numbers
        ],
    }


def _part(part: CoveragePart, names: FlowNames) -> dict[str, Json]:
    match part:
        case FlowPart(slot):
            return {"part": "flow", "slot": names.slot(slot)}
        case KeyPart(slot, digit):
            return {"part": "key", "slot": names.slot(slot), "press": digit}
        case HoursPart(is_open, days, hours):
            opening = f"{clock(hours[0])}-{clock(hours[1])}" if hours else None
            return {
                "part": "hours",
                "open": is_open,
                "days": [DAYS[day].lower() for day in days],
                "opening_hours": opening,
            }
