"""Carrying a plan out: different objects in parallel, one object's calls in order, every answer checked."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field

from ringform.execution import interrupts
from ringform.execution.connection import Connection
from ringform.execution.events import ApplyStarted, CallEnded, CallStarted, Interrupted
from ringform.execution.idle import Gate, always
from ringform.execution.journaling import JOURNAL_FAILED, JournalWriter
from ringform.execution.sender import End, Sender
from ringform.model.address import Address
from ringform.model.change import Call, Change
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.outcome import CallResult, Outcome, Status
from ringform.model.plan import Plan

_HOPELESS = frozenset(
    {"unauthorized", "unreachable", "proxy-unreachable", "redirected", "rate-limited", JOURNAL_FAILED}
)
"""Failures that every other call would meet too: nothing more is started."""

FRESH_SECONDS = 5.0
"""How old a reading may be, in seconds, for an object to be written without another look."""


def apply_plan(
    plan: Plan,
    connection: Connection,
    *,
    journal: JournalWriter | None = None,
    fresh_seconds: float = FRESH_SECONDS,
    gate: Gate = always,
) -> Outcome:
    """Make a plan's calls, and return the result of each. Never raises for what an account does.

    An object that was read more than ``fresh_seconds`` ago is read again just before it is written, and left alone if
    somebody else has changed it. A change whose call fails stops there, as do the changes that wait for it; the others
    go on, unless the failure is one that all would meet, or the journal cannot be written any more. No change starts
    before ``gate`` lets it.

    On the first interrupt (Ctrl-C, SIGTERM) requests under way are finished, and none is started or repeated; on the
    second they are given up and reported as unknown.
    """
    connection.listener(ApplyStarted(len(plan.calls)))
    work = _Work(plan, gate)
    maker = _Maker(plan, work, connection, journal, fresh_seconds)
    threads = [
        threading.Thread(target=maker.run, name=f"apply-{number}", daemon=True)
        for number in range(min(connection.parallelism, len(plan.changes)))
    ]
    with interrupts.counted() as interrupted:
        for thread in threads:
            thread.start()
        while interrupted() < 2 and (alive := [thread for thread in threads if thread.is_alive()]):
            alive[0].join(0.05)
            if interrupted() and not connection.stop.is_set():
                work.halt()
                connection.stop.set()
                connection.listener(Interrupted())
    if work.defects:
        raise work.defects[0]
    return Outcome(
        plan,
        tuple(work.results()),
        was_interrupted=interrupted() > 0,
        waited=connection.throttle.waited,
        diagnostics=tuple(work.diagnostics),
    )


@dataclass
class _Work:
    """The changes still to be made and the ends so far, shared by the threads."""

    plan: Plan
    gate: Gate
    ends: dict[tuple[Address, int], End] = field(default_factory=dict)
    finished: dict[Address, bool] = field(default_factory=dict)
    waiting: deque[Change] = field(default_factory=deque)
    is_halted: bool = False
    defects: list[BaseException] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.waiting.extend(self.plan.changes)

    def take(self) -> Change | None:
        """Return the next change whose predecessors are done and that the gate lets through; wait for one.

        None when there is nothing left to start.
        """
        with self.changed:
            while self.waiting and not self.is_halted:
                for _ in range(len(self.waiting)):
                    change = self.waiting.popleft()
                    if any(self.finished.get(each) is False for each in change.after):
                        self.finished[change.address] = False
                    elif not all(self.finished.get(each) for each in change.after):
                        self.waiting.append(change)
                    elif (verdict := self.gate(change)) is True:
                        return change
                    elif verdict is False:
                        self.waiting.append(change)
                    else:
                        self._leave(change, verdict)
                if self.waiting:
                    self.changed.wait(0.1)
            return None

    def _leave(self, change: Change, why: Diagnostic) -> None:
        for position in range(len(change.calls)):
            self.ends[change.address, position] = End(Status.NOT_ATTEMPTED, why)
        self.finished[change.address] = False

    def start(self, change: Change, position: int) -> bool:
        """Note that a call is about to be sent; False when nothing may be started any more."""
        with self.changed:
            if not self.is_halted:
                self.ends[change.address, position] = End(Status.UNKNOWN)
            return not self.is_halted

    def end(self, change: Change, position: int, end: End) -> None:
        """Note how a call ended."""
        with self.changed:
            self.ends[change.address, position] = end
            if end.diagnostic is not None and end.diagnostic.code in _HOPELESS:
                self.is_halted = True
            self.changed.notify_all()

    def finish(self, change: Change, *, is_done: bool) -> None:
        """Note that no further call of a change will be made."""
        with self.changed:
            self.finished[change.address] = is_done
            self.changed.notify_all()

    def halt(self, *why: Diagnostic) -> None:
        """Start nothing more."""
        with self.changed:
            self.is_halted = True
            self.diagnostics += why
            self.changed.notify_all()

    def results(self) -> list[CallResult]:
        """Return every call with its end, in the plan's order."""
        with self.changed:
            ends = dict(self.ends)
        return [
            CallResult(change, call, end.status, end.diagnostic)
            for change in self.plan.changes
            for position, call in enumerate(change.calls)
            for end in (ends.get((change.address, position), End(Status.NOT_ATTEMPTED)),)
        ]


class _Maker:
    """Makes changes, one after the other, until there are none; each thread runs it once."""

    def __init__(
        self, plan: Plan, work: _Work, connection: Connection, journal: JournalWriter | None, fresh_seconds: float
    ) -> None:
        self._plan = plan
        self._work = work
        self._connection = connection
        self._journal = journal
        self._fresh_seconds = fresh_seconds

    def run(self) -> None:
        try:
            with self._connection.client() as client:
                sender = Sender(self._connection, client)
                while change := self._work.take():
                    self._work.finish(change, is_done=self._make(change, sender))
        except BaseException as error:
            self._work.defects.append(error)
            self._work.halt()

    def _make(self, change: Change, sender: Sender) -> bool:
        seen_at = self._plan.read_at
        expected = change.before
        created: str | None = None
        for position, planned in enumerate(change.calls):
            call = planned if created is None else planned.on(created)
            if seen_at is None or time.monotonic() - seen_at > self._fresh_seconds:
                moved = sender.recheck(change, expected)
                if moved is not None:
                    for later in range(position, len(change.calls)):
                        self._work.end(change, later, moved)
                    return False
            if not self._work.start(change, position):
                return False
            end = self._send(change, call, sender)
            self._work.end(change, position, end)
            if end.status is not Status.DONE:
                return False
            created = end.created or created
            seen_at = time.monotonic()
            expected = {**(expected or {}), **call.expect, **(end.stored or {})}
        return True

    def _send(self, change: Change, call: Call, sender: Sender) -> End:
        try:
            number = self._journal.intent(change, call) if self._journal else 0
        except RingformError as error:
            return End(Status.NOT_ATTEMPTED, error.diagnostics[0])
        self._connection.listener(CallStarted(change.address, call))
        end = sender.send(change, call)
        if self._journal:
            code = end.diagnostic.code if end.diagnostic else None
            try:
                self._journal.result(number, end.status, code, stored=end.stored)
            except RingformError as error:
                self._work.halt(*error.diagnostics)
        self._connection.listener(CallEnded(change.address, call, end.status))
        return end
