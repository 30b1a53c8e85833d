"""A plan as text and as JSON, with what callers will notice of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ringform.callflow.effects import Effect, effects
from ringform.callflow.replay import Replay, replay
from ringform.cli.output import now
from ringform.model.call_record import CallRecord
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.providers import registry
from ringform.providers.protocol import Provider
from ringform.reports.text import callers
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style
from ringform.version import __version__


def plan_text(plan: Plan, style: Style, *, on: date | None = None, replayed: Replay | None = None) -> str:
    """The plan for people, in the week that holds the day ``on`` (today)."""
    sections = [callers.render(effects(plan, _providers(plan), on or _today()), plan.people, style)]
    if replayed:
        from ringform.reports.text import replay as text_replay

        sections.append(text_replay.render(replayed, plan.people, style))
    return text_plan.render(plan, style, noticed="\n\n".join(filter(None, sections)))


def plan_json(
    plan: Plan,
    *,
    created_at: str | None = None,
    tool_version: str = __version__,
    replayed: Replay | None = None,
    indent: int | None = 2,
) -> str:
    """The plan for programs. A saved plan keeps the time and version of its making."""
    from ringform.reports.json import documents
    from ringform.reports.json import replay as json_replay

    made = created_at or now()
    noticed = _noticed(plan, made)
    calls = json_replay.fields(replayed) if replayed else None
    return documents.text(documents.plan(plan, made, tool_version, noticed, calls), indent=indent)


def outcome_json(outcome: Outcome, created_at: str) -> str:
    """How an apply ended, for programs. ``created_at`` is when its plan was made, ISO 8601 in UTC."""
    from ringform.reports.json import documents

    return documents.text(documents.outcome(outcome, created_at, _noticed(outcome.plan, created_at)))


def replayed_calls(plan: Plan, calls: Sequence[CallRecord]) -> Replay:
    """The account's last calls held against the plan."""
    return replay(plan, _providers(plan), calls)


def _noticed(plan: Plan, created_at: str) -> tuple[Effect, ...]:
    return effects(plan, _providers(plan), date.fromisoformat(created_at[:10]))


def _providers(plan: Plan) -> list[Provider]:
    return [registry.provider(name) for name in plan.providers]


def _today() -> date:
    return date.fromisoformat(now()[:10])
