"""``ringform hours``."""

from __future__ import annotations

import sys

import click

from ringform.cli import completion, options, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, style_for
from ringform.operations.hours import weeks
from ringform.reports.text import hours


@click.command("hours")
@options.manifest
@click.option(
    "--to",
    "to",
    multiple=True,
    metavar="NUMBER",
    help="Only this number, or name. Repeatable.",
    shell_complete=completion.of(completion.numbers),
)
def command(written: options.ManifestOptions, to: tuple[str, ...]) -> Exit:
    """Draw the week of every number: when somebody rings, when there is a voicemail, and when nobody is there."""
    style = style_for(sys.stdout)
    blocks = []
    for each in weeks(session.load(written), to):
        number = each.number
        if each.problem:
            echo_err(f"{number.address.key} is left out: {each.problem}.")
        else:
            blocks.append(hours.render(number.label, each.timezone, each.week, style, number.exceptional))
    echo("\n\n".join([*blocks, hours.LEGEND] if blocks else ["No number has its whole week in the manifest."]))
    return Exit.DONE
