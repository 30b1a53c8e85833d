"""An account's calls, read through its provider; and why they cannot be read, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ringform.execution.connection import Connection, Connections
from ringform.execution.reader import Reader
from ringform.model.address import Address
from ringform.model.api_error import ApiError
from ringform.model.call_record import ActiveCalls, CallFilter, CallRecord
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.providers.facets import HasCallLog

T = TypeVar("T")
_NOT_ALLOWED = (403, 404)
"""How an account says that a key may not read something."""


def with_call_log(connections: Connections) -> list[Connection]:
    """Return the connections to accounts that show their calls.

    Raises:
        RingformError: No vendor's API shows any.
    """
    logged = [each for each in connections.values() if isinstance(each.provider, HasCallLog)]
    if connections and not logged:
        raise RingformError(*(_no_calls(connection) for connection in connections.values()))
    return logged


def recent_calls(connections: Connections, wanted: CallFilter) -> list[CallRecord]:
    """Return the latest of the wanted calls, newest first within each account. A vendor without calls adds none.

    Raises:
        RingformError: They cannot be read, or no vendor's API has any.
    """
    return [call for each in with_call_log(connections) for call in read_calls(each, wanted)]


def read_calls(connection: Connection, wanted: CallFilter) -> Sequence[CallRecord]:
    """Return the latest of an account's wanted calls, newest first.

    Raises:
        RingformError: They cannot be read, or the vendor's API has none.
    """
    return _read(connection, lambda log, reader: log.recent_calls(reader, wanted))


def find_call(connection: Connection, call_id: str) -> CallRecord | None:
    """Return one call by its id; None if the account has no such call.

    Raises:
        RingformError: It cannot be read, or the vendor's API has none.
    """

    def ask(log: HasCallLog, reader: Reader) -> CallRecord | None:
        try:
            return log.find_call(reader, call_id)
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    return _read(connection, ask)


def read_names(connection: Connection) -> Mapping[Address, str | None]:
    """Return the account's own numbers and their names.

    Raises:
        RingformError: They cannot be read.
    """
    with Reader(connection) as reader:
        return connection.provider.names(reader) if isinstance(connection.provider, HasCallLog) else {}


def active_calls(connection: Connection) -> ActiveCalls:
    """Return the calls that are in progress.

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
    hint = "choose another account, or leave out what needs its calls"
    return Diagnostic("calls-unreadable", summary, hint=hint)
