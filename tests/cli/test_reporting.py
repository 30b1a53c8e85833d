"""``--format`` and ``--report``: one report to stdout, and the same run in more formats to files."""

from __future__ import annotations

import json

import click
import pytest

from cli.harness import Ringform
from ringform.cli.app import cli

MANIFEST = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales team}}\n'
GROUPS = ("validate", "plan", "apply", "undo", "history", "show", "graph", "simulate", "calendar", "replay", "calls")
REPORTING = {*GROUPS, "drift", "test", "coverage", "doctor"}


def test_every_command_with_a_format_writes_reports() -> None:
    context = click.Context(cli)
    found = {}
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found[name] = {option for each in command.params for option in each.opts}
    assert {name for name, options in found.items() if "--report" in options} >= REPORTING
    assert [name for name, options in found.items() if ("--format" in options) != ("--report" in options)] == []
    assert [name for name, options in found.items() if "--output" in options] == ["export"]


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("plan.json", "write FORMAT=FILE, such as json=report.json"),
        ("pdf=plan.pdf", "'pdf' is not one of its formats: text, json, junit"),
        ("json=-", "- is no file; --format json prints the report"),
        ("json=", "name a file in it, such as report.json"),
    ],
)
def test_what_is_no_report_is_refused_before_anything_is_read(ringform: Ringform, target: str, complaint: str) -> None:
    ringform.write(MANIFEST)
    ended = ringform("plan", "--report", target)
    assert (ended.code, ended.out, ringform.requests) == (64, "", [])
    assert complaint in " ".join(ended.err.split())


def test_two_reports_to_one_file_are_refused(offline: Ringform) -> None:
    offline.write(MANIFEST)
    ended = offline("validate", "--report", "json=a", "--report", "text=a")
    assert (ended.code, "two reports cannot be written to one file, a" in ended.err) == (64, True)


def test_an_apply_reports_what_it_did_to_files(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    ended = ringform("apply", "--yes", "--report", "json=done.json", "--report", "text=done.txt")
    assert ended.code == 0
    done = json.loads((ringform.folder / "done.json").read_text("utf-8"))
    assert [each["status"] for each in done["results"]] == ["done"]
    assert (ringform.folder / "done.txt").read_text("utf-8") == ended.out
    back = ringform("undo", "--yes", "--report", "json=back.json")
    assert back.code == 0
    assert json.loads((ringform.folder / "back.json").read_text("utf-8"))["format"] == done["format"]


def test_a_doctor_prints_as_it_goes_and_writes_the_same(ringform: Ringform) -> None:
    ended = ringform("doctor", "--report", "text=doctor.txt", "--report", "json=doctor.json")
    assert (ended.code, ended.out) == (0, (ringform.folder / "doctor.txt").read_text("utf-8"))
    assert json.loads((ringform.folder / "doctor.json").read_text("utf-8"))["checks"]


def test_a_picture_in_a_file_is_not_printed_too(offline: Ringform) -> None:
    offline.write(MANIFEST.replace("{name", "{opening_hours: {daily: closed}, name"))
    drawn = offline("graph", "--report", "svg=a.svg", "--report", "html=a.html")
    assert (drawn.code, drawn.out, drawn.err) == (0, "", "")
    assert {each.name for each in offline.folder.glob("a.*")} == {"a.svg", "a.html"}
    both = offline("graph", "--format", "mermaid", "--report", "svg=b.svg")
    assert both.out == offline("graph").out
