"""A plan as text and as JSON, with what callers will notice of it."""

from __future__ import annotations

from datetime import date

from ringform.callflow.replay import Replay
from ringform.cli.output import now
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.operations.callers import effects_on_callers
from ringform.reports.text import callers
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style
from ringform.version import __version__


def plan_text(plan: Plan, style: Style, *, on: date | None = None, replayed: Replay | None = None) -> str:
    """The plan for people, in the week that holds the day ``on`` (today)."""
    sections = [callers.render(effects_on_callers(plan, on), plan.people, style)]
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
    noticed = effects_on_callers(plan, date.fromisoformat(made[:10]))
    calls = json_replay.fields(replayed) if replayed else None
    return documents.text(documents.plan(plan, made, tool_version, noticed, calls), indent=indent)


def outcome_json(outcome: Outcome, created_at: str) -> str:
    """How an apply ended, for programs. ``created_at`` is when its plan was made, ISO 8601 in UTC."""
    from ringform.reports.json import documents

    noticed = effects_on_callers(outcome.plan, date.fromisoformat(created_at[:10]))
    return documents.text(documents.outcome(outcome, created_at, noticed))
