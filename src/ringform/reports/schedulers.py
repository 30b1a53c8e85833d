"""The command that makes what dates ask for, ready for the scheduler of a machine that is always on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ringform.calendar.cron import CronEntry
from ringform.reports.text.style import safe

_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True)
class Job:
    """A command, the ``folder`` to run it in, where its journals are, and the ``variables`` that it gets its keys from.

    ``log`` is a file for its output, where a scheduler does not keep that by itself.
    """

    command: Sequence[str]
    folder: str
    variables: Sequence[str]
    log: str


def crontab(job: Job, entries: Sequence[CronEntry]) -> str:
    """Return lines for ``crontab -e``; the times are on the machine's own clock."""
    line = f"cd {shlex.quote(safe(job.folder))} && {shlex.join(map(safe, job.command))}".replace("%", r"\%")
    return "\n".join(
        [
            "# For crontab -e. cron knows nothing of your environment: above this set",
            *(f"#   {name}=..." for name in job.variables),
            *(f"{entry.cron} {line}" for entry in entries),
        ]
    )


def launchd(job: Job, entries: Sequence[CronEntry]) -> str:
    """Return a property list for a Mac's ``~/Library/LaunchAgents``."""
    # Imported here: it is slow to load, and only this needs it.
    import plistlib

    times: list[Mapping[str, int]] = [
        {"Hour": hour, "Minute": entry.minute} | ({} if entry.weekday is None else {"Weekday": entry.weekday})
        for entry in entries
        for hour in entry.hours
    ]
    document = {
        "Label": "ringform",
        "ProgramArguments": [safe(word) for word in job.command],
        "WorkingDirectory": safe(job.folder),
        "EnvironmentVariables": dict.fromkeys(job.variables, "fill in"),
        "StartCalendarInterval": times,
        "StandardOutPath": safe(job.log),
        "StandardErrorPath": safe(job.log),
    }
    return plistlib.dumps(document, sort_keys=False).decode().rstrip("\n")


def task_scheduler(job: Job, entries: Sequence[CronEntry]) -> str:
    """Return a command for PowerShell that gives the job to Windows' Task Scheduler."""
    # Imported here: only this needs it.
    from subprocess import list2cmdline

    triggers = ", ".join(
        f"(New-ScheduledTaskTrigger {_days(entry)} -At {hour:02}:{entry.minute:02})"
        for entry in entries
        for hour in entry.hours
    )
    program, *arguments = map(safe, job.command)
    action = f"-Execute {_quoted(program)} -Argument {_quoted(list2cmdline(arguments))}"
    return "\n".join(
        [
            "# For PowerShell. It runs while you are logged on, and your account needs",
            *(f"#   setx {name} ..." for name in job.variables),
            "Register-ScheduledTask -TaskName ringform `",
            f"  -Action (New-ScheduledTaskAction {action} -WorkingDirectory {_quoted(safe(job.folder))}) `",
            f"  -Trigger {triggers} `",
            "  -Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable)",
        ]
    )


def _days(entry: CronEntry) -> str:
    return "-Daily" if entry.weekday is None else f"-Weekly -DaysOfWeek {_WEEKDAYS[entry.weekday]}"


def _quoted(text: str) -> str:
    """Return a text as one of PowerShell's, to which typographic quotes are quotes too."""
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"
