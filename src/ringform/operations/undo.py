"""Undo: plan the way back from a journal, against the accounts as they are now."""

from __future__ import annotations

from dataclasses import replace

from ringform.execution.connection import Connection, Connections, identity
from ringform.execution.reader import observe
from ringform.model.guardrail import Violation
from ringform.model.journal import Journal
from ringform.model.plan import ManifestId, Plan, merge_plans
from ringform.model.values import digest
from ringform.operations.people import with_names
from ringform.planning import undo
from ringform.planning.guardrails import OTHER_ACCOUNT
from ringform.planning.planner import make_plan


def plan_undo(past: Journal, connections: Connections, *, force: bool = False) -> Plan:
    """Read the accounts, and plan to put back what the journal's apply changed; an ``apply`` of the plan does it.

    What somebody has changed since is left alone unless ``force`` is given. A journal that was made with another key
    or base URL trips the guardrail ``other-account``.

    Raises:
        RingformError: An account gives no usable answer.
    """
    source = ManifestId((past.name,), digest(past.plan_digest))
    plans: list[Plan] = []
    for connection in connections.values():
        journal = past.limited_to(connection.provider.kinds)
        if journal.entries or len(connections) == 1:
            plans.append(_plan_account(journal, connection, source, force=force))
    whole = replace(merge_plans(plans, source), is_undo=True)
    if whole.is_empty or past.account == identity(connections):
        return whole
    return replace(whole, guardrails=(*whole.guardrails, _other_account(whole)))


def _plan_account(past: Journal, connection: Connection, source: ManifestId, *, force: bool) -> Plan:
    provider = connection.provider
    live = undo.with_overwritten(observe(connection, undo.scope(past)), past)
    desired, diagnostics = undo.revert(past, live, force=force, kinds=provider.kinds)
    plan = with_names(make_plan(desired, live, provider, source), connection)
    return replace(plan, diagnostics=(*diagnostics, *plan.diagnostics))


def _other_account(plan: Plan) -> Violation:
    summary = "the journal was made with another key or base URL: ringform looks for what it changed in this account"
    return Violation(OTHER_ACCOUNT, summary, tuple(change.address for change in plan.changes))
