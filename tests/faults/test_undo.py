"""The way back from an apply, whole, partial or cut off."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import model, strategies, twelve
from support.sandboxes import Site, State

from ringform.execution.connection import by_provider
from ringform.execution.executor import apply_plan
from ringform.execution.journal_files import read_journal
from ringform.execution.journaling import JournalWriter
from ringform.execution.reader import observe
from ringform.model.diagnostic import Diagnostic
from ringform.model.journal import Journal
from ringform.model.outcome import Outcome, Status
from ringform.model.plan import ManifestId, Plan
from ringform.planning import undo
from ringform.planning.planner import make_plan
from ringform.sandbox.faults import Answer, Fault

_numbers = itertools.count()
SALES = "+14155551234"


def applied(here: Site, plan: Plan) -> tuple[Journal, Outcome]:
    """Apply with a journal, guardrails allowed."""
    path = here.folder / f"undo-{next(_numbers)}.jsonl"
    connection = here.connection()
    with JournalWriter(path, plan, by_provider(connection)) as journal:
        outcome = apply_plan(plan, connection, journal=journal)
    return read_journal(path), outcome


def revert(here: Site, journal: Journal, *, force: bool = False) -> tuple[Plan, list[Diagnostic]]:
    connection = here.connection()
    live = observe(connection, undo.scope(journal))
    desired, found = undo.revert(journal, live, force=force, kinds=connection.provider.kinds)
    return make_plan(desired, live, connection.provider, ManifestId((journal.name,), "sha256:0")), found


def undone(here: Site, journal: Journal, *, force: bool = False) -> tuple[Journal, list[str]]:
    """Undo; the undo's own journal, and what was said of it."""
    plan, found = revert(here, journal, force=force)
    back, outcome = applied(here, plan)
    assert outcome.is_complete, outcome.results
    return back, [diagnostic.summary for diagnostic in (*found, *plan.diagnostics)]


def meaning(state: State) -> tuple[dict[str, Any], dict[str, Any]]:
    """Everything in the account but ids and times."""
    return model.numbers(state), model.contacts(state)


def check_there_and_back(here: Site, data: st.DataObject) -> None:
    """Undo gives the account back; undo of the undo gives the applied one back."""
    account = data.draw(strategies.accounts())
    here.hold(account)
    document = data.draw(strategies.manifests(account))
    before = meaning(here.state())
    journal, outcome = applied(here, here.plan(document))
    assert outcome.is_complete
    after = meaning(here.state())
    back, _ = undone(here, journal)
    assert meaning(here.state()) == before
    forth, _ = undone(here, back)
    assert meaning(here.state()) == after
    undone(here, forth)
    assert meaning(here.state()) == before


def check_the_way_back_from_a_part(here: Site, data: st.DataObject) -> None:
    """Whatever part of an apply took effect, unclear calls included, its undo takes back."""
    account = data.draw(strategies.accounts())
    here.hold(account)
    document = data.draw(strategies.manifests(account))
    before = meaning(here.state())
    plan = here.plan(document)
    here.sandbox.recorder.clear()
    for at in data.draw(st.lists(st.integers(1, 8), unique=True, max_size=4)):
        here.sandbox.faults.script(data.draw(st.sampled_from(FAULTS)), at=at, times=data.draw(st.sampled_from([1, 9])))
    journal, _ = applied(here, plan)
    here.sandbox.faults.clear()
    undone(here, journal)
    assert meaning(here.state()) == before


FAULTS = [
    Fault.error(500),
    Fault.error(500, effect=True),
    Fault(drop="after"),
    Fault.truncated(),
    Fault.error(403),
    Fault.html(200),
    Fault(Answer.json(200, {"id": 1}), effect=True),
]
CHECKS = [check_there_and_back, check_the_way_back_from_a_part]


def explore(check: Callable[[Site, st.DataObject], None], here: Site, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        check(here, data)

    run()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_way_back(here: Site, check: Callable[[Site, st.DataObject], None]) -> None:
    explore(check, here, 10)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_way_back_explored_for_long(here: Site, check: Callable[[Site, st.DataObject], None]) -> None:
    explore(check, here, 150)


def prepared(here: Site, contacts: Mapping[str, Any]) -> Journal:
    """The account of the matrix, after an apply of a few contacts."""
    here.hold(twelve.account())
    journal, outcome = applied(here, here.plan({"version": 1, "contacts": contacts}))
    assert outcome.is_complete
    return journal


def edit(here: Site, number: str, **changes: Any) -> None:
    """Somebody changes a contact in the dashboard; without changes it is deleted."""
    account = here.sandbox.account
    with account.changing():
        [contact] = [each for each in account.contacts.values() if each.phone == number]
        if not changes:
            del account.contacts[contact.id]
        for name, value in changes.items():
            setattr(contact, name, value)


def contact(here: Site, phone: str) -> dict[str, Any] | None:
    return model.contacts(here.state()).get(phone)


P0, P1, P2, P3 = twelve.PHONES[:4]
NEW = "+4530000001"


def test_a_deleted_contact_comes_back_with_all_its_fields_and_a_new_id(here: Site) -> None:
    here.hold(twelve.account())
    edit(here, P1, email="one@example.com", note="Two\nlines")
    before = next(each for each in here.state()["contacts"] if each["phone"] == P1)
    journal, _ = applied(here, here.plan({"version": 1, "contacts": {P1: {"absent": True}}}))
    _, told = undone(here, journal)
    after = next(each for each in here.state()["contacts"] if each["phone"] == P1)
    assert {name: after[name] for name in model.TEXTS} == {name: before[name] for name in model.TEXTS}
    assert after["id"] != before["id"]
    assert told == [f"{P1} comes back with all its fields and a new id"]


def test_a_rename_goes_back_and_keeps_the_id(here: Site) -> None:
    journal = prepared(here, {NEW: {"was": P2, "name": "Moved"}})
    ids = {each["id"] for each in here.state()["contacts"]}
    _, told = undone(here, journal)
    assert told == []
    assert contact(here, P2) == model.contact({"name": "Person 2", "company_name": "ApS", "email": "", "note": ""})
    assert contact(here, NEW) is None
    assert {each["id"] for each in here.state()["contacts"]} == ids


def test_what_took_the_place_of_a_renamed_one_becomes_it_again(here: Site) -> None:
    here.hold(twelve.account())
    before = meaning(here.state())
    journal = prepared(here, {NEW: {"was": P2}, P2: {"name": "New"}})
    _, told = undone(here, journal)
    assert meaning(here.state()) == before
    assert told == [f"{P2} comes back with all its fields and a new id"]


def test_a_chain_of_renames_with_a_new_one_at_its_end_goes_back(here: Site) -> None:
    here.hold(twelve.account())
    before = meaning(here.state())
    journal = prepared(here, {NEW: {"was": P2, "note": "a"}, P2: {"was": P3, "note": "b"}, P3: {"name": "New"}})
    undone(here, journal)
    assert meaning(here.state()) == before


def test_a_field_that_moved_on_is_left_and_told_of(here: Site) -> None:
    journal = prepared(here, {P0: {"name": "Ours", "note": "Ours"}})
    edit(here, P0, note="Theirs", email="their@example.com")
    _, told = undone(here, journal)
    assert told == [f"Person 0 ({P0}) is left as it is: note changed since"]
    after = contact(here, P0)
    assert after is not None
    assert (after["name"], after["note"], after["email"]) == ("Person 0", "Theirs", "their@example.com")


def test_force_takes_a_field_back_that_moved_on_and_no_other(here: Site) -> None:
    journal = prepared(here, {P0: {"name": "Ours", "note": "Ours"}})
    edit(here, P0, note="Theirs", email="their@example.com")
    _, told = undone(here, journal, force=True)
    assert told == []
    after = contact(here, P0)
    assert after is not None
    assert (after["name"], after["note"], after["email"]) == ("Person 0", None, "their@example.com")


def test_a_setting_of_a_number_that_moved_on_is_left(here: Site) -> None:
    here.hold(twelve.account())
    entry = {"name": "Ours", "no_answer_timeout_secs": 50}
    journal, _ = applied(here, here.plan({"version": 1, "main_numbers": {SALES: entry}}))
    here.sandbox.account.edit_main_number(SALES, no_answer_timeout_secs=10)
    _, told = undone(here, journal)
    assert told == [f"Sales ({SALES}) is left as it is: no_answer_timeout_secs changed since"]
    number = model.numbers(here.state())[SALES]
    assert (number["name"], number["no_answer_timeout_secs"]) == ("Sales", 10)


@pytest.mark.parametrize("force", [False, True])
def test_what_a_call_only_sent_along_is_not_the_applys_to_take_back(here: Site, force: bool) -> None:
    """The timer cannot be set without the config beside it."""
    here.hold(twelve.account())
    journal, _ = applied(here, here.plan({"version": 1, "main_numbers": {SALES: {"no_answer_timeout_secs": 50}}}))
    here.sandbox.account.edit_main_number(SALES, no_answer_config=None)
    _, told = undone(here, journal, force=force)
    number = model.numbers(here.state())[SALES]
    assert (told, number["no_answer_config"], number["no_answer_timeout_secs"]) == ([], None, 30)


def test_a_contact_that_was_made_and_changed_since_is_left(here: Site) -> None:
    journal = prepared(here, {NEW: {"name": "Ours"}})
    edit(here, NEW, note="Theirs")
    _, told = undone(here, journal)
    assert told == [f"Ours ({NEW}) is left as it is: the apply created it, and it has changed since"]
    undone(here, journal, force=True)
    assert contact(here, NEW) is None


def test_a_deleted_contact_that_somebody_made_anew_is_left(here: Site) -> None:
    journal = prepared(here, {P1: {"absent": True}})
    applied(here, here.plan({"version": 1, "contacts": {P1: {"name": "Theirs"}}}))
    plan, [told] = revert(here, journal)
    assert plan.is_empty
    assert told.summary == f"Person 1 ({P1}) is left as it is: the apply deleted it, and it exists again"
    undone(here, journal, force=True)
    assert contact(here, P1) == model.contact({"name": "Person 1", "company_name": "ApS", "email": "", "note": ""})


@pytest.mark.parametrize("force", [False, True])
def test_a_former_number_that_somebody_else_has_by_now_is_not_touched(here: Site, force: bool) -> None:
    journal = prepared(here, {NEW: {"was": P2, "name": "Moved"}})
    applied(here, here.plan({"version": 1, "contacts": {P2: {"name": "Theirs"}}}))
    before = here.state()
    plan, [told] = revert(here, journal, force=force)
    assert plan.is_empty
    assert told.summary == f"Person 2 ({NEW}) is left as it is: {P2} now belongs to another object"
    assert here.state() == before


def test_one_that_is_gone_is_told_of(here: Site) -> None:
    journal = prepared(here, {P0: {"name": "Ours"}})
    edit(here, P0)
    plan, [told] = revert(here, journal)
    assert plan.is_empty
    assert told.summary == f"Person 0 ({P0}) is left as it is: it has been deleted"


@pytest.mark.parametrize("force", [False, True])
def test_a_call_that_was_refused_is_nothing_to_take_back(here: Site, force: bool) -> None:
    """Not even with force: what somebody does to that object afterwards is no business of the undo."""
    here.hold(twelve.account())
    plan = here.plan({"version": 1, "contacts": {P0: {"note": "Ours"}}})
    here.sandbox.faults.script(Fault.invalid({"note": ["no"]}), method="PATCH")
    journal, _ = applied(here, plan)
    assert [entry.status for entry in journal.entries] == [Status.FAILED]
    edit(here, P0, note="Theirs")
    back, found = revert(here, journal, force=force)
    assert (back.is_empty, found) == (True, [])


def test_what_the_account_stored_instead_is_taken_back(here: Site) -> None:
    here.hold(twelve.account())
    plan = here.plan({"version": 1, "contacts": {P0: {"note": "  Ours  "}}})
    here.sandbox.faults.script(Fault(stores=lambda body: {"note": body["note"].strip()}), method="PATCH")
    journal, outcome = applied(here, plan)
    assert [result.status for result in outcome.results] == [Status.FAILED]
    _, told = undone(here, journal)
    after = contact(here, P0)
    assert told == []
    assert after is not None
    assert after["note"] is None


def test_somebody_elses_contact_in_the_place_of_a_lost_create_is_not_adopted(here: Site) -> None:
    """The answer is lost, and in that very moment another contact with that number comes about."""
    here.hold(twelve.account())
    plan = here.plan({"version": 1, "contacts": {NEW: {"name": "Ours"}}})
    here.sandbox.faults.script(Fault(stores=lambda body: {**body, "name": "Theirs"}, answer=Answer(502)), method="POST")
    here.sandbox.faults.script(
        Fault(stores=lambda body: {**body, "name": "Theirs"}, answer=Answer(502), effect=True), method="POST"
    )
    journal, outcome = applied(here, plan)
    [result] = outcome.results
    assert result.status is Status.UNKNOWN
    assert result.diagnostic is not None
    assert result.diagnostic.code == "stored-otherwise"
    back, [told] = revert(here, journal)
    assert back.is_empty
    assert "changed since" in told.summary


def test_an_apply_that_was_cut_off_is_undone_from_the_part_of_its_journal(here: Site) -> None:
    """The journal is cut after every line: an intent without a result is a call that may have worked."""
    here.hold(twelve.account())
    before = meaning(here.state())
    path = here.folder / f"cut-{next(_numbers)}.jsonl"
    connection = here.connection(parallelism=1)
    plan = here.plan({**twelve.DOCUMENT, "main_numbers": {SALES: twelve.DOCUMENT["main_numbers"][SALES]}})
    states = [here.state()]
    with JournalWriter(path, plan, by_provider(connection)) as journal:
        for change in plan.changes:
            for call in change.calls:
                number = journal.intent(change, call)
                with connection.client() as client:
                    client.send(call.method, call.path, body=call.body)
                states.append(here.state())
                journal.result(number, Status.DONE, None)
    records = path.read_bytes().splitlines(keepends=True)
    for kept in range(1, len(records)):
        for torn in (b"", records[kept][: len(records[kept]) // 2])[: 1 + (kept == 4)]:
            path.write_bytes(b"".join(records[:kept]) + torn)
            cut = read_journal(path)
            assert cut.was_cut_off
            for state in {id(each): each for each in (states[(kept - 1) // 2], states[kept // 2])}.values():
                _restore(here, state)
                undone(here, cut)
                assert meaning(here.state()) == before, kept


def _restore(here: Site, state: State) -> None:
    from ringform.sandbox.phone_inc.account import Account

    here.hold(Account.from_state(state))
