"""Saved plans, guardrails, the journal and the way back, as a person meets them on the command line."""

from __future__ import annotations

import json

from cli.harness import Ringform, golden, plain
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.example import SALES

RENAMED = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe}, "+14155555678": {name: Support Line}}\n'
MIXED = RENAMED + "contacts: {'+4530000001': {name: Ada}, '+4530000002': {name: Bo}, '+4530000003': {name: Cy}}\n"
NOBODY = 'version: 1\nmain_numbers: {"+14155551234": {incoming_call_config: {type: RejectConfig, message: Bye}}}\n'


def name_of_sales(ringform: Ringform) -> str:
    assert ringform.sandbox
    return ringform.sandbox.account.main_numbers[SALES].name


def test_a_saved_plan_is_applied_unless_the_account_has_moved(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(RENAMED)
    ringform("plan", "--out", "plan.json")
    ringform.sandbox.account.edit_main_number(SALES, name="Dashboard")
    stale = ringform("apply", "--plan", "plan.json", "--yes")
    assert (stale.code, ringform.writes) == (3, [])
    ringform.sandbox.account.edit_main_number(SALES, name="Sales")
    applied = ringform("apply", "--plan", "plan.json", "--yes")
    assert (applied.code, name_of_sales(ringform)) == (0, "Sales Europe")
    line = "ringform apply --plan plan.json --yes"
    golden("apply-saved-plan", (line, stale), (line, applied))


def test_a_plan_can_be_approved_by_its_digest(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    digest = ringform("plan", "--digest").out.strip()
    ringform.write(RENAMED.replace("Sales Europe", "Sales Africa"))
    other = ringform("apply", "--yes", "--expect-digest", digest)
    assert (other.code, ringform.writes) == (3, [])
    ringform.write(RENAMED)
    approved = ringform("apply", "--yes", "--expect-digest", digest)
    assert approved.code == 0
    golden("apply-other-digest", ("ringform apply --yes --expect-digest DIGEST", other))


def test_plan_stands_alone(ringform: Ringform) -> None:
    ended = ringform("apply", "--plan", "plan.json", "ringform.yaml")
    assert ended.code == 64
    unknown = ringform("apply", "--allow", "no-such")
    assert unknown.code in (1, 64)


def test_a_guardrail_is_passed_by_name_or_by_answer_only(ringform: Ringform) -> None:
    ringform.write(NOBODY)
    refused = ringform("apply", "--yes")
    assert (refused.code, ringform.writes) == (3, [])
    golden("apply-guardrail", ("ringform apply --yes", refused))
    terminal = ringform.on_terminal("apply")
    terminal.wait_for("really mean it? [y/N]: ")
    terminal.type("n\n")
    assert terminal.end().code == 3
    assert ringform.writes == []
    names = [each["name"] for each in json.loads(ringform("plan", "--format", "json").out)["guardrails"]]
    assert names
    allowed = ringform("apply", "--yes", *(part for name in names for part in ("--allow", name)))
    assert (allowed.code, len(ringform.writes)) == (0, 1)


def test_a_plan_that_an_apply_would_refuse_has_its_own_exit_code(ringform: Ringform) -> None:
    failing = '{name: never, call: {to: "+14155551234", at: mon 10:00}, expect: {plays: What nobody says}}'
    ringform.write(NOBODY + f"tests: [{failing}]\n")
    plan = ("plan", "--detailed-exitcode")
    allow = ("--allow", "reject-in-opening-hours")
    both = (*allow, "--allow", "failing-tests")
    steps = [(("ringform", *line), ringform(*line)) for line in ((*plan,), (*plan, *allow), (*plan, *both))]
    assert [ended.code for _, ended in steps] == [3, 3, 2]
    assert ringform("apply", "--yes", *allow).code == 3
    assert ringform("plan").code == 0, "only --detailed-exitcode asks for it"
    assert ringform("plan", "--allow", "rejects").code == 64
    assert ringform(*plan, "--digest").code == 3
    golden("plan-refused", *((" ".join(line), ended) for line, ended in steps))
    assert ringform("apply", "--yes", *both).code == 0
    assert ringform(*plan).code == 0, "where nothing is to be done, nothing stands in the way"


def test_the_guardrails_are_listed(offline: Ringform) -> None:
    ended = offline("guardrails")
    assert ended.code == 0
    golden("guardrails", ("ringform guardrails", ended))


def test_an_apply_is_in_the_history_and_can_be_taken_back(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    nothing = ringform("undo")
    assert nothing.code == 1
    empty = ringform("history")
    assert ringform("apply", "--yes").code == 0
    one = ringform("history")
    asked = ringform("undo")
    assert (asked.code, name_of_sales(ringform)) == (3, "Sales Europe")
    undone = ringform("undo", "--yes")
    assert (undone.code, name_of_sales(ringform)) == (0, "Sales")
    golden(
        "undo",
        ("ringform undo", nothing),
        ("ringform history", empty),
        ("ringform history", one),
        ("ringform undo", asked),
        ("ringform undo --yes", undone),
    )
    as_json = ringform("history", "--format", "json")
    assert [each["calls"] for each in json.loads(as_json.out)["applies"]] == [2, 2]


def test_undo_says_which_apply_it_takes_back_and_that_the_manifest_still_asks_for_it(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(MIXED)
    assert ringform("apply", "--yes", "--parallelism", "1").code == 0
    ringform.write(MIXED.replace("Sales Europe", "Refused"))
    ringform.sandbox.faults.script(Fault.invalid({"name": ["is already taken"]}), method="PATCH")
    assert ringform("apply", "--yes").code == 1
    undone = ringform("undo", "--yes")
    assert (undone.code, name_of_sales(ringform)) == (0, "Sales")
    golden("undo-says-which", ("ringform undo --yes", undone))
    assert all(len(line) <= 80 for line in undone.err.partition("The journal")[0].splitlines())


def test_undo_without_an_apply_that_changed_anything(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(RENAMED)
    for _ in range(2):
        ringform.sandbox.faults.script(Fault.invalid({"name": ["is already taken"]}), method="PATCH", times=2)
        assert ringform("apply", "--yes").code == 1
    nothing = ringform("undo", "--yes")
    assert "(which changed nothing).\n" in nothing.err
    assert "has nothing to put back" in nothing.err
    assert "manifest" not in nothing.err
    assert ringform("apply", "--yes").code == 0
    for _ in range(2):
        ringform.sandbox.faults.script(Fault.error(403, "Forbidden"), method="PATCH", times=2)
        ringform.write(RENAMED.replace("Sales Europe", "Refused"))
        assert ringform("apply", "--yes").code == 1
    assert "(2 main numbers changed).\nThe 2 after it changed nothing.\n" in ringform("undo").err


def test_debug_shows_requests_and_no_key(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    ended = ringform("plan", "--debug", "--parallelism", "1")
    assert ended.code == 0
    assert [line.partition(" ->")[0] for line in plain(ended.err).splitlines()] == ringform.requests
