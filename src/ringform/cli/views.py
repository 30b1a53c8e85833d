"""A plan as text and as JSON, with what callers will notice of it."""

from __future__ import annotations

from datetime import date

from ringform.callflow.effects import effects
from ringform.cli.output import now
from ringform.core.plan import Plan
from ringform.providers import catalog
from ringform.providers.base import Provider
from ringform.reports.text import callers
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style
from ringform.version import __version__


def plan_text(plan: Plan, style: Style, *, on: date | None = None) -> str:
    """The plan for people, in the week that holds the day ``on`` (today)."""
    noticed = effects(plan, _providers(plan), on or _today())
    return text_plan.render(plan, style, noticed=callers.render(noticed, plan.people, style))


def plan_json(plan: Plan, *, created_at: str | None = None, tool_version: str = __version__) -> str:
    """The plan for programs. A saved plan keeps the time and version of its making."""
    from ringform.reports.json import documents

    made = created_at or now()
    return documents.text(
        documents.plan(plan, made, tool_version, effects(plan, _providers(plan), date.fromisoformat(made[:10])))
    )


def _providers(plan: Plan) -> list[Provider]:
    return [catalog.provider(name) for name in plan.providers]


def _today() -> date:
    return date.fromisoformat(now()[:10])
