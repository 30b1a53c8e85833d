"""An account's calls, read through its provider; and why they cannot be read, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ringform.execution.connection import Connection, Connections
from ringform.execution.reader import Reader
from ringform.model.api_error import ApiError
from ringform.model.call_record import ActiveCalls, CallRecord
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.providers.facets import HasCallLog

T = TypeVar("T")
_NOT_ALLOWED = (403, 404)
"""How an account says that a key may not read something."""


def recent_calls(connections: Connections) -> list[CallRecord]:
    """The accounts' latest calls of callers, newest first within each account. A vendor without calls adds none.

    Raises:
        RingformError: They cannot be read, or no vendor's API has any.
    """
    logged = [each for each in connections.values() if isinstance(each.provider, HasCallLog)]
    if connections and not logged:
        raise RingformError(*(_no_calls(connection) for connection in connections.values()))
    return [call for connection in logged for call in _read(connection, lambda log, reader: log.recent_calls(reader))]


def active_calls(connection: Connection) -> ActiveCalls:
    """The calls that are going on.

    Raises:
        RingformError: They cannot be read, or the vendor's API has none.
    """
    return _read(connection, lambda log, reader: log.active_calls(reader))


def _read(connection: Connection, ask: Callable[[HasCallLog, Reader], T]) -> T:
    if not isinstance(connection.provider, HasCallLog):
        raise RingformError(_no_calls(connection))
    with Reader(connection) as reader:
        try:
            return ask(connection.provider, reader)
        except ApiError as error:
            raise RingformError(_unreadable(error)) from None


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
