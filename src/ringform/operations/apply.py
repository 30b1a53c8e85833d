"""Apply: make a plan's calls, account by account, once nothing stops it."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from ringform.execution.buying import with_offers_of_now
from ringform.execution.connection import Connection, Connections
from ringform.execution.executor import apply_plan
from ringform.execution.idle import IdleGate
from ringform.execution.journaling import JournalWriter
from ringform.execution.lock import AccountLock, lock_accounts
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.operations.approval import (
    refuse_guardrails,
    refuse_homeless,
    refuse_other_digest,
    refuse_unknown_names,
)
from ringform.operations.saved_plan import confirmed


def apply(
    plan: Plan,
    connections: Connections,
    *,
    allowed: Collection[str] = (),
    expect_digest: str | None = None,
    journal: str | os.PathLike[str] | None = None,
    when_idle: float | None = None,
    lock: AccountLock | None = None,
) -> Outcome:
    """Make the plan's calls: objects in parallel, one object's calls in order, every answer checked.

    What an account does wrong is in the outcome, not raised. ``allowed`` names the guardrails that may be passed.
    With ``expect_digest`` the plan must have this digest. With ``when_idle`` (seconds), a number is written only while
    no call on it is in progress, and that is waited for so long at most.

    ``journal`` is a file to make: each call is noted in it before it is sent, and ``plan_undo`` takes it back.

    ``lock`` is a lock of these accounts that the caller holds; without it, it is taken here, and objects that were
    read before are read again just before they are written: another apply may have changed them meanwhile.

    Raises:
        Refused: Nothing was changed. A guardrail stops the plan, the digest is another, what the plan would buy is
            not for sale any more on its terms, the plan is out of date or about other accounts, or another apply to
            one of these accounts is under way on this machine.
        RingformError: Nothing was changed. A name in ``allowed`` is no guardrail, no lock can be made, or an account
            cannot be read to see whether a saved plan or an offer still holds. The journal cannot be made.
    """
    refuse_unknown_names(allowed, [connection.provider for connection in connections.values()])
    refuse_homeless(plan, connections)
    refuse_other_digest(plan, expect_digest)
    refuse_guardrails(plan, allowed)
    with nullcontext(lock) if lock is not None and lock.covers(connections) else lock_accounts(connections) as held:
        plan = _fresh(confirmed(plan, connections), held)
        for connection in connections.values():
            plan = with_offers_of_now(plan, connection)
        if plan.is_empty:
            return Outcome(plan, ())
        with JournalWriter(Path(journal), plan, connections) if journal else nullcontext() as writer:
            return _apply_to_all(plan, connections, writer, when_idle)


def _fresh(plan: Plan, lock: AccountLock) -> Plan:
    """Return the plan as one whose reading counts only if nobody else can have applied since."""
    return plan if plan.read_at is not None and plan.read_at >= lock.since else replace(plan, read_at=None)


def _apply_to_all(
    plan: Plan, connections: Connections, journal: JournalWriter | None, when_idle: float | None
) -> Outcome:
    """Apply to one account after the other. After an interrupt the rest is left untouched."""
    outcomes: list[Outcome] = []
    for connection in connections.values():
        mine = plan.limited_to(connection.provider.kinds)
        if any(outcome.was_interrupted for outcome in outcomes):
            outcomes.append(Outcome.untouched(mine))
        elif not mine.is_empty:
            outcomes.append(_apply_to_one(mine, connection, journal, when_idle))
    return Outcome.merge(plan, outcomes)


def _apply_to_one(
    plan: Plan, connection: Connection, journal: JournalWriter | None, when_idle: float | None
) -> Outcome:
    if when_idle is None:
        return apply_plan(plan, connection, journal=journal)
    with IdleGate(connection, plan.changes, max_wait=when_idle) as gate:
        return apply_plan(plan, connection, journal=journal, gate=gate)
