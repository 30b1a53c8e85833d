"""Calls: list the recent calls of accounts, or show one of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ringform.execution.call_log import find_call, read_calls, read_names, with_call_log
from ringform.execution.connection import Connection, Connections
from ringform.model.address import Address
from ringform.model.call_record import CallFilter, CallRecord
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.operations.numbers import address_called
from ringform.providers.facets import HasCallLog

_CALL_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_WRITTEN_NUMBER = re.compile(r"[0-9 +()./\u00a0\u2010-\u2015-]*[0-9][0-9 +()./\u00a0\u2010-\u2015-]*")


@dataclass(frozen=True, slots=True)
class CallList:
    """Calls, newest first within each account. ``looked_through`` counts those that they were picked from."""

    calls: tuple[CallRecord, ...]
    looked_through: int


def list_calls(
    connections: Connections,
    *,
    number: str | None = None,
    is_inbound: bool | None = None,
    state: str | None = None,
    limit: int | None = None,
) -> CallList:
    """Return the latest calls of each account, at most ``limit``, by default as many as it gives at once.

    ``number`` is one of the account's own numbers, by itself or by its name, or the other party's. ``state`` is one of
    the vendor's states of a call.

    Raises:
        RingformError: There is no such state or name, an account cannot be read, or no vendor's API has calls.
    """
    logged = with_call_log(connections)
    if state is not None:
        _check_state(state, logged)
    own, caller = _own_or_caller(number, logged) if number is not None else (None, None)
    if own is None:
        wanted = CallFilter(caller=caller, is_inbound=is_inbound, state=state, limit=limit)
        calls = [call for each in logged for call in read_calls(each, wanted)]
        return CallList(tuple(calls), len(calls))
    # No account is asked for the calls of one of its own numbers: the API has no such filter.
    wanted = CallFilter(is_inbound=is_inbound, state=state)
    calls = [call for each in logged if own.kind in each.provider.kinds for call in read_calls(each, wanted)]
    picked = [call for call in calls if call.number == own or call.caller == own.key]
    return CallList(tuple(picked[:limit]), len(calls))


def show_call(connections: Connections, call_id: str) -> CallRecord:
    """Return one call by its id.

    Raises:
        RingformError: There is no such call, an account cannot be read, or no vendor's API has calls.
    """
    for connection in with_call_log(connections):
        if _CALL_ID.fullmatch(call_id) and (found := find_call(connection, call_id)):
            return found
    hint = "ringform calls lists the latest calls with their ids"
    raise RingformError(Diagnostic("unknown-call", f"the account has no call {shown(call_id)}", hint=hint))


def _check_state(state: str, logged: Collection[Connection]) -> None:
    providers = [each.provider for each in logged]
    states = [known for each in providers if isinstance(each, HasCallLog) for known in each.call_states]
    if state not in states:
        hint = did_you_mean(state, states) or f"a call is {listed(states, last='or')}"
        raise RingformError(Diagnostic("unknown-state", f"there is no state {shown(state)} of a call", hint=hint))


def _own_or_caller(number: str, logged: Collection[Connection]) -> tuple[Address | None, str | None]:
    """Return the account's own number that ``number`` is, or else the other party's number."""
    names = {address: name for each in logged for address, name in read_names(each).items()}
    try:
        return address_called(number, names, where="the account"), None
    except RingformError:
        if not _WRITTEN_NUMBER.fullmatch(number):
            raise
    try:
        return None, to_e164(number)
    except NotAPhoneNumber:
        return None, number  # one without a country code, which the account looks for as well as it can
