"""``ringform show``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ringform.cli import options
from ringform.cli.commands.plan import report
from ringform.cli.exits import Exit
from ringform.model.diagnostic import Diagnostic, RingformError

if TYPE_CHECKING:
    from ringform.planning.plan_file import SavedPlan

_LARGEST = 256 * 1024 * 1024


@click.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@options.format_("text", "json")
@options.output
def command(file: Path, format_: str, output: Path | None) -> Exit:
    """Show a plan that was saved with plan --out. Works offline."""
    saved = saved_plan(file)
    report(saved.plan, format_, output, created_at=saved.created_at, tool_version=saved.tool_version)
    return Exit.DONE


def saved_plan(file: Path) -> SavedPlan:
    """Read a plan that was saved with plan --out.

    Raises:
        RingformError: It cannot be read, or is no whole plan.
    """
    from ringform.planning.plan_file import load

    return load(_content(file), str(file))


def _content(file: Path) -> bytes:
    try:
        reason = None if file.is_file() else "it is not a file" if file.exists() else "there is no such file"
        if reason is None and file.stat().st_size > _LARGEST:
            reason = "it is too large to be a plan"
        if reason is None:
            return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
    hint = "name the file that plan --out wrote"
    raise RingformError(Diagnostic("unreadable", f"{file} cannot be read: {reason}", hint=hint))
