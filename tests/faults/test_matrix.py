"""Everything that can go wrong, at every call of a plan that has every kind of call."""

from __future__ import annotations

import _thread
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from support import model, twelve
from support.relay import Relay
from support.sandboxes import Impatient, Site
from support.truth import check_nothing_else_changed, check_statuses, ends_of

import ringform
from ringform.core.change import Call
from ringform.core.outcome import Outcome, Status
from ringform.core.plan import Plan
from ringform.engine.connection import Connection
from ringform.engine.events import CallStarted, Event, Waiting
from ringform.engine.journaling import JournalWriter, read_journal
from ringform.providers import http
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import SUPPORT

_numbers = itertools.count()


@dataclass(frozen=True)
class Trouble:
    """What happens to one call, and how it may end. ``times`` is how often in a row."""

    fault: Fault
    ends: frozenset[Status]
    times: int = 1
    seconds: float = 5.0


DONE, FAILED, UNKNOWN = Status.DONE, Status.FAILED, Status.UNKNOWN
TROUBLES = {
    "dropped before": Trouble(Fault(drop="before"), frozenset({DONE})),
    "dropped midway": Trouble(Fault(drop="midway"), frozenset({DONE})),
    "dropped after": Trouble(Fault(drop="after"), frozenset({DONE})),
    "429": Trouble(Fault.too_many_requests(), frozenset({DONE})),
    "429 with a time": Trouble(Fault.too_many_requests(0), frozenset({DONE})),
    "429 for too long": Trouble(Fault.too_many_requests(4000), frozenset({FAILED})),
    "500": Trouble(Fault.error(500), frozenset({DONE})),
    "503": Trouble(Fault.error(503), frozenset({DONE})),
    "500 with effect": Trouble(Fault.error(500, effect=True), frozenset({DONE})),
    "422": Trouble(Fault.invalid({"name": ["is refused"]}), frozenset({FAILED})),
    "422 again and again": Trouble(Fault.invalid({"name": ["is refused"]}), frozenset({FAILED}), times=9),
    "404": Trouble(Fault.error(404), frozenset({FAILED, DONE})),
    "403": Trouble(Fault.error(403), frozenset({FAILED})),
    "HTML": Trouble(Fault.html(200), frozenset({DONE, UNKNOWN})),
    "HTML error": Trouble(Fault.html(502), frozenset({DONE})),
    "truncated": Trouble(Fault.truncated(), frozenset({DONE, UNKNOWN})),
    "other JSON": Trouble(Fault(Answer.json(200, {"id": 7}), effect=True), frozenset({DONE, UNKNOWN})),
    "slow": Trouble(Fault(delay=0.5), frozenset({DONE}), seconds=0.25),
    "500 for ever": Trouble(Fault.error(500), frozenset({UNKNOWN}), times=99),
    "dropped after, for ever": Trouble(Fault(drop="after"), frozenset({UNKNOWN, DONE}), times=99),
}


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_WAIT_UNASKED", 0.05)
    monkeypatch.setattr(http, "_LEAST_WAIT", 0.05)


def strike(here: Site, call: Call, fault: Fault, times: int = 1) -> None:
    """Let the fault befall this call, whenever it comes. Of several creates it is the first that comes."""
    here.sandbox.faults.script(fault, method=call.method, path=f"{call.path}$", times=times)


@contextmanager
def run(here: Site, connection: Connection | None = None, index: int | None = None) -> Iterator[tuple[Plan, list[Outcome]]]:
    """Plan; in the body something is set up and the plan applied; then the account is held against the report."""
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    assert len(plan.calls) == twelve.CALLS
    before = here.state()
    here.sandbox.recorder.clear()
    outcomes: list[Outcome] = []
    yield plan, outcomes
    [outcome] = outcomes
    try:
        check_statuses(ends_of(outcome), before, here.state(), here.requests)
        check_nothing_else_changed(plan, before, here.state())
        here.sandbox.faults.clear()
        again = here.plan(twelve.DOCUMENT)
        assert here.apply(again).is_complete
        check_nothing_else_changed(plan, before, here.state())
        assert here.plan(twelve.DOCUMENT).is_empty
        assert model.contacts(here.state()) == model.Goal(before, twelve.CONTACTS).contacts
    except AssertionError as error:
        error.add_note(f"call {index}: {plan.calls[index] if index is not None else ''}")
        raise


def apply(here: Site, plan: Plan, connection: Connection) -> Outcome:
    """With a journal, which must tell the same as the outcome."""
    path = here.folder / f"journal-{next(_numbers)}.jsonl"
    with JournalWriter(path, plan, connection) as journal:
        outcome = ringform.apply(plan, connection, journal=journal)
    noted = {(each.method, each.path, str(each.address)): each.status for each in read_journal(path).entries}
    for result in outcome.results:
        key = (result.call.method, result.call.path, str(result.change.address))
        assert noted.get(key, Status.NOT_ATTEMPTED) is result.status
    return outcome


@pytest.mark.parametrize("parallelism", [1, 4])
@pytest.mark.parametrize("name", TROUBLES)
def test_one_fault_at_any_call(here: Site, name: str, parallelism: int) -> None:
    trouble = TROUBLES[name]
    for index in range(twelve.CALLS):
        connection = here.connection(parallelism=parallelism, request_seconds=trouble.seconds)
        with run(here, connection, index) as (plan, outcomes):
            strike(here, plan.calls[index], trouble.fault, trouble.times)
            outcomes.append(apply(here, plan, connection))
            assert here.sandbox.faults.pending == (1 if trouble.times > 1 else 0)
            if trouble.fault.delay:
                time.sleep(trouble.fault.delay)  # the effect comes when nobody waits for it any more
            if parallelism == 1:
                assert outcomes[0].results[index].status in trouble.ends, outcomes[0].results[index]


def test_a_refused_connection_at_any_call(here: Site) -> None:
    with Relay(here.sandbox.url) as relay:
        for index in range(twelve.CALLS):
            count = itertools.count()

            def listen(event: Event, count: Iterator[int] = count, index: int = index) -> None:
                if isinstance(event, CallStarted) and next(count) == index:
                    relay.refuse()
                if isinstance(event, Waiting):
                    relay.accept()

            connection = here.connection(parallelism=1, listener=listen)
            connection = replace(connection, endpoint=replace(connection.endpoint, base_url=relay.url))
            with run(here, connection, index) as (plan, outcomes):
                outcomes.append(apply(here, plan, connection))
                assert outcomes[0].is_complete


def test_connections_that_are_refused_for_good_end_it(here: Site) -> None:
    with Relay(here.sandbox.url) as relay:
        for index in (0, 3, 9, 14):
            count = itertools.count()

            def listen(event: Event, count: Iterator[int] = count, index: int = index) -> None:
                if isinstance(event, CallStarted) and next(count) == index:
                    relay.refuse()

            connection = here.connection(parallelism=1, listener=listen)
            connection = replace(connection, endpoint=replace(connection.endpoint, base_url=relay.url))
            with run(here, connection, index) as (plan, outcomes):
                outcomes.append(apply(here, plan, connection))
                relay.accept()
                assert [each.status for each in outcomes[0].results] == (
                    [DONE] * index + [Status.NOT_ATTEMPTED] * (twelve.CALLS - index)
                )


@pytest.mark.parametrize("fault", [Fault.error(500), Fault.invalid({"name": ["no"]}), Fault.too_many_requests(0)])
def test_what_befalls_one_number_for_good_keeps_no_other_from_its_changes(here: Site, fault: Fault) -> None:
    connection = here.connection(total_seconds=0.3)
    with run(here, connection) as (plan, outcomes):
        here.sandbox.faults.script(fault, path=SUPPORT, times=None)
        outcomes.append(apply(here, plan, connection))
        others = [each.status for each in outcomes[0].results if SUPPORT not in each.call.path]
        if fault.answer and isinstance(fault.answer, Answer) and fault.answer.status != 429:
            assert set(others) == {DONE}
        here.sandbox.faults.clear()


@pytest.mark.parametrize("parallelism", [1, 4])
@pytest.mark.parametrize("trouble", [Fault(), Fault(drop="after"), Fault.error(500), Fault.too_many_requests(30)])
def test_an_interrupt_at_any_call(here: Site, trouble: Fault, parallelism: int) -> None:
    """Pressed once while a call is under way: that one is finished, not repeated, and nothing is started."""
    for index in range(twelve.CALLS):
        connection = here.connection(parallelism=parallelism, stop=threading.Event())
        with run(here, connection, index) as (plan, outcomes):
            call = plan.calls[index]
            strike(here, call, replace(trouble, delay=0.1), 1)
            sent: list[int] = []

            def press(sent: list[int] = sent) -> None:
                while here.sandbox.faults.pending:
                    time.sleep(0.005)
                sent.append(len(here.writes))
                _thread.interrupt_main()

            threading.Thread(target=press, daemon=True).start()
            outcomes.append(apply(here, plan, connection))
            assert outcomes[0].was_interrupted
            assert len(here.writes) <= sent[0] + parallelism
            if parallelism == 1:
                statuses = [each.status for each in outcomes[0].results]
                assert statuses[:index] == [DONE] * index
                assert set(statuses[index + 1 :]) <= {Status.NOT_ATTEMPTED}
                assert len(here.writes) == index + 1


def test_two_interrupts_stop_at_once(here: Site) -> None:
    for index in range(0, twelve.CALLS, 3):
        connection = here.connection(parallelism=2, stop=threading.Event())
        with run(here, connection, index) as (plan, outcomes):
            strike(here, plan.calls[index], Fault(delay=0.7))

            def press() -> None:
                while here.sandbox.faults.pending:
                    time.sleep(0.005)
                for _ in range(2):
                    _thread.interrupt_main()
                    time.sleep(0.1)

            threading.Thread(target=press, daemon=True).start()
            started = time.monotonic()
            outcome = apply(here, plan, connection)
            assert time.monotonic() - started < 0.65 + index * 0.05
            assert outcome.results[index].status is UNKNOWN or plan.calls[index].method == "POST"
            assert outcome.count(UNKNOWN) == 1
            outcomes.append(outcome)
            time.sleep(0.8)


def test_the_waits_are_no_hot_loop(here: Site) -> None:
    """An interrupt while everybody waits for the account ends the waits, and sends nothing more."""
    stop = Impatient()
    connection = here.connection(parallelism=4, stop=stop)
    with run(here, connection) as (plan, outcomes):
        here.sandbox.faults.script(Fault.error(503), times=None)
        stop.set()
        outcomes.append(apply(here, plan, connection))
        assert here.writes == []
        assert len(stop.waits) < 20


def test_the_manifest_of_the_matrix_is_worth_its_name(here: Site, tmp_path: Path) -> None:
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    kinds = {f"{call.method} {call.path.rpartition('/')[2] if call.method == 'PUT' else ''}" for call in plan.calls}
    assert kinds == {
        "PATCH ",
        "POST ",
        "DELETE ",
        "PUT incoming_call_config",
        "PUT outside_opening_hours_config",
        "PUT no_answer_config",
    }
    assert any(change.previous for change in plan.changes)
    assert not plan.guardrails
