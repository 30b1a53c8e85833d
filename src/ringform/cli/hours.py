"""``ringform hours``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from ringform.callflow.answering import LeftToAccount, answering
from ringform.callflow.reach import week
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import say, style_for, talk
from ringform.core.words import listed
from ringform.reports.text import hours


@click.command("hours")
@options.manifest
@options.as_of
def command(
    paths: tuple[Path, ...], assignments: tuple[str, ...], var_files: tuple[Path, ...], as_of: datetime | None
) -> Exit:
    """Draw the week of every number: when somebody rings, when there is a voicemail, and when nobody is there."""
    manifest = session.load(paths, var_files, assignments, as_of)
    style = style_for(sys.stdout)
    blocks = []
    for address, wanted in manifest.desired.wanted.items():
        config = answering(manifest.provider, address, wanted.fields)
        if isinstance(config, LeftToAccount):
            if len(config.fields) < len(manifest.provider.answering[address.kind]):
                talk(f"{address.key} is left out: the manifest leaves {listed(config.fields)} to the account.")
        elif config is not None:
            name = manifest.provider.name_of(address, wanted.fields)
            label = f"{name} ({address.key})" if name else address.key
            blocks.append(hours.render(label, config.timezone, week(config), style))
    say("\n\n".join([*blocks, hours.LEGEND] if blocks else ["No number whose week is all in the manifest."]))
    return Exit.DONE
