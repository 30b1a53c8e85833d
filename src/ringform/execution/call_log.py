"""An account's calls, read through its provider; and why they cannot be read, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.execution.connection import Connection, Connections
from ringform.execution.reader import Reader
from ringform.model.api_error import ApiError
from ringform.model.call_record import CallRecord, UnderWay
from ringform.model.diagnostic import Diagnostic, RingformError

_NOT_ALLOWED = (403, 404)
"""How an account says that a key may not read something."""


def recent_calls(connections: Connections) -> list[CallRecord]:
    """The accounts' latest calls of callers, newest first within each account. A vendor without calls adds none.

    Raises:
        RingformError: They cannot be read, or no vendor's API has any.
    """
    found = [_recent(connection) for connection in connections.values()]
    if connections and all(calls is None for calls in found):
        raise RingformError(*(_no_calls(connection) for connection in connections.values()))
    return [call for calls in found for call in calls or ()]


def _recent(connection: Connection) -> Sequence[CallRecord] | None:
    with Reader(connection) as reader:
        try:
            return connection.provider.recent_calls(reader)
        except ApiError as error:
            raise RingformError(_unreadable(error)) from None


def calls_under_way(connection: Connection) -> UnderWay:
    """The calls that are going on.

    Raises:
        RingformError: They cannot be read, or the vendor's API has none.
    """
    with Reader(connection) as reader:
        try:
            found = connection.provider.calls_under_way(reader)
        except ApiError as error:
            raise RingformError(_unreadable(error)) from None
    if found is None:
        raise RingformError(_no_calls(connection))
    return found


def _unreadable(error: ApiError) -> Diagnostic:
    reason = error.diagnostic
    if error.status in _NOT_ALLOWED:
        hint: str | None = "use the key of somebody who may see the calls; ringform doctor shows what a key may do"
        return Diagnostic(
            "calls-unreadable", "this key may not read the account's calls", detail=reason.summary, hint=hint
        )
    return Diagnostic(
        "calls-unreadable",
        f"the account's calls cannot be read: {reason.summary}",
        detail=reason.detail,
        hint=reason.hint,
    )


def _no_calls(connection: Connection) -> Diagnostic:
    summary = f"the API of {connection.provider.name} does not show an account's calls"
    return Diagnostic("calls-unreadable", summary, hint="do it without the account's calls")
