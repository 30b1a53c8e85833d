"""``ringform drift``."""

from __future__ import annotations

import click

from ringform.cli import options, reporting, session
from ringform.cli.commands.plan import report
from ringform.cli.exits import Exit
from ringform.operations.callers import view_plan


@click.command("drift")
@options.manifest
@reporting.reports("text", "json", *reporting.FINDINGS, *reporting.MONITORING)
@options.account
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """Report where the live account differs from the manifest, for a schedule. Exit 2 if it does."""
    manifest = session.load(written)
    planned = session.plan(manifest, session.connect_to(manifest, account))
    code = Exit.ERROR if planned.failures else Exit.DONE if planned.plan.is_empty else Exit.DIFFERENCES
    report(view_plan(planned.plan), reports, code, failures=planned.failures, is_drift=True)
    return code
