"""``ringform history``: when, by whom, from which commit, and what it was."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from execution.test_origin import ENVIRONMENTS, git

from cli.harness import Ringform, golden

MANIFEST = 'version: 1\nmain_numbers: {"+14155551234": {name: %s}}\n'


def apply(ringform: Ringform, name: str, **environment: str) -> None:
    ringform.write(MANIFEST % name)
    assert ringform("apply", "--yes", **environment).code == 0


def applies(ringform: Ringform) -> Any:
    return json.loads(ringform("history", "--format", "json").out)["applies"]


def test_who_applied_what_and_took_it_back(ringform: Ringform) -> None:
    """Red before: a line of times in UTC and counts of calls."""
    git(ringform.folder, "init", "-q", "-b", "opening-hours")
    git(ringform.folder, "commit", "-q", "--allow-empty", "-m", "One")
    apply(ringform, "One")
    (commit,) = {each["origin"]["commit"] for each in applies(ringform)}
    assert commit == git(ringform.folder, "rev-parse", "HEAD").strip()
    subprocess.run(["rm", "-rf", ".git"], cwd=ringform.folder, check=True)
    apply(ringform, "Two", **ENVIRONMENTS["gitlab"])
    undone = ringform("undo", "--yes")
    undone_again = ringform("undo")
    listed = ringform("history")
    assert max(len(line) for line in listed.out.splitlines()) <= 80
    assert (undone.code, undone_again.code) == (0, 3)
    assert "Taking back the undo of" in undone_again.err
    assert [each["action"] for each in applies(ringform)] == ["apply", "apply", "undo"]
    golden("history", ("ringform history", type(listed)(0, listed.out.replace(commit[:8], "COMMIT"), listed.err)))


def test_times_are_those_of_this_machine(ringform: Ringform) -> None:
    apply(ringform, "One")
    (path,) = (ringform.folder / ".ringform/journal").glob("*.jsonl")
    first, rest = path.read_text().split("\n", 1)
    path.write_text(json.dumps({**json.loads(first), "at": "2026-07-01T12:30:00.000+00:00"}) + "\n" + rest)
    assert ringform("history", TZ="Europe/Copenhagen").out.startswith(
        "2026-07-01 14:30+02:00  apply  1 API call: 1 done"
    )
    assert ringform("history", TZ="America/New_York").out.startswith("2026-07-01 08:30-04:00")


def test_a_journal_of_an_earlier_version(ringform: Ringform) -> None:
    apply(ringform, "One")
    (path,) = (ringform.folder / ".ringform/journal").glob("*.jsonl")
    first, rest = path.read_text().split("\n", 1)
    start = {name: value for name, value in json.loads(first).items() if name not in ("action", "origin")}
    path.write_text(json.dumps(start) + "\n" + rest)
    listed = ringform("history")
    assert (listed.code, len(listed.out.splitlines())) == (0, 2)
    (applied,) = applies(ringform)
    assert (applied["action"], set(applied["origin"].values())) == ("apply", {None})
    assert ringform("undo", "--yes").code == 0


def test_names_from_outside_cannot_steer_a_terminal(ringform: Ringform) -> None:
    hostile = "\x1b[31m\u202e\n::error::x##vso[y]"
    surrogate = b"\xff\xfe".decode("utf-8", "surrogateescape")
    apply(
        ringform,
        "One",
        JENKINS_URL="x",
        BUILD_USER_ID=hostile,
        BRANCH_NAME=surrogate + hostile * 9,
        GIT_COMMIT=hostile,
        BUILD_URL=f"https://robot:hunter2@ci.example/{hostile}",
        CHANGE_ID=hostile,
    )
    for form in ("text", "json"):
        ended = ringform("history", "--format", form)
        assert ended.code == 0
        assert not any(bad in ended.out for bad in ("\x1b", "\u202e", "##vso", "\n::", "hunter2"))
    assert "hunter2" not in next((ringform.folder / ".ringform/journal").glob("*.jsonl")).read_text()


def test_no_git_on_this_machine(ringform: Ringform) -> None:
    apply(ringform, "One", PATH="")
    assert [each["origin"]["commit"] for each in applies(ringform)] == [None]


def test_a_key_among_the_names_is_hidden(ringform: Ringform) -> None:
    key = ringform.environment["PHONE_INC_API_KEY"]
    apply(ringform, "One", CIRCLECI="true", CIRCLE_BRANCH=key)
    assert key not in ringform("history").out
