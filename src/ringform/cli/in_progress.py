"""What is said, before an apply, of the calls that are going on at that moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ringform.cli import session
from ringform.cli.output import echo_err
from ringform.execution.call_log import active_calls
from ringform.execution.connection import Connection, Connections
from ringform.execution.idle import takes_calls
from ringform.model.address import Address
from ringform.model.call_record import CallRecord
from ringform.model.change import Change
from ringform.model.diagnostic import RingformError
from ringform.model.messages import counted, duration, listed
from ringform.model.plan import Plan
from ringform.reports.text.style import safe

_PATIENCE = 5.0
"""Seconds that a person is kept waiting for what is only good to know."""


def tell_calls_in_progress(plan: Plan, connections: Connections, *, when_idle: float | None, is_asking: bool) -> None:
    """Say which of the plan's numbers are being talked on, where it matters: to a person who decides, or who waits.

    An apply that asks nobody and waits for nothing (``--yes`` in CI) sends no request for it.

    Raises:
        RingformError: Calls are to be waited for (``when_idle``, in seconds) and cannot be read.
    """
    if when_idle is None and not is_asking:
        return
    changes: dict[Address, Change] = {}
    calls: list[CallRecord] = []
    is_complete = True
    with session.watched(connections) as watching:
        for connection in watching.values():
            mine = {change.address: change for change in takes_calls(plan.changes, connection)}
            if not mine:
                continue
            changes |= mine
            try:
                found = active_calls(connection if when_idle is not None else _impatient(connection))
            except RingformError:
                if when_idle is not None:
                    raise
                continue  # nobody asked for it, and nothing depends on it
            calls += found.calls
            is_complete = is_complete and found.is_complete
    busy = Counter(call.number for call in calls if call.number in changes)
    if not busy and is_complete:
        return
    labels = [f"{safe(each.name or key.key)} ({busy[key]})" for key, each in changes.items() if busy[key]]
    total = sum(busy.values())
    if not is_complete:
        text = "More calls are in progress than the account shows; they may be on numbers that this changes."
    else:
        verb = "is" if total == 1 else "are"
        text = f"{counted(total, 'call')} {verb} in progress on numbers that this changes: {listed(labels)}."
    if when_idle is None:
        echo_err(f"\n{text} --when-idle waits until such calls have ended.")
    elif when_idle:
        echo_err(f"\n{text} These numbers wait until their calls have ended, for {duration(when_idle)} at most.")
    else:
        echo_err(f"\n{text} These numbers are left alone.")


def _impatient(connection: Connection) -> Connection:
    return replace(connection, request_seconds=_PATIENCE, total_seconds=_PATIENCE)
