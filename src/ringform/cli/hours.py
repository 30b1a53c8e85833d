"""``ringform hours``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.callflow.flow import NEEDED, configuration
from ringform.callflow.reach import week
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import say, style_for, talk
from ringform.core.words import listed
from ringform.reports.text import hours


@click.command("hours")
@options.manifest
def command(paths: tuple[Path, ...], assignments: tuple[str, ...], var_files: tuple[Path, ...]) -> Exit:
    """Draw the week of every number: when somebody rings, when there is a voicemail, and when nobody is there."""
    manifest = session.load(paths, var_files, assignments)
    style = style_for(sys.stdout)
    blocks = []
    for address, wanted in manifest.desired.wanted.items():
        missing = [name for name in NEEDED if name not in wanted.fields]
        if missing and any(name in wanted.fields for name in NEEDED):
            talk(f"{address.key} is left out: the manifest leaves {listed(missing)} to the account.")
        if not missing:
            name = wanted.fields.get("name")
            label = f"{name} ({address.key})" if isinstance(name, str) else address.key
            blocks.append(
                hours.render(label, str(wanted.fields["timezone"]), week(configuration(wanted.fields)), style)
            )
    say("\n\n".join([*blocks, hours.LEGEND] if blocks else ["No number whose week is all in the manifest."]))
    return Exit.DONE
