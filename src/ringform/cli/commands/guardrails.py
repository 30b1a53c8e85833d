"""``ringform guardrails``."""

from __future__ import annotations

import sys

import click

from ringform.cli.exits import Exit
from ringform.cli.output import echo, style_for
from ringform.operations.approval import guardrails
from ringform.reports.text import guardrails as as_text


@click.command("guardrails")
def command() -> Exit:
    """List the guardrails: what each one stops. A plan that one stops needs apply --allow NAME."""
    echo(as_text.listing(guardrails(), style_for(sys.stdout)))
    return Exit.DONE
