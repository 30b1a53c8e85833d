"""``ringform history``."""

from __future__ import annotations

import click

from ringform.cli import reporting
from ringform.cli.exits import Exit
from ringform.cli.output import print_diagnostics
from ringform.operations import history as operation
from ringform.reports.text.style import Style


@click.command("history")
@reporting.reports("text", "json")
def command(reports: reporting.Reports) -> Exit:
    """List the applies made in this folder, oldest first, from their journals: when, by whom, and what they did."""
    found = operation.history()
    print_diagnostics(found.diagnostics)

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents

            return documents.text(documents.history(found.applies))
        from ringform.reports.text import history

        return history.render(found.applies, style)

    reports.deliver(render)
    return Exit.DONE if found.applies or not found.diagnostics else Exit.ERROR
