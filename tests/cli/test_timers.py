"""Ring timers without a no-answer flow: accounts that keep them, and accounts that do not."""

from __future__ import annotations

import json
from typing import Any

from cli.harness import Ringform, golden
from ringform.sandbox.phone_inc.example import SALES

HEAD = 'version: 1\nmain_numbers:\n  "+14155551234":\n'
TIMER = HEAD + "    no_answer_timeout_secs: 30\n"
FLOW = {"type": "VoicemailConfig", "greeting": "Sorry we missed you."}


def account(ringform: Ringform, *, keeps: bool, **fields: Any) -> None:
    """Let the account keep timers without a flow, or not, and begin with these settings of Sales."""
    assert ringform.sandbox
    ringform.sandbox.account.keeps_timer_without_flow = keeps
    ringform.sandbox.account.edit_main_number(SALES, **fields)


def sales(ringform: Ringform) -> tuple[Any, int | None]:
    assert ringform.sandbox
    number = ringform.sandbox.account.main_numbers[SALES]
    return number.no_answer_config, number.no_answer_timeout_secs


def test_a_plan_that_never_converges_says_so(ringform: Ringform) -> None:
    account(ringform, keeps=False, no_answer_config=None, no_answer_timeout_secs=None)
    ringform.write(TIMER)
    first, applied, second = ringform("plan"), ringform("apply", "--yes"), ringform("plan")
    assert (first.code, applied.code, second.code) == (0, 4, 0)
    golden(
        "never-converges",
        ("ringform plan", first),
        ("ringform apply --yes", applied),
        ("ringform plan", second),
    )


def test_in_an_account_that_keeps_the_timer_it_is_said_once(ringform: Ringform) -> None:
    account(ringform, keeps=True, no_answer_config=None, no_answer_timeout_secs=None)
    ringform.write(TIMER)
    codes = []
    for _ in range(2):
        planned = json.loads(ringform("plan", "--format", "json").out)
        codes.append([each["code"] for each in planned["diagnostics"] if each["severity"] == "warning"])
        assert ringform("apply", "--yes").code == 0
    assert codes == [["never-converges"], []]


def test_the_warning_can_be_ignored(ringform: Ringform) -> None:
    account(ringform, keeps=False, no_answer_config=None, no_answer_timeout_secs=None)
    ringform.write(TIMER.replace("30", "30  # ringform: ignore=never-converges"))
    assert "never-converges" not in ringform("plan").out
    assert ringform("validate", "--strict").code == 0


def test_a_timer_that_goes_with_its_flow_is_not_stored_otherwise_and_comes_back(ringform: Ringform) -> None:
    account(ringform, keeps=False, no_answer_config=FLOW, no_answer_timeout_secs=30)
    ringform.write(HEAD + "    no_answer_config: null\n")
    applied, again = ringform("apply", "--yes"), ringform("plan", "--detailed-exitcode")
    assert (applied.code, sales(ringform)) == (0, (None, None)), applied.err
    assert again.code == 0
    assert ringform("undo", "--yes").code == 0
    assert sales(ringform) == (FLOW, 30)


def test_another_timer_than_was_sent_is_stored_otherwise(ringform: Ringform) -> None:
    account(ringform, keeps=False, no_answer_config=FLOW, no_answer_timeout_secs=30)
    ringform.write(HEAD + "    no_answer_config: null\n    no_answer_timeout_secs: 40\n")
    applied = ringform("apply", "--yes")
    assert (applied.code, "error[stored-otherwise]" in applied.out + applied.err) == (4, True)
