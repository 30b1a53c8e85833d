"""``ringform test``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import deliver, style_for
from ringform.operations.test import test
from ringform.reports.text.style import Style


@click.command("test")
@options.manifest
@options.format_("text", "json", "junit")
@options.output
def command(
    written: options.ManifestOptions,
    format_: str,
    output: Path | None,
) -> Exit:
    """Run the manifest's routing tests, offline. Exit 2 if one fails.

    A test claims something about calls, such as that sales reaches a person on weekday mornings; a failing one shows
    the call that disproves it.
    """
    tested = test(session.load(written))
    if format_ == "junit":
        from ringform.reports.junit import routing_tests as junit

        text = junit.render(tested)
    elif format_ == "json":
        from ringform.reports.json import documents

        text = documents.text(documents.tests(tested))
    else:
        from ringform.reports.text import routing_tests

        text = routing_tests.render(tested, Style() if output else style_for(sys.stdout))
    deliver(text, output)
    return Exit.DONE if tested.passed else Exit.DIFFERENCES
