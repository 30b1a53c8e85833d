"""Whether a plan may be applied: guardrails first, then the person at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ringform.cli.output import style_for, talk
from ringform.model.messages import counted, did_you_mean, listed
from ringform.model.plan import Plan
from ringform.planning.guardrails import RULES, Tripped
from ringform.providers.protocol import Provider
from ringform.reports.text import guardrails


def is_approved(plan: Plan, *, allowed: Sequence[str], yes: bool) -> bool:
    """Ask what there is to ask. Without a terminal only --allow passes a guardrail, and only --yes a plan."""
    in_the_way = [each for each in plan.guardrails if each.name not in allowed]
    if in_the_way and not _all_allowed(in_the_way, yes=yes):
        return False
    if yes:
        return True
    if not sys.stdin.isatty():
        talk("Nothing was changed: nobody can be asked here. Add --yes to apply without asking.")
        return False
    if confirmed(f"\nApply {counted(len(plan.changes), 'change')} now?"):
        return True
    talk("Nothing was changed.")
    return False


def confirmed(question: str) -> bool:
    """Whether the person at the terminal says yes. What is neither yes nor no is asked again, in words."""
    while True:
        try:
            answer = click.prompt(f"{question} [y/N]", default="", show_default=False, err=True)
        except click.Abort:
            talk("\nNothing was changed.")
            raise
        if answer.strip().lower() in {"y", "yes"}:
            return True
        if answer.strip().lower() in {"", "n", "no"}:
            return False
        talk("Type y for yes or n for no.")


def check_names(allowed: Sequence[str], providers: Sequence[Provider]) -> None:
    """Refuse a name after --allow that is no guardrail: a slip there must not be found out after the fact.

    Raises:
        click.UsageError: There is no such guardrail.
    """
    known = [rule.name for rule in (*RULES, *(rule for provider in providers for rule in provider.guardrails))]
    for name in allowed:
        if name not in known:
            hint = did_you_mean(name, known) or "ringform guardrails lists them"
            whose = listed([provider.name for provider in providers])
            raise click.UsageError(f"there is no guardrail {name!r} for {whose}; {hint}")


def _all_allowed(in_the_way: Sequence[Tripped], *, yes: bool) -> bool:
    """With --yes nobody wants to be asked: then only --allow lets a plan past a guardrail."""
    names = list(dict.fromkeys(each.name for each in in_the_way))
    if yes or not sys.stdin.isatty():
        talk("\n" + guardrails.refusal(in_the_way, style_for(sys.stderr)))
        return False
    for name in names:
        if not confirmed(f"\nThe guardrail {name} stands in the way. Is this really meant?"):
            talk("Nothing was changed.")
            return False
    return True
