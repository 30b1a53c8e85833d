"""Replay: hold the accounts' last calls against a manifest or a plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ringform.callflow import replay as call_flows
from ringform.callflow.replay import Replay
from ringform.execution.call_log import recent_calls
from ringform.execution.connection import Connections
from ringform.manifest.manifest import Manifest
from ringform.model.address import Address
from ringform.model.call_record import CallFilter
from ringform.model.diagnostic import RingformError, Severity
from ringform.model.plan import Plan
from ringform.operations.accounts import providers_of
from ringform.operations.plan import plan_accounts

_CALLERS = CallFilter(is_inbound=True)


def replay(manifest: Manifest, connections: Connections, targets: Collection[Address] = ()) -> tuple[Plan, Replay]:
    """Return the plan, and which of the last calls it would have sent elsewhere, of those to ``targets`` if given.

    Raises:
        RingformError: An account or its calls cannot be read, or the manifest asks for what cannot be done.
    """
    calls = recent_calls(connections, _CALLERS)
    plan = plan_accounts(manifest, connections, targets).complete()
    return plan, call_flows.replay(plan, providers_of(plan), calls)


def replay_plan(plan: Plan, connections: Connections) -> tuple[Plan, Replay | None]:
    """Return which of the last calls a plan would have sent elsewhere.

    If the calls cannot be read, the plan is returned with a warning that says why.
    """
    mine = {name: connection for name, connection in connections.items() if name in plan.providers}
    try:
        return plan, call_flows.replay(plan, providers_of(plan), recent_calls(mine, _CALLERS))
    except RingformError as error:
        warnings = (replace(each, severity=Severity.WARNING) for each in error.diagnostics)
        return replace(plan, diagnostics=(*plan.diagnostics, *warnings)), None
