"""Calls in progress: which of a plan's numbers are being talked on at this moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ringform.execution.call_log import active_calls
from ringform.execution.connection import Connections
from ringform.execution.idle import takes_calls
from ringform.model.address import Address
from ringform.model.change import Change
from ringform.model.diagnostic import RingformError
from ringform.model.plan import Plan

_PATIENCE = 5.0
"""Seconds that a person is kept waiting for what is only good to know."""


@dataclass(frozen=True, slots=True)
class CallsInProgress:
    """The calls on numbers that a plan changes, as a count by number; ``changes`` are the plan's, in its order.

    ``is_complete`` is False when there may be more calls than the accounts show.
    """

    changes: Mapping[Address, Change]
    counts: Mapping[Address, int]
    is_complete: bool


def calls_in_progress(plan: Plan, connections: Connections, *, is_needed: bool) -> CallsInProgress:
    """Ask the accounts whose numbers a plan changes.

    If it ``is_needed``, as an apply waits for the calls to end, they have to be read. Otherwise an account that does
    not answer, or not soon, is skipped.

    Raises:
        RingformError: The calls are needed and cannot be read.
    """
    changes: dict[Address, Change] = {}
    counts: Counter[Address] = Counter()
    is_complete = True
    for connection in connections.values():
        mine = {change.address: change for change in takes_calls(plan.changes, connection)}
        if not mine:
            continue
        changes |= mine
        hurried = replace(connection, request_seconds=_PATIENCE, total_seconds=_PATIENCE)
        try:
            active = active_calls(connection if is_needed else hurried)
        except RingformError:
            if is_needed:
                raise
            continue
        counts.update(call.number for call in active.calls if call.number in mine)
        is_complete = is_complete and active.is_complete
    return CallsInProgress(changes, counts, is_complete)
