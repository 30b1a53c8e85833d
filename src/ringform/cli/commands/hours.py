"""``ringform hours``."""

from __future__ import annotations

import sys

import click

from ringform.callflow.answering import LeftToAccount
from ringform.callflow.reach import week
from ringform.callflow.types import CallFlow
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, style_for
from ringform.model.messages import listed
from ringform.operations.numbers import numbers
from ringform.reports.text import hours


@click.command("hours")
@options.manifest
def command(written: options.ManifestOptions) -> Exit:
    """Draw the week of every number: when somebody rings, when there is a voicemail, and when nobody is there."""
    manifest = session.load(written)
    style = style_for(sys.stdout)
    blocks = []
    for number in numbers(manifest):
        config = number.answering
        if isinstance(config, CallFlow):
            blocks.append(hours.render(number.label, config.timezone, week(config), style, number.exceptional))
        elif isinstance(config, LeftToAccount) and not config.is_everything:
            echo_err(f"{number.address.key} is left out: the manifest leaves {listed(config.fields)} to the account.")
        elif config is None:
            echo_err(f"{number.address.key} is left out: it is not documented what happens to a call to it.")
    echo("\n\n".join([*blocks, hours.LEGEND] if blocks else ["No number whose week is all in the manifest."]))
    return Exit.DONE
