"""Guardrails as text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ringform.model.guardrail import Violation
from ringform.planning.guardrails import Guardrail
from ringform.reports.text.style import Style, safe


def render(violations: Sequence[Violation], style: Style, allowed: Collection[str] = ()) -> str:
    """Return the violations of a plan, a line each; those that are ``allowed`` by name say so."""
    return "\n".join(
        f"{style.warning(f'guardrail[{violation.name}]')}{' (allowed)' if violation.name in allowed else ''}: "
        f"{safe(violation.summary)}"
        for violation in violations
    )


def refusal(violations: Sequence[Violation], style: Style, *, of_plan: bool = False) -> str:
    """Return why a plan was not, or ``of_plan`` would not be, applied, and the options that apply it all the same."""
    names = dict.fromkeys(violation.name for violation in violations)
    options = " ".join(f"--allow {name}" for name in names)
    stop = "a guardrail stops" if len(names) == 1 else "guardrails stop"
    verdict = f"An apply would refuse this plan: {stop} it." if of_plan else f"Nothing was changed: {stop} this plan."
    return f"{style.bold(verdict)}\nIf you really mean this, add {options}"


def listing(rules: Sequence[Guardrail], style: Style) -> str:
    """Return every rule with the plans that it stops."""
    width = max(len(rule.name) for rule in rules)
    return "\n".join(f"{style.bold(rule.name.ljust(width))}  {rule.stops}" for rule in rules)
