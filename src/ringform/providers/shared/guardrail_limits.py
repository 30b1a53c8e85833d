"""The ``guardrails`` section of a manifest: other limits for the guardrails that have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

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


_NAMES: JsonDict = {"enum": [rule.name for rule in RULES if rule.limit]}
Limits = Annotated[
    dict[str, LimitSetting],
    Field(
        default_factory=dict,
        description="Other limits for guardrails, by the guardrail's name.",
        json_schema_extra={"type": ["object", "null"], "propertyNames": _NAMES},
    ),
]
"""The ``guardrails`` section of a provider whose own guardrails have no limits."""


def read_limits(section: object, rules: Sequence[Guardrail]) -> tuple[dict[str, Limit], list[Problem]]:
    """Return the limits that a manifest sets, by the guardrail's name. What one leaves out is the default."""
    path = ("guardrails",)
    if section is None:
        return {}, []
    if not isinstance(section, Mapping):
        return {}, [Problem(path, "wrong-kind", "'guardrails' must be a mapping of names to limits")]
    adjustable = {rule.name: rule.limit for rule in rules if rule.limit}
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
