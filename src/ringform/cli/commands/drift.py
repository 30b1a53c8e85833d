"""``ringform drift``."""

from __future__ import annotations

from pathlib import Path

import click

from ringform.cli import options, session
from ringform.cli.commands.plan import report
from ringform.cli.exits import Exit
from ringform.operations.callers import view_plan


@click.command("drift")
@options.manifest
@options.format_("text", "json")
@options.output
@options.account
def command(
    written: options.ManifestOptions,
    format_: str,
    output: Path | None,
    account: options.AccountOptions,
) -> Exit:
    """Report where the live account differs from the manifest, for a schedule. Exit 2 if it does."""
    manifest = session.load(written)
    planned = session.plan(manifest, session.connect_to(manifest, account))
    report(view_plan(planned.plan), format_, output, failures=planned.failures, is_drift=True)
    if planned.failures:
        return Exit.ERROR
    return Exit.DONE if planned.plan.is_empty else Exit.DIFFERENCES
