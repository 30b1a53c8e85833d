"""Callers: what they will notice of a plan."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ringform.callflow import effects
from ringform.callflow.effects import Effect
from ringform.callflow.plan_view import PlanView
from ringform.callflow.replay import Replay
from ringform.model.plan import Plan
from ringform.operations.accounts import providers_of
from ringform.version import __version__


def effects_on_callers(plan: Plan, on: date | None = None) -> tuple[Effect, ...]:
    """Return what callers will notice of a plan in the week that holds the day ``on`` (today, in UTC)."""
    return effects.effects(plan, providers_of(plan), on or datetime.now(UTC).date())


def view_plan(
    plan: Plan, *, created_at: str | None = None, tool_version: str = __version__, replay: Replay | None = None
) -> PlanView:
    """Return a plan as reports show it, with what callers will notice in the week in which it was made.

    A saved plan keeps the time (ISO 8601, UTC) and version of its making; one without was made now.
    """
    made_at = created_at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kinds = [kind for provider in providers_of(plan) for kind in provider.kinds.values()]
    return PlanView(
        plan,
        made_at,
        tool_version,
        effects_on_callers(plan, date.fromisoformat(made_at[:10])),
        replay,
        personal=frozenset(kind.name for kind in kinds if not kind.is_number),
    )
