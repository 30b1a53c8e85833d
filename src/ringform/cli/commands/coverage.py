"""``ringform coverage``."""

from __future__ import annotations

import click

from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo_err
from ringform.operations.coverage import measure_coverage
from ringform.reports.text.style import Style


@click.command("coverage")
@options.manifest
@reporting.reports("text", "json")
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="PERCENT", help="Exit 2 if less is tested.")
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
    fail_under: int | None,
) -> Exit:
    """Say which flows, menu keys and hours no routing test is about, offline.

    A test is about what its calls pass: the flows, the keys pressed, and the open or closed hours of their days. Days
    with the same hours are one part.
    """
    covered = measure_coverage(session.load(written))

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import coverage as as_json
            from ringform.reports.json import documents

            return documents.text(as_json.document(covered))
        from ringform.reports.text import coverage as as_text

        return as_text.render(covered, style)

    reports.deliver(render)
    if fail_under is None or covered.percent >= fail_under:
        return Exit.DONE
    echo_err(f"Less than {fail_under}% is tested.")
    return Exit.DIFFERENCES
