"""A plan with all that a report of it shows, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.callflow.effects import Effect
from ringform.callflow.replay import Replay
from ringform.model.plan import Plan


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan, what callers will notice of it, and which of the last calls would have gone elsewhere (None: not asked).

    ``created_at`` is when the plan was made (ISO 8601, UTC), ``tool_version`` by which ringform. ``allowed`` names the
    guardrails that do not stop it, and ``personal`` the kinds of objects that are people.
    """

    plan: Plan
    created_at: str = ""
    tool_version: str = ""
    effects: tuple[Effect, ...] = ()
    replay: Replay | None = None
    allowed: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
