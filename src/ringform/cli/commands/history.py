"""``ringform history``."""

from __future__ import annotations

import sys

import click

from ringform.cli import options
from ringform.cli.exits import Exit
from ringform.cli.output import echo, print_diagnostics, style_for
from ringform.execution import journaling
from ringform.model.diagnostic import RingformError


@click.command("history")
@options.format_("text", "json")
def command(format_: str) -> Exit:
    """List the applies made in this folder, oldest first, from their journals."""
    journals = []
    for path in journaling.list_journals():
        try:
            journals.append(journaling.read_journal(path))
        except RingformError as error:
            print_diagnostics(error.diagnostics)
    if format_ == "json":
        from ringform.reports.json import documents

        echo(documents.text(documents.history(journals)))
    else:
        from ringform.reports.text import history

        echo(history.render(journals, style_for(sys.stdout)))
    return Exit.DONE
