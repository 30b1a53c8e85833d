"""``ringform simulate`` and ``ringform test``: one call, and claims about calls; and tests that stop an apply."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from cli.harness import Ringform, golden, golden_json

MANIFEST = """\
version: 1
employees:
  maria: 019daef1-085e-7000-aaaa-000000000001
  jonas: 019daef1-085e-7000-aaaa-000000000002
main_numbers:
  "+14155551234":
    name: Sales
    timezone: Copenhagen
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: Press 1 for sales, 2 to leave a message.
      menu_options:
        - {digit: "1", action_type: TransferConfig, employee_ids: [maria, jonas]}
        - {digit: "2", action_type: VoicemailConfig, prompt: Leave a message after the tone}
    outside_opening_hours_config: {type: RejectConfig, message: "We are closed, please call back tomorrow."}
    no_answer_config: {type: VoicemailConfig, greeting: Sorry we missed you.}
    no_answer_timeout_secs: 20
    opening_hours: {mon-fri: 09:00-17:00, sat-sun: closed}
"""

CLOSURES = "closures: [{date: 2026-12-24, name: Christmas}]\n"

TESTS = """\
tests:
  - name: Sales reaches a person on weekday mornings
    call: {to: Sales, at: "mon-fri 09:00-12:00", press: "1"}
    expect: {rings: [maria, jonas], ends: answered}
  - name: nobody is lost when nobody answers
    call: {to: "+1 415-555-1234", at: "mon-fri 09:00-17:00", press: 1, no_answer: true}
    expect: {plays: "sorry*", ends: voicemail}
  - name: closed at the weekend
    call: {to: Sales, at: "weekends 00:00-24:00"}
    expect: {plays: "*closed*", ends: hangup}
"""

FAILING = """\
  - name: open until six
    call: {to: Sales, at: "fri 16:00-18:00", press: "1"}
    expect: {rings: [maria, jonas], ends: answered}
"""


def test_one_call_step_by_step(offline: Ringform) -> None:
    offline.write(MANIFEST + CLOSURES)
    calls = [
        ("simulate", "--to", "Sales", "--at", "2026-11-23 10:00", "--press", "1"),
        ("simulate", "--to", "Sales", "--at", "2026-11-23 10:00", "--press", "1", "--no-answer"),
        ("simulate", "--to", "+1 (415) 555-1234", "--at", "2026-11-23T16:30:00+00:00"),
        ("simulate", "--to", "Sales", "--at", "2026-11-23 10:00"),
        ("simulate", "--to", "Sales", "--at", "2026-11-23 10:00", "--press", "7"),
        ("simulate", "--to", "Sales", "--at", "2026-11-28 10:00", "--press", "1"),
        # A holiday, and a time that the clock skips.
        ("simulate", "--to", "Sales", "--at", "2026-12-24 10:00"),
        ("simulate", "--to", "Sales", "--at", "2027-03-28 02:30"),
    ]
    ended = [(" ".join(["ringform", *call]), offline(*call)) for call in calls]
    assert {each.code for _, each in ended} == {0}
    golden("simulate", *ended)


def test_one_call_for_a_program(offline: Ringform) -> None:
    offline.write(MANIFEST)
    at = ("--at", "2026-11-23 10:00", "--as-of", "2026-11-23")
    ended = offline("simulate", "--to", "Sales", *at, "--press", "1", "--no-answer", "--format", "json")
    assert ended.code == 0
    golden_json("simulate", ended)
    offline.write(MANIFEST + CLOSURES)
    holiday = json.loads(offline("simulate", "--to", "Sales", "--at", "2026-12-24", "--format", "json").out)
    assert holiday["opening_hours"] == "closed"
    assert holiday["exception"] == {"date": "2026-12-24", "reason": "Christmas", "normal": "09:00-17:00"}


def test_calling_the_account_as_it_is(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    ended = ringform("simulate", "--to", "Sales", "--at", "2026-11-23 10:00", "--press", "1", "--no-answer", "--live")
    assert (ended.code, "for 30 s" in ended.out) == (0, True), "the account's timer, not the manifest's"
    assert ringform.sandbox is not None
    assert {request.method for request in ringform.sandbox.requests} == {"GET"}


def test_calling_a_number_of_the_account_that_the_manifest_does_not_name(ringform: Ringform) -> None:
    at = ("--at", "2026-11-23 10:00", "--live")
    ringform.write(MANIFEST)
    with_manifest = ringform("simulate", "--to", "Support", *at)
    (ringform.folder / "ringform.yaml").unlink()
    without = ringform("simulate", "--to", "+14155555678", *at)
    assert "rings Alex Wong and maria" in with_manifest.out, "names of the manifest come first"
    assert "rings Alex Wong and Maria Jensen" in without.out
    assert "did you mean 'Support'?" in ringform("simulate", "--to", "Sport", *at).err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--to", "Sals"), 1, "did you mean 'Sales'?"),
        (("--to", "Sales", "--at", "noon"), 64, "write 2026-12-24 or '2026-12-24 10:00'"),
        (("--to", "Sales", "--at", "9999-12-31 23:59"), 64, "the year is from"),
        (("--to", "Sales", "--press", "12"), 64, "'12' is not one of '1'"),
        ((), 64, "--to"),
    ],
    ids=["unknown number", "no time", "no year", "two keys in one", "no number"],
)
def test_a_call_that_cannot_be_made(offline: Ringform, arguments: tuple[str, ...], code: int, says: str) -> None:
    offline.write(MANIFEST)
    ended = offline("simulate", *arguments)
    assert (ended.code, says in ended.err) == (code, True), ended.err


def test_a_number_that_the_manifest_leaves_to_the_account(offline: Ringform) -> None:
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n')
    ended = offline("simulate", "--to", "Sales")
    assert ended.code == 1
    assert "--live" in ended.err


def test_calling_a_number_as_a_saved_plan_leaves_it_and_as_it_was(ringform: Ringform) -> None:
    ringform.write(MANIFEST.replace("name: Sales", "name: Sales Europe"))
    assert ringform("plan", "--out", "plan.json").code == 0
    assert ringform.sandbox
    ringform.sandbox.recorder.clear()
    at = ("--at", "2026-11-23 10:00", "--press", "1", "--no-answer")
    calls = [
        ("simulate", "--plan", "plan.json", "--to", "Sales Europe", *at),
        ("simulate", "--plan", "plan.json", "--before", "--to", "Sales", *at),
        ("simulate", "--plan", "plan.json", "--to", "Sales", *at),
        ("simulate", "--plan", "plan.json", "--to", "+14155555678", *at),
    ]
    ended = [(" ".join(["ringform", *call]), ringform(*call)) for call in calls]
    assert [each.code for _, each in ended] == [0, 0, 1, 1]
    assert ringform.requests == []
    golden("simulate-plan", *ended)
    document = json.loads(ringform(*calls[0], "--format", "json").out)
    manifest = json.loads(ringform("simulate", "--to", "Sales Europe", *at, "--format", "json").out)
    assert document == {**manifest, "language": "da"}, "the manifest leaves the language to the account"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--before",), 64, "--before needs --plan"),
        (("--plan", "plan.json", "ringform.yaml"), 64, "--plan takes no PATH"),
        (("--plan", "plan.json", "--live"), 64, "--plan takes no PATH"),
        (("--plan", "plan.json"), 1, "there is no such file"),
    ],
)
def test_a_plan_that_cannot_be_called(offline: Ringform, arguments: tuple[str, ...], code: int, says: str) -> None:
    ended = offline("simulate", "--to", "Sales", *arguments)
    assert (ended.code, says in ended.err) == (code, True), ended.err


def test_the_week_of_a_number_and_its_gaps(offline: Ringform) -> None:
    offline.write(MANIFEST + CLOSURES)
    arguments = ("hours", "--as-of", "2026-12-22")
    ended = offline(*arguments)
    assert ended.code == 0
    golden("hours", (" ".join(["ringform", *arguments]), ended))


def test_tests_that_pass(offline: Ringform) -> None:
    offline.write(MANIFEST + TESTS)
    ended = offline("test")
    assert ended.code == 0
    golden("test-passes", ("ringform test", ended))


def test_a_failing_test_shows_the_call_that_disproves_it(offline: Ringform) -> None:
    offline.write(MANIFEST + TESTS + FAILING)
    text, as_json = offline("test"), offline("test", "--format", "json")
    assert (text.code, as_json.code) == (2, 2)
    golden("test-fails", ("ringform test", text))
    golden_json("test-fails", as_json)


def test_results_for_a_ci_system(offline: Ringform) -> None:
    offline.write(MANIFEST + TESTS + FAILING.replace("open until six", r'"<until> & \e[31m six"'))
    ended = offline("test", "--format", "junit")
    suite = ET.fromstring(ended.out)
    assert (suite.get("tests"), suite.get("failures")) == ("4", "1")
    assert [case.get("line") for case in suite] == ["20", "23", "26", "29"]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{name: a, call: {to: Sals, at: daily 10:00}, expect: {}}", "did you mean 'Sales'?"),
        ("{name: a, call: {to: Sales, at: sometimes}, expect: {}}", "is not a time to call"),
        ("{name: a, call: {to: Sales, at: mon 25:00}, expect: {}}", "is not a time to call"),
        ("{name: a, call: {to: Sales, at: 9999-12-31 23:59}, expect: {}}", "the year is from 2000 to 2199"),
        ("{name: a, call: {to: Sales, at: daily 10:00}, expect: {rings: [mara]}}", "did you mean 'maria'?"),
        ("{name: a, call: {to: Sales, at: daily 10:00}, expect: {ends: silence}}", "ends"),
        ("{name: a, call: {to: Sales, at: daily 10:00}, expects: {}}", "did you mean 'expect'?"),
        ("{name: a, call: {to: Sales, at: daily 10:00}, expect: {}}", "this test claims nothing"),
    ],
    ids=["number", "time", "hour", "year", "employee", "end", "field", "claim"],
)
def test_a_test_that_cannot_be_understood_is_an_error_of_the_manifest(offline: Ringform, entry: str, says: str) -> None:
    offline.write(f"{MANIFEST}tests:\n  - {entry}\n")
    ended = offline("validate")
    assert (ended.code, says in ended.out) == (1, True), ended.out


def test_a_test_of_a_number_with_errors_has_none_for_that(offline: Ringform) -> None:
    offline.write(MANIFEST.replace("name: Sales", "name: Sales\n    nam: x") + TESTS)
    said = offline("validate").out
    assert ("Not valid: 1 error." in said, "unknown-number" in said) == (True, False), said


def test_a_failing_test_stops_an_apply_unless_it_is_allowed(ringform: Ringform) -> None:
    ringform.write(MANIFEST + TESTS + FAILING)
    assert ringform.sandbox is not None
    refused = ringform("apply", "--yes")
    assert refused.code == 3
    assert (
        "guardrail[failing-tests]: the test 'open until six' (ringform.yaml:29) fails: expected rings: " in refused.out
    )
    assert {request.method for request in ringform.sandbox.requests} == {"GET"}
    assert ringform("apply", "--yes", "--allow", "failing-tests").code == 0


def test_a_plan_is_tested_as_a_whole_with_what_it_leaves_to_the_account(ringform: Ringform) -> None:
    partial = MANIFEST.replace("    timezone: Copenhagen\n", "")
    ringform.write(partial + TESTS)
    assert ringform("test").code == 2, "offline it cannot be told"
    plan = json.loads(ringform("plan", "--format", "json").out)
    assert plan["guardrails"] == [], "with the account it can"


def test_a_plan_for_one_number_is_tested_with_the_others_as_they_are(ringform: Ringform) -> None:
    broken = '  "+14155555678":\n    incoming_call_config: {type: RejectConfig, message: Goodbye}\n'
    test = '  - {name: support, call: {to: "+14155555678", at: "mon 10:00"}, expect: {ends: answered}}\n'
    ringform.write(f"{MANIFEST}{broken}{TESTS}{test}")
    refused, allowed = (
        json.loads(ringform("plan", "--format", "json", "--target", f"main_number:{target}").out)["guardrails"]
        for target in ("+14155555678", "+14155551234")
    )
    assert ("failing-tests" in {each["name"] for each in refused}, allowed) == (True, [])
