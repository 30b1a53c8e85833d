"""``ringform history``."""

from __future__ import annotations

import sys

import click

from ringform.cli import options
from ringform.cli.exits import Exit
from ringform.cli.output import echo, print_diagnostics, style_for
from ringform.operations import history as operation


@click.command("history")
@options.format_("text", "json")
def command(format_: str) -> Exit:
    """List the applies made in this folder, oldest first, from their journals: when, by whom, and what they did."""
    found = operation.history()
    print_diagnostics(found.diagnostics)
    if format_ == "json":
        from ringform.reports.json import documents

        echo(documents.text(documents.history(found.applies)))
    else:
        from ringform.reports.text import history

        echo(history.render(found.applies, style_for(sys.stdout)))
    return Exit.DONE if found.applies or not found.diagnostics else Exit.ERROR
