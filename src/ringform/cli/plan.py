"""``ringform plan``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.cli import options, output, session
from ringform.cli.exits import Exit
from ringform.core.address import Address
from ringform.core.plan import Plan
from ringform.reports.text.style import Style
from ringform.version import __version__


@click.command("plan")
@options.manifest
@options.format_("text", "json")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Save the plan, for ringform show.")
@options.output
@options.target
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 when there are changes.")
@options.account
def command(
    paths: tuple[Path, ...],
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
    format_: str,
    out: Path | None,
    output: Path | None,
    targets: tuple[Address, ...],
    detailed_exitcode: bool,
    parallelism: int,
    total_seconds: float,
) -> Exit:
    """Show what an apply would change. Nothing but GET requests is sent."""
    manifest = session.load(paths, var_files, assignments)
    with session.connected(manifest.provider, parallelism=parallelism, total_seconds=total_seconds) as connection:
        made = session.plan(manifest, connection, targets)
    if out:
        save(made, out)
    report(made, format_, output)
    return Exit.DIFFERENCES if detailed_exitcode and not made.is_empty else Exit.DONE


def save(made: Plan, path: Path) -> None:
    """Write the plan's JSON, readable by its owner only: it holds the account's texts and contacts.

    Raises:
        RingformError: The file cannot be written.
    """
    from ringform.reports.json import documents

    output.write_file(path, documents.text(documents.plan(made, output.now())) + "\n", mode=0o600)


def report(
    made: Plan, format_: str, file: Path | None, *, created_at: str | None = None, tool_version: str = __version__
) -> None:
    """Print the plan, or write it to a file. A saved plan keeps the time and version of its making."""
    if format_ == "json":
        from ringform.reports.json import documents

        text = documents.text(documents.plan(made, created_at or output.now(), tool_version))
    else:
        from ringform.reports.text import plan as text_plan

        text = text_plan.render(made, Style() if file else output.style_for(sys.stdout))
    if file:
        output.write_file(file, text + "\n")
    else:
        output.say(text)
