"""``ringform apply``: shows, asks, does, and tells what became of it."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from cli.harness import KEY, Ended, Ringform, finish, golden, golden_json, screen, unpainted
from ringform.sandbox.faults import Fault, Faults
from ringform.sandbox.phone_inc.example import SALES, SUPPORT
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox

EVERYTHING = (Path(__file__).parent / "manifests" / "everything.yaml").read_text("utf-8")
RENAMED = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe}, "+14155555678": {name: Support Line}}\n'
JOURNAL = "The journal is .ringform/journal/TIME.jsonl; ringform undo takes this back.\n"
REFUSED = Fault.invalid({"name": ["is already taken"]})


def names(ringform: Ringform) -> list[str]:
    assert ringform.sandbox
    return [number.name for number in ringform.sandbox.account.main_numbers.values()]


def test_without_a_question(ringform: Ringform) -> None:
    ringform.write(EVERYTHING)
    applied, again = ringform("apply", "--yes"), ringform("apply", "--yes")
    assert (applied.code, again.code) == (0, 0)
    assert ringform.sandbox
    contact = next(iter(ringform.sandbox.account.contacts))
    assert sorted(ringform.writes) == sorted(
        [
            f"PATCH /main_numbers/{SALES}",
            f"PUT /main_numbers/{SALES}/incoming_call_config",
            f"PUT /main_numbers/{SALES}/outside_opening_hours_config",
            f"PUT /main_numbers/{SALES}/no_answer_config",
            f"PUT /main_numbers/{SUPPORT}/incoming_call_config",
            f"PATCH /contacts/{contact}",
            "POST /contacts",
        ]
    )
    golden("apply", ("ringform apply --yes", applied), ("ringform apply --yes", again))


def test_nobody_there_to_be_asked(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    ended = ringform("apply")
    assert ended.code == 3
    assert ringform.writes == []
    as_json = ringform("apply", "--format", "json")
    assert (as_json.code, as_json.out, ringform.writes) == (3, "", [])
    golden("apply-not-asked", ("ringform apply", ended), ("ringform apply --format json", as_json))


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 3), ("ja\n\n", 3), ("\x03", 130), ("\x04", 130)])
def test_the_answer_counts(ringform: Ringform, answer: str, code: int) -> None:
    ringform.write(RENAMED)
    terminal = ringform.on_terminal("apply")
    terminal.wait_for("[y/N]: ")
    terminal.wait_until_it_reads()
    assert ringform.writes == []
    terminal.type(answer)
    ended = terminal.end()
    assert ended.code == code
    assert names(ringform) == (["Sales Europe", "Support Line"] if code == 0 else ["Sales", "Support"])
    name = {"y\n": "yes", "n\n": "no", "ja\n\n": "neither", "\x03": "interrupted"}.get(answer)
    if name:
        golden(f"apply-answer-{name}", ("ringform apply", Ended(ended.code, screen(ended.err), "")))


def test_json_is_all_that_is_printed(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    ended = ringform("apply", "--yes", "--format", "json")
    assert ended.code == 0
    golden_json("apply", ended, JOURNAL)


def test_the_plan_in_the_json_is_the_one_that_was_saved(ringform: Ringform) -> None:
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {no_answer_timeout_secs: 10}}\n')
    ringform("plan", "--out", "plan.json")
    saved = json.loads((ringform.folder / "plan.json").read_text("utf-8"))
    applied = json.loads(ringform("apply", "--plan", "plan.json", "--yes", "--format", "json").out)["plan"]
    assert applied["callers"] != []
    assert applied == saved


def test_json_and_a_question_go_together(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    out = ringform.folder / "out.json"
    terminal = ringform.on_terminal("apply", "--format", "json", out=out)
    terminal.wait_for("[y/N]: ")
    terminal.type("y\n")
    ended = terminal.end()
    assert ended.code == 0
    assert json.loads(ended.out)["complete"] is True
    assert "~ main number +14155551234" in unpainted(ended.err)


def test_applied_in_part(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(REFUSED, method="PATCH", path=SUPPORT)
    ringform.write(RENAMED)
    ended = ringform("apply", "--yes")
    assert ended.code == 4
    assert names(ringform) == ["Sales Europe", "Support"]
    golden("apply-in-part", ("ringform apply --yes", ended))
    ringform.sandbox.faults.script(REFUSED, method="PATCH", path=SUPPORT)
    as_json = ringform("apply", "--yes", "--format", "json")
    assert as_json.code == 1
    golden_json("apply-refused", as_json)


def test_everything_refused(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(REFUSED, method="PATCH", times=None)
    ringform.write(RENAMED)
    ended = ringform("apply", "--yes")
    assert ended.code == 1
    assert names(ringform) == ["Sales", "Support"]
    golden("apply-refused", ("ringform apply --yes", ended))


def test_a_call_without_an_answer(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault(drop="after"), method="PATCH", times=None)
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe, no_answer_config: null}}\n')
    ended = ringform("apply", "--yes", "--timeout", "1")
    assert ended.code == 4
    golden("apply-unknown", ("ringform apply --yes --timeout 1", ended))


def test_progress_is_seen_on_a_terminal_only(tmp_path: Path) -> None:
    account = generated_account(12, 0)
    with Sandbox(account, faults=Faults(latency_ms=150), key=KEY) as sandbox:
        ringform = Ringform(tmp_path, sandbox)
        entries = "".join(f'  "{each.number}": {{name: New {each.number}}}\n' for each in account.main_numbers.values())
        ringform.write(f"version: 1\nmain_numbers:\n{entries}")
        out = tmp_path / "out"
        arguments = ("apply", "--yes", "--allow", "most-changed", "--parallelism", "3")
        watched = ringform.on_terminal(*arguments, out=out).end()
        unwatched = ringform("apply", "--yes")
    assert watched.code == 0
    shown = unpainted(watched.err)
    for stage in ("Connecting", "Reading ", " 6/12", "12/12", "Applying"):
        assert stage in shown
    assert "\x1b" not in watched.out
    assert watched.out.endswith("\nApplied: 12 API calls done.\n")
    assert (unwatched.code, unwatched.err) == (0, "")


def test_an_interrupt_finishes_what_is_under_way_and_starts_nothing(ringform: Ringform) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def interrupt() -> None:
        started[0].send_signal(signal.SIGINT)
        time.sleep(0.5)  # the answer comes later than the signal, on a slow machine too

    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault(meanwhile=interrupt), method="PATCH")
    ringform.write(RENAMED)
    started.append(ringform.start("apply", "--yes", "--parallelism", "1"))
    ended = finish(started[0])
    assert ended.code == 130
    assert ringform.writes == [f"PATCH /main_numbers/{SALES}"]
    golden("apply-interrupted", ("ringform apply --yes --parallelism 1", ended))


def test_what_was_done_is_told_even_if_nobody_reads_stdout_any_more(tmp_path: Path) -> None:
    with Sandbox(faults=Faults(latency_ms=200), key=KEY) as sandbox:
        ringform = Ringform(tmp_path, sandbox)
        ringform.write(RENAMED)
        process = ringform.start("apply", "--yes")
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        ended = finish(process)
    assert ended.code == 1
    assert names(ringform) == ["Sales Europe", "Support Line"]
    golden("apply-closed-pipe", ("ringform apply --yes | head -1", ended))
