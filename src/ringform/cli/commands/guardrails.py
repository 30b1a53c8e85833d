"""``ringform guardrails``."""

from __future__ import annotations

import sys

import click

from ringform.cli.exits import Exit
from ringform.cli.output import echo, style_for
from ringform.planning.vendor import guardrails_of
from ringform.providers import registry
from ringform.reports.text import guardrails


@click.command("guardrails")
def command() -> Exit:
    """List the guardrails: what each one stops. A plan that one stops needs apply --allow NAME."""
    rules = guardrails_of(*registry.every_provider())
    echo(guardrails.listing(rules, style_for(sys.stdout)))
    return Exit.DONE
