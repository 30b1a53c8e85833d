"""``ringform validate``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from ringform.cli import options
from ringform.cli.exits import Exit
from ringform.cli.output import say, style_for
from ringform.core.words import counted
from ringform.manifest.manifest import Checked, check_manifest


@click.command("validate")
@options.manifest
@options.as_of
@options.format_("text", "json")
def command(
    paths: tuple[Path, ...],
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
    as_of: datetime | None,
    format_: str,
) -> Exit:
    """Check a manifest, offline. Every mistake is reported at once, with its place and what to do."""
    checked = check_manifest(paths, var_files=var_files, assignments=assignments, as_of=as_of)
    if format_ == "json":
        from ringform.reports.json import documents

        say(documents.text(documents.validation(checked.files, checked.diagnostics)))
    else:
        say(_text(checked))
    return Exit.DONE if checked.manifest else Exit.ERROR


def _text(checked: Checked) -> str:
    from ringform.reports.text import diagnostics

    style = style_for(sys.stdout)
    found = diagnostics.count_line(checked.diagnostics)
    if checked.manifest is None:
        last = style.bold(f"Not valid: {found}.")
    else:
        objects = counted(len(checked.manifest.desired.wanted), "object")
        last = style.bold(f"Valid: {objects} in {counted(len(checked.files), 'file')}{', ' + found if found else ''}.")
    return "\n\n".join(filter(None, [diagnostics.render(checked.diagnostics, style), last]))
