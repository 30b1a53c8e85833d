"""The operations of the calls document."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from ringform.sandbox.phone_inc.account import Account, Call
from ringform.sandbox.phone_inc.errors import NotFoundError
from ringform.sandbox.phone_inc.ids import STORAGE
from ringform.sandbox.phone_inc.phone_numbers import digits, formatted

DIRECTIONS = ("inbound", "outbound")
STATES = ("initiated", "answered", "playing_audio", "transferring", "recording", "bridged", "ended")
"""Calls document, 'Call states'."""

DEFAULT_LIMIT, MAXIMUM_LIMIT = 10, 50

_LOCAL_DIGITS = 6
"""How many digits a local form must have at least to be looked for at the end of a number."""


def list_calls(account: Account, query: Mapping[str, str]) -> dict[str, Any]:
    """'List recent calls': all filters combined, newest first; calls that have not started come before all."""
    calls = sorted(account.calls.values(), key=lambda call: (call.started_at is None, call.started_at or ""))
    calls.reverse()
    # Of an unknown state the document says that it is ignored; an unknown direction is read the same way.
    if query.get("direction") in DIRECTIONS:
        calls = [call for call in calls if call.direction == query["direction"]]
    if query.get("state") in STATES:
        calls = [call for call in calls if call.state == query["state"]]
    if query.get("phone_number", "").strip():
        calls = [call for call in calls if _matches(_remote(call), query["phone_number"])]
    return {"calls": [_view(account, call) for call in calls[: _limit(query.get("limit"))]]}


def retrieve_call(account: Account, call_id: str) -> dict[str, Any]:
    """'Retrieve a call'."""
    if call_id not in account.calls:
        raise NotFoundError("Call")
    return _view(account, account.calls[call_id])


def _limit(text: str | None) -> int:
    """Read the limit; what is not a positive number counts as left out."""
    number = int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else 0
    return min(number, MAXIMUM_LIMIT) if number > 0 else DEFAULT_LIMIT


def _remote(call: Call) -> str:
    return call.from_number if call.direction == "inbound" else call.to_number


def _matches(number: str, wanted: str) -> bool:
    """Match best-effort: E.164 whole, and a local form by the number's end, without its leading zeros."""
    if digits(wanted) == digits(number):
        return True
    local = digits(wanted).lstrip("0")
    return len(local) >= _LOCAL_DIGITS and number.endswith(local)


def _view(account: Account, call: Call) -> dict[str, Any]:
    number = account.main_numbers.get(call.main_number_id)
    ended = call.state == "ended"
    view: dict[str, Any] = {
        "id": call.id,
        "from": call.from_number,
        "to": call.to_number,
        "direction": call.direction,
        "state": call.state,
        "started_at": call.started_at,
        "answered_at": call.answered_at,
        "duration": call.duration,
        "summary": call.summary,
        "transcription": call.transcription,
        "transcription_segments": call.transcription_segments,
        # "The URL is generated per request": it differs every time.
        "recording_url": f"{STORAGE}/{secrets.token_hex(12)}/recording.mp3" if ended and call.recorded else None,
        "main_number_id": call.main_number_id,
        "main_number_name": number.name if number else None,
        "main_number": number.number if number else None,
        "main_number_formatted": formatted(number.number) if number else None,
        "employees": [_person(account, employee_id) for employee_id in call.employee_ids],
    }
    if call.direction == "outbound":
        initiator = call.initiated_by
        view["initiated_by"] = _person(account, initiator) if initiator is not None else None
    return view


def _person(account: Account, employee_id: str) -> dict[str, Any]:
    employee = account.employees.get(employee_id)
    return {"id": employee_id, "name": employee.name if employee else None}
