"""``ringform test``."""

from __future__ import annotations

import click

from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.operations.test import test
from ringform.reports.text.style import Style


@click.command("test")
@options.manifest
@reporting.reports("text", "json", "junit", "github")
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
) -> Exit:
    """Run the manifest's routing tests, offline. Exit 2 if one fails.

    A test claims something about calls, such as that sales reaches a person on weekday mornings, or that no number
    turns anybody away while it is open; a failing one shows the call that disproves it.
    """
    tested = test(session.load(written))

    def render(format_: str, style: Style) -> str:
        if format_ == "junit":
            from ringform.reports.junit import routing_tests as junit

            return junit.render(tested)
        if format_ == "github":
            from ringform.reports.github import routing_tests as github

            return github.render(tested)
        if format_ == "json":
            from ringform.reports.json import documents

            return documents.text(documents.tests(tested))
        from ringform.reports.text import routing_tests

        return routing_tests.render(tested, style)

    reports.deliver(render)
    return Exit.DONE if tested.passed else Exit.DIFFERENCES
