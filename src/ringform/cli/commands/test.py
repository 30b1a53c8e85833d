"""``ringform test``."""

from __future__ import annotations

import click

from ringform.callflow import findings
from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.operations.test import test
from ringform.reports.text.style import Style


@click.command("test")
@options.manifest
@reporting.reports("text", "json", *reporting.FINDINGS, "log")
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
) -> Exit:
    """Run the manifest's routing tests, offline. Exit 2 if one fails.

    A test claims something about calls, such as that sales reaches a person on weekday mornings, or that no number
    turns anybody away while it is open; a failing one shows the call that disproves it.
    """
    manifest = session.load(written)
    tested = test(manifest)
    code = Exit.DONE if tested.passed else Exit.DIFFERENCES

    def render(format_: str, style: Style) -> str:
        if format_ == "junit":
            from ringform.reports import junit

            return junit.render_tests(tested)
        if format_ == "json":
            from ringform.reports.json import documents

            return documents.text(documents.tests(tested))
        if format_ == "text":
            from ringform.reports.text import routing_tests

            return routing_tests.render(tested, style)
        return reporting.render_run(format_, reports.run(code, findings.of_tests(tested), files=manifest.id.files))

    reports.deliver(render)
    return code
