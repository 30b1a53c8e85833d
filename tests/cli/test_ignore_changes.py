"""``ignore_changes``: fields that are left as they are in the account, until a day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.harness import Ringform, golden, sandbox_for_all, settings_for
from ringform.sandbox.phone_inc.example import SALES

MANIFEST = """\
version: 1
employees: {alex: 019daef1-085e-7000-aaaa-000000000001}
main_numbers:
  "+14155551234":
    timezone: Copenhagen
    language: en
    ignore_changes:
      - {field: outside_opening_hours_config, until: 2026-12-31, reason: Bea tries a new greeting}
      - no_answer_config
      - language
      - timezone
    outside_opening_hours_config: {type: RejectConfig, message: Nope.}
    no_answer_config: {type: TransferConfig, employee_ids: [alex]}
    opening_hours: {mon-sat: 09:00-18:00, sun: closed}
"""
LAST_DAY, DAY_AFTER = ("--as-of", "2026-12-31 23:59"), ("--as-of", "2027-01-01")
LIVE = "We are closed, please call back tomorrow."
TESTS = """\
tests:
  - name: closed on Sundays
    call: {to: "+14155551234", at: "sun 10:00"}
    expect: {plays: Nope., ends: hangup}
"""
TALK = """\
version: 1
provider: zendesk-talk
defaults: {ignore_changes: [settings.priority]}
phone_numbers:
  "+353766801402": {nickname: Desk, settings: {priority: 7, voicemail: false}, ignore_changes: [nickname, settings]}
"""
INBOX = """\
version: 1
provider: oneinbox
phone_numbers:
  5f1d7a52-3f0a-4c1b-9b1e-2a64c2d60001: {friendly_name: Desk}
defaults: {ignore_changes: [friendly_name]}
"""
WRONG = """\
version: 1
main_numbers:
  "+14155551234":
    ignore_changes:
      - {field: outside_opening_config, until: 12-31, reasn: Bea tries a new greeting}
      - language
      - {field: language, until: 2026-11-31}
      - protect
"""


def message(ringform: Ringform) -> object:
    assert ringform.sandbox
    config = ringform.sandbox.account.main_number(SALES).outside_opening_hours_config
    assert config
    return config["message"]


def test_what_a_plan_and_a_drift_say(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    golden(
        "ignore-changes",
        ("ringform plan", ringform("plan", *LAST_DAY)),
        ("ringform drift", ringform("drift", *LAST_DAY)),
        ("ringform plan --as-of 2027-01-01", ringform("plan", *DAY_AFTER)),
        ("ringform validate --as-of 2027-01-01", ringform("validate", *DAY_AFTER)),
    )


def test_a_call_that_is_shared_carries_the_accounts_value_and_then_nothing_is_left(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    applied = ringform("apply", "--yes", *LAST_DAY)
    assert applied.code == 0, applied.err
    assert ringform.writes == [f"PUT /main_numbers/{SALES}/outside_opening_hours_config"]
    assert message(ringform) == LIVE
    assert ringform("plan", "--detailed-exitcode", *LAST_DAY).code == 0
    drift = ringform("drift", *LAST_DAY)
    assert drift.code == 0
    assert "3 fields left alone" in drift.out
    undone = ringform("undo", "--yes")
    assert undone.code == 0, undone.err
    assert message(ringform) == LIVE
    assert ringform("drift", *DAY_AFTER).code == 2


def test_a_saved_plan_keeps_what_is_left_alone(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    ringform("plan", "--out", "plan.json", *LAST_DAY)
    shown, drift = (
        json.loads(ringform(*command, "--format", "json").out)
        for command in (("show", "plan.json"), ("drift", *LAST_DAY))
    )
    assert shown["left_alone"] == drift["left_alone"]
    first = shown["left_alone"][0]
    assert (first["field"], first["until"], first["reason"], first["source"]["line"]) == (
        "outside_opening_hours_config",
        "2026-12-31",
        "Bea tries a new greeting",
        8,
    )
    assert [(each["path"], each["account"], each["manifest"]) for each in first["fields"]] == [
        ("outside_opening_hours_config.message", LIVE, "Nope.")
    ]
    assert [each["field"] for each in shown["left_alone"]] == [
        "outside_opening_hours_config",
        "no_answer_config",
        "language",
    ]
    assert "Left alone" in ringform("show", "plan.json").out


def test_routing_tests_of_a_plan_see_the_account_and_offline_ones_the_manifest(ringform: Ringform) -> None:
    ringform.write(MANIFEST.replace("[alex]}\n", "[alex]}\n    no_answer_timeout_secs: 30\n") + TESTS)
    failing = "the test 'closed on Sundays'"
    assert failing in ringform("plan", *LAST_DAY).out
    assert ringform("apply", "--yes", *LAST_DAY).code == 3
    assert failing not in ringform("plan", *DAY_AFTER).out
    complete = "    incoming_call_config: {type: VoicemailConfig, greeting: Hello.}\n"
    ringform.write(MANIFEST + "    no_answer_timeout_secs: 30\n" + complete + TESTS)
    assert ringform("test", *LAST_DAY).code == 0


def test_a_rule_that_has_ended_is_no_date_that_an_unattended_apply_follows(ringform: Ringform) -> None:
    closed = MANIFEST.replace("    opening_hours", "    closures: [2027-01-05]\n    opening_hours")
    ringform.write(closed)
    assert ringform("apply", "--yes", "--as-of", "2026-12-20").code == 0
    night = ringform("apply", "--calendar", "--yes", "--as-of", "2027-01-02")
    assert night.code == 0, night.err
    assert "is left as it is" in night.out + night.err
    assert message(ringform) == LIVE


def test_pull_skips_what_is_left_alone(ringform: Ringform) -> None:
    path = ringform.write(MANIFEST.replace("mon-sat: 09:00-18:00, sun", "mon-fri: 09:00-17:00, sat-sun"))
    before = path.read_text("utf-8")
    assert ringform("pull", *LAST_DAY).code == 0
    assert path.read_text("utf-8") == before
    assert ringform("pull", *DAY_AFTER).code == 0
    assert LIVE in path.read_text("utf-8")


@pytest.fixture
def everywhere(tmp_path: Path) -> Iterator[Ringform]:
    """The command with the keys of all three vendors."""
    with sandbox_for_all() as running:
        settings = {name: value for each in settings_for(running).values() for name, value in each.items()}
        yield Ringform(tmp_path, running, settings)


@pytest.mark.parametrize(
    ("manifest", "left"),
    [
        (TALK, "2 fields left alone"),
        (TALK.replace(", ignore_changes: [nickname, settings]", ""), "1 field left alone"),
        (INBOX, "1 field left alone"),
    ],
    ids=["zendesk-talk", "its defaults", "oneinbox"],
)
def test_the_other_vendors(everywhere: Ringform, manifest: str, left: str) -> None:
    everywhere.write(manifest)
    assert left in everywhere("plan").out
    everywhere.write(re.sub(r"ignore_changes: \[[^]]*", "ignore_changes: [", manifest))
    assert everywhere("apply", "--yes").code == 0
    everywhere.write(manifest)
    assert "left alone" not in everywhere("plan").out


def test_the_list_of_a_number_takes_the_place_of_the_defaults(ringform: Ringform) -> None:
    entry = 'version: 1\ndefaults: {ignore_changes: [name]}\nmain_numbers: {"+14155551234": {name: Desk%s}}\n'
    ringform.write(entry % "")
    assert "1 field left alone" in ringform("plan").out
    ringform.write(entry % ", ignore_changes: null")
    assert "left alone" not in ringform("plan").out


def test_the_warning_can_be_silenced(offline: Ringform) -> None:
    offline.write(
        'version: 1\nmain_numbers:\n  "+14155551234":\n    name: Desk\n    ignore_changes:\n'
        "      - {field: name, until: 2026-01-01} # ringform: ignore=ignore-over\n"
    )
    ended = offline("validate", "--strict")
    assert ended.code == 0, ended.out + ended.err


def test_mistakes_are_told_at_their_places(offline: Ringform) -> None:
    offline.write(WRONG)
    golden("ignore-changes-wrong", ("ringform validate", offline("validate")))
