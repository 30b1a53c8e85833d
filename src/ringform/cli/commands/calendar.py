"""``ringform calendar``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ringform.calendar.agenda import Agenda
from ringform.calendar.cron import schedule
from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo_err
from ringform.cli.program import program
from ringform.manifest.manifest import Manifest
from ringform.operations.calendar import agenda, names
from ringform.reports.text.style import Style

_DAYS_A_WEEK = 7
_SCHEDULERS = frozenset({"cron", "launchd", "task-scheduler"})


@click.command("calendar")
@options.manifest
@click.option(
    "--weeks", type=click.IntRange(1, 520), default=8, show_default=True, metavar="N", help="How far to look ahead."
)
@reporting.reports("text", "json", "ical", "cron", "launchd", "task-scheduler")
def command(
    written: options.ManifestOptions,
    weeks: int,
    reports: reporting.Reports,
) -> Exit:
    """List what closures, special hours and rotations will change on which day, and when an apply is due.

    An entry for a date takes the place of its weekday from six days before, so that a daily apply is never late. The
    form ical is for people's own calendars; cron, launchd (macOS) and task-scheduler (Windows) let this machine run
    the applies, on its own clock.
    """
    manifest = session.load(written)
    changes = agenda(manifest, weeks * _DAYS_A_WEEK)
    if not schedule(changes, on=None) and _SCHEDULERS & {reports.format, *(format_ for format_, _ in reports.files)}:
        echo_err("Nothing in the manifest depends on the date, so there is nothing to run.")
        return Exit.DONE

    def render(format_: str, style: Style) -> str:
        if format_ in _SCHEDULERS:
            return _scheduled(manifest, changes, written, format_)
        if format_ == "json":
            from ringform.reports.json import documents
            from ringform.reports.json.calendar import calendar

            return documents.text(calendar(changes, written.nightly))
        if format_ == "ical":
            from ringform.reports import ical

            return ical.render(changes, names(manifest)).removesuffix("\n")
        from ringform.reports.text import calendar as text_calendar

        return text_calendar.render(changes, names(manifest), style)

    reports.deliver(render)
    return Exit.DONE


def _scheduled(manifest: Manifest, changes: Agenda, written: options.ManifestOptions, format_: str) -> str:
    """Return the applies for a scheduler of this machine."""
    from ringform.reports import schedulers

    job = schedulers.Job(
        command=[*program(), *written.nightly[1:]],
        folder=os.getcwd(),
        # Base URLs need not be set.
        variables=[
            name for part in manifest.with_accounts for name in part.provider.variables if not name.endswith("_URL")
        ],
        log=str(Path.home() / "Library" / "Logs" / "ringform.log"),
    )
    render = {"cron": schedulers.crontab, "launchd": schedulers.launchd, "task-scheduler": schedulers.task_scheduler}
    return render[format_](job, schedule(changes, on=None))
