"""Callers: what they will notice of a plan."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ringform.callflow import effects
from ringform.callflow.effects import Effect
from ringform.model.plan import Plan
from ringform.operations.accounts import providers_of


def effects_on_callers(plan: Plan, on: date | None = None) -> tuple[Effect, ...]:
    """Return what callers will notice of a plan in the week that holds the day ``on`` (today, in UTC)."""
    return effects.effects(plan, providers_of(plan), on or datetime.now(UTC).date())
