"""``ringform show``."""

from __future__ import annotations

from pathlib import Path

import click

from ringform.cli import options, reporting
from ringform.cli.commands.plan import report
from ringform.cli.exits import Exit
from ringform.operations import saved_plan
from ringform.operations.callers import view_plan


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@reporting.reports("text", "json", "gitlab-terraform")
def command(file: Path, reports: reporting.Reports) -> Exit:
    """Show a plan that was saved with plan --out. Works offline."""
    saved = saved_plan.read(file)
    report(
        view_plan(saved.plan, created_at=saved.created_at, tool_version=saved.tool_version),
        reports,
        Exit.DONE,
        written=options.ManifestOptions.of(saved.plan),
    )
    return Exit.DONE
