"""The ``guardrails`` section of a manifest: other limits for the guardrails that have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from pydantic.config import JsonDict

from ringform.model.guardrail import Limit
from ringform.model.messages import did_you_mean, listed
from ringform.model.problem import Problem
from ringform.planning.guardrails import RULES, Guardrail
from ringform.providers.shared.field_types import Strict
from ringform.providers.shared.validation import check


class LimitSetting(Strict):
    """From where on a guardrail stops a plan: at least so many objects, and more than this share of them."""

    at_least: int | None = Field(None, ge=1)
    """Objects from which on it stops a plan."""

    percent: float | None = Field(None, ge=0, le=100)
    """Share of all objects above which it stops a plan."""


def limits_field(own: Sequence[Guardrail]) -> Any:
    """Return the field of the ``guardrails`` section for a vendor with these guardrails of its ``own``."""
    names: JsonDict = {"enum": list(_adjustable(own))}
    return Field(
        default_factory=dict,
        description="Other limits for guardrails, by the guardrail's name.",
        json_schema_extra={"type": ["object", "null"], "propertyNames": names},
    )


def _adjustable(own: Sequence[Guardrail]) -> dict[str, Limit]:
    return {rule.name: rule.limit for rule in (*RULES, *own) if rule.limit}


def read_limits(section: object, own: Sequence[Guardrail]) -> tuple[dict[str, Limit], list[Problem]]:
    """Return the limits that a manifest sets, by the guardrail's name. What one leaves out is the default."""
    path = ("guardrails",)
    if section is None:
        return {}, []
    if not isinstance(section, Mapping):
        return {}, [Problem(path, "wrong-kind", "'guardrails' must be a mapping of names to limits")]
    adjustable = _adjustable(own)
    limits: dict[str, Limit] = {}
    problems: list[Problem] = []
    for name, value in section.items():
        default = adjustable.get(name)
        if default is None:
            summary = f"{name!r} is not a guardrail with a limit"
            hint = did_you_mean(name, adjustable) or f"it is one of {listed(adjustable, last='or')}"
            problems.append(Problem((*path, name), "unknown-guardrail", summary, hint=hint, on_key=True))
            continue
        setting, setting_problems = check(LimitSetting, value, (*path, name))
        problems += setting_problems
        if setting is not None:
            least = default.least if setting.at_least is None else setting.at_least
            limits[name] = Limit(least, default.percent if setting.percent is None else setting.percent)
    return limits, problems
