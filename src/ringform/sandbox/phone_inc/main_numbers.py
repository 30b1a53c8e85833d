"""The operations of the main numbers document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ringform.sandbox.phone_inc.account import Account, MainNumber
from ringform.sandbox.phone_inc.call_flows import check_flow, render_flow
from ringform.sandbox.phone_inc.errors import NotFoundError
from ringform.sandbox.phone_inc.opening_hours import check_opening_hours
from ringform.sandbox.phone_inc.phone_numbers import formatted
from ringform.sandbox.phone_inc.validation import Errors, is_blank

TIMEOUTS = (10, 20, 30, 40, 50, 60)
"""Main numbers document, 'Replace no-answer config', timeout_secs."""


def list_main_numbers(account: Account) -> dict[str, Any]:
    """'List all main numbers': the lean form."""
    return {"main_numbers": [_lean(number) for number in account.main_numbers.values()]}


def retrieve_main_number(account: Account, number_id: str) -> dict[str, Any]:
    """'Retrieve a main number': everything."""
    return _full(_find(account, number_id))


def update_main_number(account: Account, number_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """'Update a main number': the scalar fields; others are ignored."""
    number = _find(account, number_id)
    errors = Errors()
    checks: dict[str, Callable[[dict[str, Any]], object]] = {
        "name": errors.main_number_name,
        "timezone": errors.timezone,  # read back as it was sent, city form or full name
        "language": errors.language,
        "recording_enabled": lambda fields: errors.boolean(fields, "recording_enabled"),
    }
    changes = {field: check(body) for field, check in checks.items() if field in body}
    errors.raise_any()
    with account.changing():
        for field, value in changes.items():
            setattr(number, field, value)
    return _full(number)


def replace_incoming_call_config(account: Account, number_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """'Replace incoming call config': this slot cannot be cleared, so a null type is refused as blank."""
    number = _find(account, number_id)
    errors = Errors()
    flow = check_flow(account.employees, body, errors)
    errors.raise_any()
    with account.changing():
        number.incoming_call_config = render_flow(account.counters, flow)
    return _full(number)


def replace_outside_opening_hours_config(account: Account, number_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """'Replace outside-hours config', and the opening hours when they are sent along."""
    number = _find(account, number_id)
    errors = Errors()
    flow = None if _clears(body) else check_flow(account.employees, body, errors)
    hours = number.opening_hours
    # A null schedule counts as left out: strong parameters drops a null where an array of objects belongs.
    if body.get("opening_hours") is not None:
        hours = check_opening_hours(body["opening_hours"], hours, errors)
    errors.raise_any()
    with account.changing():
        number.outside_opening_hours_config = None if flow is None else render_flow(account.counters, flow)
        number.opening_hours = hours
    return _full(number)


def replace_no_answer_config(account: Account, number_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """'Replace no-answer config', and the ring timer when it is sent along.

    The document does not say what happens to the timer when timeout_secs is left out, with a type or with a
    null one: it stays as it is.
    """
    number = _find(account, number_id)
    errors = Errors()
    flow = None if _clears(body) else check_flow(account.employees, body, errors)
    timeout = number.no_answer_timeout_secs
    if "timeout_secs" in body:
        timeout = _timeout(body["timeout_secs"], errors)
    errors.raise_any()
    if flow is None and not account.keeps_timer_without_flow:
        timeout = None
    with account.changing():
        number.no_answer_config = None if flow is None else render_flow(account.counters, flow)
        number.no_answer_timeout_secs = timeout
    return _full(number)


def _clears(body: dict[str, Any]) -> bool:
    """Say whether a slot is to be cleared; a type that is left out is not a null one, but a missing field."""
    return "type" in body and body["type"] is None


def _timeout(value: object, errors: Errors) -> int | None:
    """Check a timer. "" is coerced to null, the document says; 0 is read back as 0 ("null (or 0)")."""
    if is_blank(value):
        return None
    # type() and not isinstance(): true is an int to Python.
    if type(value) is not int or value not in (0, *TIMEOUTS):
        errors.add("timeout_secs", f"must be one of {', '.join(map(str, TIMEOUTS))}, or blank or 0 for off")
        return None
    return value


def _find(account: Account, number_id: str) -> MainNumber:
    if number_id not in account.main_numbers:
        raise NotFoundError("Main number")
    return account.main_numbers[number_id]


def _lean(number: MainNumber) -> dict[str, Any]:
    return {
        "id": number.id,
        "name": number.name,
        "number": number.number,
        "number_formatted": formatted(number.number),
    }


def _full(number: MainNumber) -> dict[str, Any]:
    return _lean(number) | vars(number)
