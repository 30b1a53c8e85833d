"""Others at the same account: a second apply on this machine, and people in the dashboard."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from cli.harness import KEY, Ringform, finish
from support import twelve
from support.held import let_go, wait_until
from support.sandboxes import Site

from ringform.execution.executor import apply_plan
from ringform.manifest.writing import to_yaml
from ringform.model.outcome import Status
from ringform.model.plan import Plan
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.example import SALES, SUPPORT
from ringform.sandbox.server import Sandbox

MANIFEST = to_yaml({"version": 1, "main_numbers": {"+14155551234": {"name": "New"}}})


def wait_for_write(sandbox: Sandbox) -> None:
    wait_until(lambda: not sandbox.faults.pending)


def test_a_second_apply_to_the_account_is_refused(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(MANIFEST)
    answer = threading.Event()
    ringform.sandbox.faults.script(Fault(until=answer), method="PATCH")
    first = ringform.start("apply", "--yes")
    wait_for_write(ringform.sandbox)
    requests = len(ringform.requests)
    second = ringform("apply", "--yes")
    assert second.code == 3
    assert "error[locked]" in second.err
    assert len(ringform.requests) == requests
    with Sandbox(twelve.account(), key=KEY) as elsewhere:
        assert ringform("apply", "--yes", PHONE_INC_BASE_URL=elsewhere.url).code == 0, "another account is free"
    answer.set()
    assert finish(first).code == 0


def test_the_lock_of_one_that_was_killed_is_free(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(MANIFEST)
    answer = threading.Event()
    ringform.sandbox.faults.script(Fault(until=answer), method="PATCH")
    first = ringform.start("apply", "--yes")
    wait_for_write(ringform.sandbox)
    first.kill()
    first.communicate()
    let_go(ringform.sandbox, answer)
    assert ringform("apply", "--yes").code == 0


def prepared(here: Site, document: dict[str, Any]) -> Plan:
    here.hold(twelve.account())
    plan = here.plan({"version": 1, **document})
    here.sandbox.recorder.clear()
    return plan


def edit(here: Site, number: str, **changes: Any) -> None:
    account = here.sandbox.account
    with account.changing():
        [contact] = [each for each in account.contacts.values() if each.phone == number]
        if not changes:
            del account.contacts[contact.id]
        for name, value in changes.items():
            setattr(contact, name, value)


P0, P1, P2 = twelve.PHONES[:3]
NEW = "+4530000001"


def test_a_fresh_reading_is_not_read_again(here: Site) -> None:
    plan = prepared(here, twelve.DOCUMENT)
    assert apply_plan(plan, here.connection()).is_complete
    assert here.requests == here.writes


@pytest.mark.parametrize("is_old", [True, False], ids=["an old reading", "of another process"])
def test_what_was_read_a_while_ago_is_read_again_once(here: Site, is_old: bool) -> None:
    plan = prepared(here, twelve.DOCUMENT)
    assert plan.read_at is not None
    plan = replace(plan, read_at=plan.read_at - 60 if is_old else None)
    assert apply_plan(plan, here.connection()).is_complete
    assert len(here.requests) == len(here.writes) + len(plan.changes)


@pytest.mark.parametrize(
    ("document", "edits", "what"),
    [
        ({"contacts": {P0: {"note": "Ours"}}}, [(P0, {"name": "Theirs"})], "name changed"),
        ({"contacts": {P0: {"note": "Ours"}}}, [(P0, {"phone": NEW})], "it was deleted"),
        ({"contacts": {P0: {"note": "Ours"}}}, [(P0, {})], "it was deleted"),
        ({"contacts": {P0: {"absent": True}}}, [(P0, {"note": "Theirs"})], "note changed"),
        ({"contacts": {NEW: {"was": P0}}}, [(P0, {"note": "Theirs"})], "note changed"),
        ({"contacts": {NEW: {"name": "Ours"}}}, [(P1, {"phone": NEW})], "it was created"),
    ],
)
def test_a_contact_that_moved_is_left_alone_and_reported(
    here: Site, document: dict[str, Any], edits: list[tuple[str, dict[str, Any]]], what: str
) -> None:
    plan = prepared(here, document)
    for phone, changes in edits:
        edit(here, phone, **changes)
    before = here.state()
    outcome = apply_plan(plan, here.connection(), fresh_seconds=0)
    [result] = outcome.results
    assert result.status is Status.NOT_ATTEMPTED
    assert result.diagnostic is not None
    assert result.diagnostic.summary == f"left alone: {what} since the plan was made"
    assert outcome.skipped_some
    assert here.state() == before
    assert here.writes == []


def test_a_number_that_moved_is_left_alone_and_the_others_are_not(here: Site) -> None:
    plan = prepared(here, twelve.DOCUMENT)
    here.sandbox.account.edit_main_number(SALES, no_answer_timeout_secs=10)
    outcome = apply_plan(plan, here.connection(), fresh_seconds=0)
    for result in outcome.results:
        is_left = SALES in result.call.path
        assert result.status is (Status.NOT_ATTEMPTED if is_left else Status.DONE)
    assert not [each for each in here.writes if SALES in each.path]


def test_a_number_that_moves_between_its_own_calls_is_left_from_there_on(here: Site) -> None:
    plan = prepared(here, twelve.DOCUMENT)
    account = here.sandbox.account
    here.sandbox.faults.script(
        Fault(meanwhile=lambda: account.edit_main_number(SUPPORT, language="de")),
        path=f"{SUPPORT}/incoming_call_config$",
        method="PUT",
    )
    outcome = apply_plan(plan, here.connection(), fresh_seconds=0)
    statuses = [each.status for each in outcome.results if SUPPORT in each.call.path]
    assert statuses == [Status.DONE, Status.DONE, Status.NOT_ATTEMPTED, Status.NOT_ATTEMPTED]


@pytest.mark.slow
def test_what_was_left_alone_ends_with_4(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    terminal = ringform.on_terminal("apply")
    terminal.wait_for("Apply 1 change now")
    assert ringform.sandbox
    ringform.sandbox.account.edit_main_number(SALES, language="de")
    time.sleep(5.2)  # longer than a reading is good for
    terminal.type("y\n")
    ended = terminal.end()
    assert ended.code == 4
    assert "left alone: language changed since the plan was made" in ended.err
    assert ringform.writes == []


def test_two_applies_at_once_from_two_machines_come_to_one_of_the_two(here: Site) -> None:
    """The race that remains: each sees the account as it was. Nothing is doubled, and planning again converges."""
    first = prepared(here, {"contacts": {NEW: {"name": "First"}, P0: {"note": "First"}}})
    second = here.plan({"version": 1, "contacts": {NEW: {"name": "Second"}, P0: {"note": "Second"}}})
    assert apply_plan(first, here.connection()).is_complete
    outcome = apply_plan(second, here.connection())
    assert [each.status for each in outcome.results] == [Status.FAILED, Status.DONE]
    phones = [each["phone"] for each in here.state()["contacts"]]
    assert len(phones) == len(set(phones))
