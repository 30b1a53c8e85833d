"""The schedulers' files, read back by what reads them: a shell behind cron, a parser of property lists."""

from __future__ import annotations

import json
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ringform.calendar.cron import CronEntry
from ringform.reports.schedulers import Job, crontab, launchd, task_scheduler

ENTRIES = (CronEntry(5, (22, 23), None, "at night"), CronEntry(35, (9,), 0, "a handover"))
NAMES = [
    "plain",
    "with space",
    "100% sure",
    "it's",
    "it\u2019s",
    '"quoted"',
    "a;b&&c|d",
    "$HOME `date`",
    "\\back\\",
    "~/x",
]
PRINTER = "import json, os, sys; print(json.dumps([os.getcwd(), *sys.argv[1:]]))"


def job(folder: str, *arguments: str) -> Job:
    return Job((sys.executable, "-c", PRINTER, *arguments), folder, ("PHONE_INC_API_KEY",), "/tmp/ringform.log")


@pytest.mark.parametrize("name", NAMES)
def test_a_line_for_cron_runs_what_it_should_where_it_should(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name.replace("/", "")
    folder.mkdir()
    *comments, night, handover = crontab(job(str(folder), name), ENTRIES).splitlines()
    assert comments[1:] == ["#   PHONE_INC_API_KEY=..."]
    assert night.startswith("5 22,23 * * * cd ")
    assert handover.startswith("35 9 * * 0 cd ")
    # What cron does with a line: a bare per cent sign ends the command, and of an escaped one the backslash goes.
    command = night.removeprefix("5 22,23 * * * ")
    assert not re.search(r"(?<!\\)%", command)
    ran = subprocess.run(["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [str(folder), name]


@pytest.mark.parametrize("name", NAMES)
def test_a_property_list_for_launchd(name: str) -> None:
    read = plistlib.loads(launchd(job(f"/srv/{name}", name), ENTRIES).encode())
    assert read["ProgramArguments"][-1] == name
    assert read["WorkingDirectory"] == f"/srv/{name}"
    assert read["EnvironmentVariables"] == {"PHONE_INC_API_KEY": "fill in"}
    assert read["StartCalendarInterval"] == [
        {"Hour": 22, "Minute": 5},
        {"Hour": 23, "Minute": 5},
        {"Hour": 9, "Minute": 35, "Weekday": 0},
    ]


def test_a_command_for_powershell() -> None:
    windows = Job(
        (r"C:\Program Files\ringform.exe", "apply", "--var", 'text=it\u2019s "x"', "my phones"),
        r"C:\it's",
        ("A", "B"),
        "",
    )
    assert task_scheduler(windows, ENTRIES) == (
        "# For PowerShell. It runs while you are logged on, and your account needs\n"
        "#   setx A ...\n"
        "#   setx B ...\n"
        "Register-ScheduledTask -TaskName ringform `\n"
        r"  -Action (New-ScheduledTaskAction -Execute 'C:\Program Files\ringform.exe'"
        ' -Argument \'apply --var "text=it\u2019\u2019s \\"x\\"" "my phones"\''
        " -WorkingDirectory 'C:\\it''s') `\n"
        "  -Trigger (New-ScheduledTaskTrigger -Daily -At 22:05), (New-ScheduledTaskTrigger -Daily -At 23:05),"
        " (New-ScheduledTaskTrigger -Weekly -DaysOfWeek Sunday -At 09:35) `\n"
        "  -Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable)"
    )


@pytest.mark.parametrize("render", [crontab, launchd, task_scheduler])
def test_nothing_gets_through_that_a_terminal_or_a_ci_acts_on(render: type) -> None:
    text = render(job("/srv/\x1b[31m\u202e\n* * * * * rm", "##vso[task]"), ENTRIES)
    assert not re.search("\x1b|\u202e|##vso|^\\* ", text, re.MULTILINE)
