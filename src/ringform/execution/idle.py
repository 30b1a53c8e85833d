"""Waiting for a quiet moment: a number is left alone for as long as a call on it is going on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeAlias

from ringform.execution.call_log import active_calls
from ringform.execution.connection import Connection
from ringform.execution.events import WaitingForCalls
from ringform.model.address import Address
from ringform.model.call_record import ActiveCalls
from ringform.model.change import Change
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import duration

Gate: TypeAlias = Callable[[Change], bool | Diagnostic]
"""Says of a change whether it may start now, or why it never may. Asked again and again, from several threads."""

_Reason: TypeAlias = tuple[str, str | None]
"""Why a number is given up, and details."""

POLL_SECONDS = 3.0
"""How long to wait before the calls are asked for again, and how old an answer may be for a change to start on it."""

BUSY = "number-busy"
"""The code of what was left alone because somebody was talking on it."""


def always(change: Change) -> bool:
    """A gate that is open."""
    return True


def takes_calls(changes: Sequence[Change], connection: Connection) -> tuple[Change, ...]:
    """Return the changes to objects that callers can call."""
    kinds = connection.provider.kinds
    return tuple(each for each in changes if each.address.kind in kinds and kinds[each.address.kind].traced)


class IdleGate:
    """A gate that lets a change of a number through once no call on the number is going on. It is a context.

    Inside, one thread asks for the calls every ``poll_seconds`` for as long as a change is held back. After
    ``max_wait`` seconds the numbers that are still busy are given up; so are all if the account no longer says.
    """

    def __init__(
        self, connection: Connection, changes: Sequence[Change], *, max_wait: float, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._connection = connection
        self._max_wait = max_wait
        self._poll_seconds = poll_seconds
        self._held = {change.address for change in takes_calls(changes, connection)}
        self._given_up: dict[Address, _Reason] = {}
        self._lock = threading.Lock()
        self._under_way = ActiveCalls((), is_complete=False)
        self._seen_at: float | None = None
        self._told: set[Address] = set()
        self._is_over = threading.Event()
        self._deadline = 0.0

    def __enter__(self) -> Self:
        self._deadline = time.monotonic() + self._max_wait
        if self._held:
            threading.Thread(target=self._watch, name="calls", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        # Not waited for: a request for calls may take long, and nobody needs its answer any more.
        self._is_over.set()

    def __call__(self, change: Change) -> bool | Diagnostic:
        """See ``Gate``."""
        address = change.address
        with self._lock:
            if address in self._given_up:
                return self._left_alone(change, *self._given_up[address])
            if address not in self._held:
                return True
            now = time.monotonic()
            is_fresh = self._seen_at is not None and now - self._seen_at <= self._poll_seconds
            if is_fresh and not self._under_way.may_be_on(address):
                self._held.discard(address)
                return True
            # An account that does not answer the last question in time is not waited for either.
            if now > self._deadline + 2 * self._poll_seconds and not is_fresh:
                self._give_up({address}, ("the account did not say in time whether a call on it was in progress", None))
            return False

    def _watch(self) -> None:
        """Ask for the calls until nothing is held back; each time from the deadline on, give up what is busy."""
        is_late = self._max_wait <= 0
        while self._held and not self._is_over.is_set():
            reason: _Reason = ("a call on it was still in progress", None)
            try:
                calls = active_calls(self._connection)
                if not calls.is_complete:
                    reason = ("more calls were in progress than the account shows, perhaps on it", None)
            except RingformError as error:
                calls = ActiveCalls((), is_complete=False)
                reason = ("ringform could not see whether a call on it was in progress", error.diagnostics[0].summary)
            with self._lock:
                self._under_way, self._seen_at = calls, time.monotonic()
                busy = {address for address in self._held if calls.may_be_on(address)}
                if is_late:
                    self._give_up(busy, reason)
            if busy - self._told and not self._is_over.is_set():
                self._told = busy
                self._connection.listener(WaitingForCalls(tuple(sorted(busy))))
            left = self._deadline - time.monotonic()
            # Settled before the pause and not by the clock after it: a pause may end a hair early, and asking once
            # more for that would be asking twice at once.
            is_late = left <= self._poll_seconds
            self._is_over.wait(left if is_late and left > 0 else self._poll_seconds)

    def _give_up(self, addresses: set[Address], reason: _Reason) -> None:
        self._given_up |= dict.fromkeys(addresses, reason)
        self._held -= addresses

    def _left_alone(self, change: Change, why: str, detail: str | None) -> Diagnostic:
        waited = f" after {duration(self._max_wait)}" if self._max_wait else ""
        return Diagnostic(
            BUSY,
            f"left alone: {why}{waited}",
            detail=detail,
            hint="apply again when it is quiet, or wait longer with --max-wait",
            address=change.address,
            location=change.source,
        )
