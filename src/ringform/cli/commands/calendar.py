"""``ringform calendar``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from ringform.calendar.agenda import Agenda
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import deliver, style_for
from ringform.model.address import Address
from ringform.operations.calendar import agenda, names
from ringform.reports.text.style import Style

_DAYS_A_WEEK = 7


@click.command("calendar")
@options.manifest
@click.option(
    "--weeks", type=click.IntRange(1, 520), default=8, show_default=True, metavar="N", help="How far to look ahead."
)
@options.format_("text", "json", "ical")
@options.output
def command(
    written: options.ManifestOptions,
    weeks: int,
    format_: str,
    output: Path | None,
) -> Exit:
    """List what closures, special hours and rotations will change on which day, and when a CI has to apply.

    An entry for a date takes the place of its weekday from six days before, so that a daily apply is never late. The
    form ical is for people's own calendars.
    """
    manifest = session.load(written)
    text = _rendered(
        agenda(manifest, weeks * _DAYS_A_WEEK), names(manifest), format_, Style() if output else style_for(sys.stdout)
    )
    deliver(text, output)
    return Exit.DONE


def _rendered(changes: Agenda, names: Mapping[Address, str], format_: str, style: Style) -> str:
    if format_ == "json":
        from ringform.reports.json import documents
        from ringform.reports.json.calendar import calendar

        return documents.text(calendar(changes))
    if format_ == "ical":
        from ringform.reports import ical

        return ical.render(changes, names).removesuffix("\n")
    from ringform.reports.text import calendar as text_calendar

    return text_calendar.render(changes, names, style)
