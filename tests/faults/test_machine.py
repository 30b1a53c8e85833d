"""Whatever is done in whatever order: edits in the dashboard, new manifests, applies that fail, undo."""

from __future__ import annotations

import itertools
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from support import model, strategies
from support.sandboxes import Site, State
from support.truth import check_nothing_else_changed, check_statuses, ends_of

from ringform.execution.connection import by_provider
from ringform.execution.executor import apply_plan
from ringform.execution.journal_files import read_journal
from ringform.execution.journaling import JournalWriter
from ringform.execution.reader import observe
from ringform.model.outcome import Outcome
from ringform.model.plan import LEFT_AS_IT_IS, ManifestId, Plan
from ringform.planning import undo
from ringform.planning.planner import make_plan
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.account import Contact

_numbers = itertools.count()

FAULTS = [
    Fault.error(500),
    Fault.error(503, effect=True),
    Fault(drop="before"),
    Fault(drop="midway"),
    Fault(drop="after"),
    Fault.too_many_requests(0),
    Fault.too_many_requests(5000),
    Fault.invalid({"name": ["is refused"]}),
    Fault.error(403),
    Fault.html(200),
    Fault.truncated(),
    Fault(Answer.json(200, {}), effect=True),
]
troubles = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from(FAULTS), st.sampled_from([1, 1, 1, 3, 20])), max_size=4
)


class Office(RuleBasedStateMachine):
    """One account, its manifest, and everybody who works on the two."""

    here: Site

    def __init__(self) -> None:
        super().__init__()
        self.document: strategies.Document = {"version": 1, "contacts": {}}
        self.last: tuple[Path, State, State] | None = None
        """The journal of the last apply, and the account before and after it."""
        self.is_as_applied = False

    @initialize(account=strategies.accounts())
    def open(self, account: Any) -> None:
        self.here.hold(account)
        self.constant = {name: self.here.state()[name] for name in ("employees", "calls")}

    @rule(data=st.data())
    def write_a_manifest(self, data: st.DataObject) -> None:
        document = data.draw(strategies.manifests(deepcopy_of(self.here)))
        # The numbers that the strategy takes for free may have come into use since.
        entries = {phone: entry for phone, entry in document["contacts"].items() if entry.get("was") != phone}
        self.document = {**document, "contacts": entries}

    @rule(data=st.data())
    def edit_a_number(self, data: st.DataObject) -> None:
        account = self.here.sandbox.account
        number = data.draw(st.sampled_from([each.number for each in account.main_numbers.values()]))
        values = strategies.settings(list(account.employees))
        name = data.draw(st.sampled_from(sorted(values)))
        account.edit_main_number(number, **{name: data.draw(values[name])})
        self.is_as_applied = False

    @rule(phone=st.sampled_from([*strategies.PHONES, *strategies.FREE_PHONES]), fields=strategies.contact_fields)
    def edit_a_contact(self, phone: str, fields: dict[str, Any]) -> None:
        """One that is not there yet comes; one that is there gets these fields or, without any, goes."""
        account = self.here.sandbox.account
        there = next((each for each in account.contacts.values() if each.phone == phone), None)
        with account.changing():
            if there is None:
                at = account.now()
                blank: dict[str, Any] = dict.fromkeys(model.TEXTS)
                id_ = account.counters.new_contact_id()
                account.contacts[id_] = Contact(
                    id=id_, phone=phone, created_at=at, updated_at=at, **{**blank, **fields}
                )
            elif not fields:
                del account.contacts[there.id]
            else:
                for name, value in fields.items():
                    setattr(there, name, value)
        self.is_as_applied = False

    @rule(troubles=troubles)
    def apply(self, troubles: list[tuple[int, Fault, int]]) -> None:
        """The report is true, and nothing but what the plan is about has changed."""
        plan = self._plan()
        if plan is None or plan.is_empty:
            return
        self._apply(plan, troubles)

    @precondition(lambda self: "main_numbers" in self.document)
    @rule(troubles=troubles)
    def apply_until_it_is_done(self, troubles: list[tuple[int, Fault, int]]) -> None:
        """Whatever went wrong, planning and applying again comes to what the manifest says."""
        plan = self._plan()
        if plan is None:
            return
        goal = model.Goal(self.here.state(), self.document)
        live, entries = model.contacts(self.here.state()), self.document["contacts"]
        # Where both a contact and what it was are there nothing is renamed: the model knows nothing of that.
        is_modelled = not any(phone in live and entry.get("was") in live for phone, entry in entries.items())
        self._apply(plan, troubles)
        again = self._plan()
        assert again is not None
        assert self._apply(again, []).is_complete
        after = self.here.state()
        assert model.numbers(after) == goal.numbers
        assert model.contacts(after) == goal.contacts or not is_modelled
        last = self._plan()
        assert last is not None
        assert last.is_empty

    @precondition(lambda self: self.last is not None)
    @rule(force=st.booleans())
    def undo(self, force: bool) -> None:
        """Undo touches nothing that the apply did not change; and if nobody was there since, it restores all."""
        assert self.last is not None
        path, before, after = self.last
        journal = read_journal(path)
        now = self.here.state()
        connection = self.here.connection()
        live = observe(connection, undo.scope(journal))
        desired, found = undo.revert(journal, live, force=force, kinds=connection.provider.kinds)
        plan = make_plan(desired, live, connection.provider, ManifestId((), "sha256:0"))
        was_as_applied = self.is_as_applied
        assert self._apply(plan, []).is_complete
        then = self.here.state()
        if was_as_applied:
            assert (model.numbers(then), model.contacts(then)) == (model.numbers(before), model.contacts(before))
            assert not [each for each in found if each.code == LEFT_AS_IT_IS]
        for read in (model.numbers, model.contacts):
            old, new, present, result = read(before), read(after), read(now), read(then)
            for key in {*old, *new, *present, *result}:
                if old.get(key) == new.get(key):
                    assert result.get(key) == present.get(key), key
        for key, fields in model.numbers(then).items():
            for name, value in fields.items():
                if model.numbers(before)[key][name] == model.numbers(after)[key][name]:
                    assert value == model.numbers(now)[key][name]

    @invariant()
    def nothing_is_there_twice_or_touched_that_nobody_manages(self) -> None:
        state = self.here.state()
        phones = [each["phone"] for each in state["contacts"]]
        assert len(phones) == len(set(phones))
        if hasattr(self, "constant"):
            assert {name: state[name] for name in self.constant} == self.constant

    def _plan(self) -> Plan | None:
        from ringform.model.diagnostic import RingformError

        try:
            return self.here.plan(self.document)
        except RingformError as error:
            # A dashboard can bring about what no order of calls can make: two that change numbers with each other.
            codes = {each.code for each in error.diagnostics if each.is_error}
            assert codes <= {"rename-cycle", "renamed-twice"}, codes
            return None

    def _apply(self, plan: Plan, troubles: list[tuple[int, Fault, int]]) -> Outcome:
        before = self.here.state()
        self.here.sandbox.recorder.clear()
        for at, fault, times in troubles:
            self.here.sandbox.faults.script(fault, at=at, times=times)
        path = self.here.folder / f"machine-{next(_numbers)}.jsonl"
        connection = self.here.connection(total_seconds=5.0)
        with JournalWriter(path, plan, by_provider(connection)) as journal:
            outcome = apply_plan(plan, connection, journal=journal)
        self.here.sandbox.faults.clear()
        after = self.here.state()
        check_statuses(ends_of(outcome), before, after, self.here.requests)
        check_nothing_else_changed(plan, before, after)
        if plan.calls:
            self.last, self.is_as_applied = (path, before, after), True
        return outcome


def deepcopy_of(here: Site) -> Any:
    from ringform.sandbox.phone_inc.account import Account

    return Account.from_state(deepcopy(here.state()))


def explore(here: Site, examples: int, steps: int) -> None:
    class Here(Office):
        pass

    Here.here = here
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_whatever_is_done_in_whatever_order(here: Site) -> None:
    explore(here, 8, 10)


@pytest.mark.slow
def test_whatever_is_done_in_whatever_order_for_long(here: Site) -> None:
    explore(here, 60, 40)
