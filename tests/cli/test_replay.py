"""``ringform replay``, ``plan --replay``, and calls in progress before and during an apply."""

from __future__ import annotations

import json
import signal
import threading
import time

import pytest
from support.calls import end_calls, forget_calls, put_call
from support.held import wait_until

from cli.harness import Ended, Ringform, finish, golden, golden_json, screen, unpainted
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.phone_inc.example import ALEX, MARIA, SALES, SUPPORT

MANIFEST = """\
version: 1
employees:
  maria: 019daef1-085e-7000-aaaa-000000000001
  alex: 019daef1-085e-7000-aaaa-000000000002
main_numbers:
  "+14155551234":
    opening_hours: {mon-thu: 09:00-17:00, fri: 09:00-15:30, sat-sun: closed}
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: Press 1 for sales, 2 to leave a message
      menu_options:
        - {digit: "1", action_type: TransferConfig, employee_ids: [maria, alex]}
        - {digit: "2", action_type: VoicemailConfig, prompt: Leave a message after the tone}
    outside_opening_hours_config: {type: RejectConfig, message: "We are closed, please call back on Monday."}
"""
RENAMED = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe}, "+14155555678": {name: Support Line}}\n'
SUPPORT_NUMBER = "+14155555678"
CALLERS = ("20123412", "085550199", "33445566", "Niklas", "70102031")


def handful(account: Account) -> None:
    """A weekend and a few days before it: Copenhagen is one hour ahead of these times."""
    forget_calls(account)
    put_call(account, SALES, started_at="2026-11-20T14:45:00Z")  # Friday 15:45, open by now and closed by the manifest
    put_call(account, SALES, started_at="2026-11-20T15:10:00Z", caller="anonymous")
    put_call(account, SALES, started_at="2026-11-20T09:00:00Z", caller="+14085550199", answered_by=MARIA)
    put_call(account, SALES, started_at="2026-11-19T10:00:00Z", caller="+14085550199")
    put_call(account, SALES, started_at="2026-11-21T10:00:00Z", caller="+4533445566")
    put_call(account, SALES, started_at="2026-11-21T11:00:00Z", caller="sip:Niklas\x1b[31m@example.com")
    put_call(account, SUPPORT, started_at="2026-11-20T10:00:00Z", caller="+4570102031", answered_by=ALEX)
    put_call(account, SALES, state="initiated", started_at=None)
    put_call(account, SALES, started_at="2026-11-20T10:00:00Z", direction="outbound", answered_by=ALEX)


def assert_masked(ended: Ended) -> None:
    assert not any(number in ended.out + ended.err for number in CALLERS)


def test_the_last_calls_held_against_the_manifest(ringform: Ringform) -> None:
    assert ringform.sandbox
    handful(ringform.sandbox.account)
    ringform.write(MANIFEST)
    ended = ringform("replay")
    assert ended.code == 0
    assert_masked(ended)
    assert ringform.writes == []
    assert ringform.requests.count("GET /calls") == 1
    golden("replay", ("ringform replay", ended))


def test_the_last_calls_for_a_program(ringform: Ringform) -> None:
    assert ringform.sandbox
    handful(ringform.sandbox.account)
    ringform.write(MANIFEST)
    ended = ringform("replay", "--report", "json=replay.json")
    assert (ended.code, ended.out) == (0, ringform("replay").out)
    written = Ended(0, (ringform.folder / "replay.json").read_text("utf-8"), "")
    assert_masked(written)
    golden_json("replay", written)


def test_hours_of_one_date_are_named_where_calls_of_other_weeks_meet_them(ringform: Ringform) -> None:
    assert ringform.sandbox
    handful(ringform.sandbox.account)
    ringform.write(
        MANIFEST.replace("main_numbers:", "closures: [2026-11-26]\nmain_numbers:", 1).replace(
            "    opening_hours:", "    timezone: Copenhagen\n    opening_hours:"
        )
    )
    ended = ringform("replay", "--as-of", "2026-11-21")
    assert "Thu 2026-11-19 11:00" in ended.out, "another Thursday, which was open"
    assert "thu becomes closed for 2026-11-26 on Sales" in ended.err


def test_no_call_would_have_gone_elsewhere(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {name: New}}\n')
    nothing = ringform("replay")
    forget_calls(ringform.sandbox.account)
    no_calls = ringform("replay")
    golden("replay-nothing", ("ringform replay", nothing), ("ringform replay", no_calls))


def test_a_plan_with_its_replay(ringform: Ringform) -> None:
    assert ringform.sandbox
    handful(ringform.sandbox.account)
    ringform.write(MANIFEST)
    text = ringform("plan", "--replay", "--out", "plan.json")
    as_json = ringform("plan", "--replay", "--format", "json")
    plain, shown = ringform("plan"), ringform("show", "plan.json")
    assert {each.code for each in (text, as_json, plain, shown)} == {0}
    assert_masked(text)
    assert_masked(as_json)
    golden("plan-replay", ("ringform plan --replay", text))
    assert plain.out == shown.out, "a saved plan holds no calls"
    document = json.loads(as_json.out)
    alone = json.loads(ringform("replay", "--format", "json").out)
    assert document["replay"] == {name: alone[name] for name in ("summary", "calls")}
    saved = json.loads((ringform.folder / "plan.json").read_text("utf-8"))
    assert "replay" not in saved
    assert saved["digest"] == document["digest"]
    (ringform.folder / "printed.json").write_text(as_json.out)
    assert ringform("show", "printed.json").out == plain.out
    assert ringform("apply", "--plan", "printed.json", "--yes").code == 0


@pytest.mark.parametrize("status", [403, 404])
def test_a_key_that_may_not_read_calls(ringform: Ringform, status: int) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault.error(status, "No calls for you"), path="/calls", times=None)
    ringform.write(MANIFEST)
    alone, planned = ringform("replay"), ringform("plan", "--replay")
    idle = ringform("apply", "--yes", "--when-idle")
    assert (alone.code, planned.code, idle.code, ringform.writes) == (1, 0, 1, [])
    if status == 403:
        steps = (("ringform replay", alone), ("ringform plan --replay", planned))
        golden("replay-forbidden", *steps)
        golden("apply-idle-forbidden", ("ringform apply --yes --when-idle", idle))


def test_an_account_whose_calls_fail_does_not_cost_the_plan(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault.error(500), path="/calls", times=None)
    ringform.write(MANIFEST)
    ended = ringform("plan", "--replay", "--timeout", "1", "--format", "json")
    document = json.loads(ended.out)
    assert (ended.code, "replay" in document) == (0, False)
    [warning] = [each for each in document["diagnostics"] if each["severity"] == "warning"]
    assert (warning["code"], warning["severity"]) == ("calls-unreadable", "warning")


def test_an_apply_that_asks_nobody_sends_no_request_for_calls(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    assert ringform("apply", "--yes").code == 0
    assert "GET /calls" not in ringform.requests


@pytest.mark.parametrize("readable", [True, False])
def test_calls_in_progress_are_told_before_the_question(ringform: Ringform, readable: bool) -> None:
    assert ringform.sandbox
    account = ringform.sandbox.account
    forget_calls(account)
    put_call(account, SALES, state="bridged")
    put_call(account, SALES, state="recording", direction="outbound")
    put_call(account, SUPPORT, state="ended")
    if not readable:
        ringform.sandbox.faults.script(Fault.error(403), path="/calls", times=None)
    ringform.write(RENAMED)
    terminal = ringform.on_terminal("apply")
    terminal.wait_for("[y/N]: ")
    terminal.type("n\n")
    shown = unpainted(screen(terminal.end().err))
    assert ("2 calls are in progress on numbers that this changes: Sales (2). --when-idle waits" in shown) is readable
    assert ("in progress" in shown) is readable


def test_waiting_until_nobody_is_talking(ringform: Ringform) -> None:
    assert ringform.sandbox
    account = ringform.sandbox.account
    forget_calls(account)
    put_call(account, SALES, state="bridged")
    ringform.sandbox.faults.script(
        Fault(meanwhile=lambda: threading.Timer(0.5, end_calls, [account]).start()), method="PATCH", path=SUPPORT
    )
    ringform.write(RENAMED)
    ended = ringform("apply", "--yes", "--when-idle", "--max-wait", "1m")
    assert (ended.code, account.main_numbers[SALES].name) == (0, "Sales Europe")
    assert [each.rpartition("/")[2] for each in ringform.writes] == [SUPPORT, SALES]
    golden("apply-idle", ("ringform apply --yes --when-idle --max-wait 1m", ended))


def test_somebody_keeps_talking(ringform: Ringform) -> None:
    assert ringform.sandbox
    account = ringform.sandbox.account
    forget_calls(account)
    put_call(account, SALES, state="bridged")
    ringform.write(RENAMED)
    ringform("plan", "--out", "plan.json")
    ended = ringform("apply", "--plan", "plan.json", "--yes", "--when-idle", "--max-wait", "0s")
    assert (ended.code, ringform.writes) == (4, [f"PATCH /main_numbers/{SUPPORT}"])
    golden("apply-busy", ("ringform apply --plan plan.json --yes --when-idle --max-wait 0s", ended))
    again = ringform("apply", "--yes", "--when-idle", "--max-wait", "0s", "--format", "json")
    assert (again.code, json.loads(again.out)["results"][0]["diagnostic"]["code"]) == (1, "number-busy")


def test_ctrl_c_while_somebody_is_talking(ringform: Ringform) -> None:
    assert ringform.sandbox
    put_call(ringform.sandbox.account, SALES, state="bridged")
    ringform.write(RENAMED.replace(f', "{SUPPORT_NUMBER}": {{name: Support Line}}', ""))
    process = ringform.start("apply", "--yes", "--when-idle")
    wait_until(lambda: ringform.requests.count("GET /calls") >= 2)
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    ended = finish(process)
    assert (ended.code, ringform.writes) == (130, [])
    assert time.monotonic() - sent < 30, "it would have waited for a quarter of an hour"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--max-wait", "5m"), "--max-wait needs --when-idle"),
        (("--when-idle", "--max-wait", "soon"), "write 90s, 15m or 1h"),
        (("--when-idle", "--max-wait", "-5m"), "write 90s, 15m or 1h"),
    ],
)
def test_a_wait_that_makes_no_sense(ringform: Ringform, arguments: tuple[str, ...], says: str) -> None:
    ended = ringform("apply", "--yes", *arguments)
    assert (ended.code, says in ended.err, ringform.requests) == (64, True, [])
