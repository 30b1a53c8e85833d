"""Real processes that are interrupted and killed in the middle of an apply."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cli.harness import Ringform, finish
from support import twelve
from support.held import let_go, wait_until
from support.sandboxes import Site
from support.truth import check_nothing_else_changed, check_statuses

from ringform.execution.journal_files import list_journals, read_journal
from ringform.manifest.writing import to_yaml
from ringform.model.outcome import Status
from ringform.model.plan import Plan
from ringform.sandbox.faults import Fault


def at_every_call(*few: int) -> list[Any]:
    """Every call of the plan in a long run, and these few in a quick one: a process takes its time."""
    return [
        pytest.param(index, marks=() if index in few else pytest.mark.slow, id=f"call {index}")
        for index in range(twelve.CALLS)
    ]


SIGNALS = [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]


class Folder:
    """A working folder of a user, and ringform started in it."""

    def __init__(self, here: Site, path: Path) -> None:
        self.here = here
        self.path = path
        self.ringform = Ringform(path, here.sandbox, {**here.environment, "XDG_STATE_HOME": str(path / "state")})
        # A second signal can meet the measuring of coverage, which writes its file at the end and knows no signals.
        self.ringform.environment.pop("COVERAGE_PROCESS_CONFIG", None)
        (path / "ringform.yaml").write_text(to_yaml(twelve.DOCUMENT), "utf-8")
        here.hold(twelve.account())
        self.plan: Plan = here.plan(twelve.DOCUMENT)
        self.before = here.state()
        here.sandbox.recorder.clear()

    def start_apply(self, index: int, fault: Fault, *arguments: str) -> subprocess.Popen[bytes]:
        """Start an apply, and return when the request of this call is at the sandbox."""
        call = self.plan.calls[index]
        at = 1 + [str(each) for each in self.plan.calls[:index]].count(str(call))
        self.here.sandbox.faults.script(fault, at=at, method=call.method, path=f"{call.path}$")
        process = self.ringform.start("apply", "--yes", "--format", "json", "--parallelism", "1", *arguments)
        wait_until(lambda: not self.here.sandbox.faults.pending or process.poll() is not None)
        assert process.poll() is None, process.communicate()
        return process

    def check_converges(self) -> None:
        self.here.sandbox.faults.clear()
        ended = self.ringform("apply", "--yes")
        assert ended.code == 0, ended
        check_nothing_else_changed(self.plan, self.before, self.here.state())
        assert self.here.plan(twelve.DOCUMENT).is_empty


@pytest.fixture
def folder(here: Site, tmp_path: Path) -> Folder:
    return Folder(here, tmp_path)


def check_report(folder: Folder, out: str) -> dict[str, Any]:
    """Hold the JSON report of an apply against the account, and the journal against the report."""
    report: dict[str, Any] = json.loads(out)
    calls = folder.plan.calls
    ends = [
        (call, Status(result["status"]), (result["diagnostic"] or {}).get("code"))
        for call, result in zip(calls, report["results"], strict=True)
    ]
    check_statuses(ends, folder.before, folder.here.state(), folder.here.requests)
    check_nothing_else_changed(folder.plan, folder.before, folder.here.state())
    [path] = list_journals(folder.path / ".ringform" / "journal")
    journal = read_journal(path)
    assert not journal.was_cut_off
    assert {status: journal.count(status) for status in Status} == {
        status: report["summary"][str(status)] for status in Status
    }
    return report


@pytest.mark.parametrize("number", SIGNALS, ids=str)
@pytest.mark.parametrize("index", at_every_call(9))
def test_one_signal_finishes_the_call_under_way_and_reports(folder: Folder, index: int, number: signal.Signals) -> None:
    process = folder.start_apply(index, Fault(delay=0.4))
    process.send_signal(number)
    ended = finish(process)
    report = check_report(folder, ended.out)
    statuses = [result["status"] for result in report["results"]]
    assert statuses == ["done"] * (index + 1) + ["not_attempted"] * (twelve.CALLS - index - 1)
    assert report["interrupted"] is True or index == twelve.CALLS - 1
    assert ended.code == (130 if index < twelve.CALLS - 1 else 0), ended
    folder.check_converges()


@pytest.mark.parametrize("number", SIGNALS, ids=str)
def test_a_signal_ends_reading_at_once(folder: Folder, number: signal.Signals) -> None:
    answer = threading.Event()
    faults = folder.here.sandbox.faults
    faults.script(Fault(until=answer), path="/main_numbers/", method="GET")
    process = folder.ringform.start("plan", "--call-timeout", "60")
    wait_until(lambda: not faults.pending or process.poll() is not None)
    started = time.monotonic()
    process.send_signal(number)
    ended = finish(process)
    assert time.monotonic() - started < 30, "the answer was not waited for"
    assert (ended.code, ended.out, ended.err) == (130, "", "\ninterrupted\n")
    let_go(folder.here.sandbox, answer)


@pytest.mark.parametrize("index", at_every_call(1))
def test_two_signals_stop_at_once(folder: Folder, index: int) -> None:
    answer = threading.Event()
    process = folder.start_apply(index, Fault(until=answer), "--call-timeout", "60")
    started = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):  # one too many, as people do
        process.send_signal(number)
        time.sleep(0.15)
    ended = finish(process)
    assert time.monotonic() - started < 30, "the answer was not waited for"
    # The third one may meet a Python that is ending already, and then dies of it.
    assert ended.code in (4, -signal.SIGINT), ended
    report = check_report(folder, ended.out)
    assert [result["status"] for result in report["results"]][index] == "unknown"
    let_go(folder.here.sandbox, answer)
    folder.check_converges()


@pytest.mark.parametrize("index", at_every_call(12))
@pytest.mark.parametrize(
    "fault",
    [Fault(), pytest.param(Fault(drop="before"), marks=pytest.mark.slow)],
    ids=["took effect", "did not"],
)
def test_after_a_kill_the_next_plan_says_what_is_unknown(folder: Folder, index: int, fault: Fault) -> None:
    answer = threading.Event()
    process = folder.start_apply(index, replace(fault, until=answer))
    process.kill()
    process.communicate()
    let_go(folder.here.sandbox, answer)
    check_nothing_else_changed(folder.plan, folder.before, folder.here.state())
    [path] = list_journals(folder.path / ".ringform" / "journal")
    journal = read_journal(path)
    assert journal.was_cut_off
    statuses = [*(entry.status for entry in journal.entries), *[Status.NOT_ATTEMPTED] * (twelve.CALLS - index - 1)]
    assert statuses == [Status.DONE] * index + [Status.UNKNOWN] + [Status.NOT_ATTEMPTED] * (twelve.CALLS - index - 1)
    ends = list(zip(folder.plan.calls, statuses, [None] * twelve.CALLS, strict=True))
    check_statuses(ends, folder.before, folder.here.state(), folder.here.requests)
    ended = folder.ringform("plan")
    assert ended.code == 0
    assert "was cut off" in ended.err
    change = next(each for each in folder.plan.changes if folder.plan.calls[index] in each.calls)
    assert f"unknown: {change.address}: {folder.plan.calls[index]}" in ended.err
    folder.check_converges()
    assert "was cut off" not in folder.ringform("plan").err or index == twelve.CALLS - 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_a_kill_at_a_random_instant_loses_nothing(folder: Folder, seed: int) -> None:
    """Also while it reads, between a line of the journal and its call, and at the end."""
    sandbox = folder.here.sandbox
    sandbox.faults.script(Fault(delay=0.02), times=None)
    process = folder.ringform.start("apply", "--yes")
    wait_until(lambda: bool(folder.here.requests) or process.poll() is not None)
    time.sleep(Random(seed).uniform(0, 0.8))
    process.kill()
    process.communicate()
    time.sleep(0.2)  # what is at the sandbox already still takes effect
    check_nothing_else_changed(folder.plan, folder.before, folder.here.state())
    journals = list_journals(folder.path / ".ringform" / "journal")
    # One that is empty was cut off before its first line, and so before the first call.
    noted = [entry for path in journals if path.stat().st_size for entry in read_journal(path).entries]
    sent = [request for request in folder.here.requests if request.method != "GET"]
    assert len(sent) <= len(noted), "no call is sent before it is noted"
    assert sum(entry.status is Status.DONE for entry in noted) <= len(sent)
    folder.check_converges()


def test_a_signal_while_the_account_is_read_ends_it(folder: Folder) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        answer = threading.Event()
        folder.here.sandbox.faults.script(Fault(until=answer), path="/main_numbers$")
        process = folder.ringform.start("apply", "--yes", "--call-timeout", "60")
        wait_until(lambda: not folder.here.sandbox.faults.pending)
        started = time.monotonic()
        process.send_signal(number)
        ended = finish(process)
        assert time.monotonic() - started < 30, "the answer was not waited for"
        let_go(folder.here.sandbox, answer)
        assert (ended.code, ended.out, ended.err.strip()) == (130, "", "interrupted")
    assert folder.here.writes == []


def test_sigterm_ends_a_job_in_the_background_that_ignores_sigint(folder: Folder) -> None:
    """A shell without job control starts background jobs with SIGINT ignored."""
    folder.here.sandbox.faults.script(Fault(delay=0.4), method="PATCH")
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = folder.start_apply(1, Fault(delay=0.4))
    finally:
        signal.signal(signal.SIGINT, before)
    process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    ended = finish(process)
    assert ended.code == 130
    assert json.loads(ended.out)["summary"]["done"] == 2
    folder.check_converges()
