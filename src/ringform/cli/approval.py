"""Whether a plan may be applied: guardrails first, then the person at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ringform.cli.options import usage_error
from ringform.cli.output import echo_err, style_for
from ringform.model.diagnostic import RingformError
from ringform.model.guardrail import Violation
from ringform.model.messages import counted
from ringform.model.plan import Plan
from ringform.operations.approval import blocking_violations, refuse_unknown_names
from ringform.providers.protocol import Provider
from ringform.reports.text import guardrails


def approved(plan: Plan, *, allowed: Sequence[str], yes: bool) -> frozenset[str] | None:
    """Ask what there is to ask; the guardrails that the plan may pass, or None if it may not be applied.

    Without a terminal only --allow passes a guardrail, and only --yes a plan.
    """
    if plan.is_empty:
        return frozenset()
    violations = blocking_violations(plan, allowed)
    if violations and not _all_allowed(violations, yes=yes):
        return None
    passed = frozenset({*allowed, *(each.name for each in violations)})
    if yes:
        return passed
    if not sys.stdin.isatty():
        echo_err(
            "Nothing was changed: this is not a terminal, so ringform cannot ask. Add --yes to apply without asking."
        )
        return None
    if confirmed(f"\nApply {counted(len(plan.changes), 'change')} now?"):
        return passed
    echo_err("Nothing was changed.")
    return None


def confirmed(question: str) -> bool:
    """Ask until the person at the terminal answers yes or no; return whether it was yes."""
    while True:
        try:
            answer = click.prompt(f"{question} [y/N]", default="", show_default=False, err=True)
        except click.Abort:
            echo_err("\nNothing was changed.")
            raise
        if answer.strip().lower() in {"y", "yes"}:
            return True
        if answer.strip().lower() in {"", "n", "no"}:
            return False
        echo_err("Type y for yes or n for no.")


def check_names(allowed: Sequence[str], providers: Sequence[Provider]) -> None:
    """Refuse a name after --allow that is no guardrail: a slip there must not be found out after the fact.

    Raises:
        click.UsageError: There is no such guardrail.
    """
    try:
        refuse_unknown_names(allowed, providers)
    except RingformError as error:
        raise usage_error(error) from None


def _all_allowed(violations: Sequence[Violation], *, yes: bool) -> bool:
    """With --yes nobody wants to be asked: then only --allow lets a plan past a guardrail."""
    names = list(dict.fromkeys(each.name for each in violations))
    if yes or not sys.stdin.isatty():
        echo_err("\n" + guardrails.refusal(violations, style_for(sys.stderr)))
        return False
    for name in names:
        if not confirmed(f"\nThe guardrail {name} stops this plan. Do you really mean it?"):
            echo_err("Nothing was changed.")
            return False
    return True
