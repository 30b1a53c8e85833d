"""Calls put into an emulated account, as they come and go in a real one."""

from __future__ import annotations

from ringform.sandbox.phone_inc.account import Account, Call
from ringform.sandbox.phone_inc.ids import uuid


def put_call(
    account: Account,
    to: str,
    *,
    state: str = "ended",
    caller: str = "+4520123412",
    started_at: str | None = "2026-11-20T10:00:00Z",
    answered_by: str | None = None,
    direction: str = "inbound",
) -> str:
    """A call to (or, outbound, from) a main number, given by number or id; the result is the call's id.

    ``answered_by`` is the employee who picked up.
    """
    with account.changing():
        number = account.main_number(to)
        call_id = uuid(7, "test call", len(account.calls))
        is_inbound = direction == "inbound"
        account.calls[call_id] = Call(
            id=call_id,
            main_number_id=number.id,
            from_number=caller if is_inbound else number.number,
            to_number=number.number if is_inbound else caller,
            direction=direction,
            state=state,
            started_at=started_at,
            answered_at=started_at if answered_by else None,
            duration=60 if answered_by and state == "ended" else None,
            summary=None,
            transcription=None,
            transcription_segments=None,
            recorded=False,
            employee_ids=[answered_by] if answered_by else [],
            initiated_by=None,
        )
    return call_id


def end_calls(account: Account) -> None:
    """Everybody hangs up."""
    with account.changing():
        for call in account.calls.values():
            call.state = "ended"


def forget_calls(account: Account) -> None:
    """An account on which nobody has called yet."""
    with account.changing():
        account.calls.clear()
