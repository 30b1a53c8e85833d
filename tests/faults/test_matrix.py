"""Everything that can go wrong, at every call of a plan that has every kind of call."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from support import model, twelve
from support.held import let_go, press_while_held
from support.relay import Relay
from support.sandboxes import Impatient, Site
from support.truth import check_nothing_else_changed, check_statuses, ends_of

import ringform
from ringform.execution.connection import Connection, by_provider
from ringform.execution.events import CallStarted, Event, Waiting
from ringform.execution.journal_files import read_journal
from ringform.model.outcome import Outcome, Status
from ringform.model.plan import Plan
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import SUPPORT

_numbers = itertools.count()


@dataclass(frozen=True)
class Trouble:
    """What happens to one call, and how it may end. ``times`` is how often in a row; ``is_extra``: for long runs."""

    fault: Fault
    ends: frozenset[Status]
    times: int = 1
    seconds: float = 5.0
    is_extra: bool = False


DONE, FAILED, UNKNOWN = Status.DONE, Status.FAILED, Status.UNKNOWN
TROUBLES = {
    "dropped before": Trouble(Fault(drop="before"), frozenset({DONE})),
    "dropped midway": Trouble(Fault(drop="midway"), frozenset({DONE})),
    "dropped after": Trouble(Fault(drop="after"), frozenset({DONE})),
    "429": Trouble(Fault.too_many_requests(), frozenset({DONE}), is_extra=True),
    "429 with a time": Trouble(Fault.too_many_requests(0), frozenset({DONE})),
    "429 for too long": Trouble(Fault.too_many_requests(4000), frozenset({FAILED}), is_extra=True),
    "500": Trouble(Fault.error(500), frozenset({DONE})),
    "503": Trouble(Fault.error(503), frozenset({DONE}), is_extra=True),
    "500 with effect": Trouble(Fault.error(500, effect=True), frozenset({DONE}), is_extra=True),
    "422": Trouble(Fault.invalid({"name": ["is refused"]}), frozenset({FAILED})),
    "422 again and again": Trouble(
        Fault.invalid({"name": ["is refused"]}), frozenset({FAILED}), times=9, is_extra=True
    ),
    "404": Trouble(Fault.error(404), frozenset({FAILED, DONE}), is_extra=True),
    "403": Trouble(Fault.error(403), frozenset({FAILED}), is_extra=True),
    "HTML": Trouble(Fault.html(200), frozenset({DONE, UNKNOWN})),
    "HTML error": Trouble(Fault.html(502), frozenset({DONE}), is_extra=True),
    "truncated": Trouble(Fault.truncated(), frozenset({DONE, UNKNOWN})),
    "other JSON": Trouble(Fault(Answer.json(200, {"id": 7}), effect=True), frozenset({DONE, UNKNOWN}), is_extra=True),
    "slow": Trouble(Fault(delay=0.3), frozenset({DONE}), seconds=0.15, is_extra=True),
    "500 for ever": Trouble(Fault.error(500), frozenset({UNKNOWN}), times=99, is_extra=True),
    "dropped after, for ever": Trouble(Fault(drop="after"), frozenset({UNKNOWN, DONE}), times=99, is_extra=True),
}


def strike(here: Site, plan: Plan, index: int, fault: Fault, times: int = 1) -> None:
    """Let the fault befall this call, whenever it comes. Creates are told apart by their order only."""
    call = plan.calls[index]
    at = 1 + [str(each) for each in plan.calls[:index]].count(str(call))
    here.sandbox.faults.script(fault, at=at, method=call.method, path=f"{call.path}$", times=times)


@contextmanager
def run(
    here: Site, connection: Connection | None = None, index: int | None = None
) -> Iterator[tuple[Plan, list[Outcome]]]:
    """Plan; in the body something is set up and the plan applied; then the account is held against the report."""
    here.hold(twelve.account())
    manifest = here.manifest(twelve.DOCUMENT)
    plan = here.plan(manifest)
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
        again = here.plan(manifest)
        assert again.is_empty or not outcome.is_complete
        if not again.is_empty:
            assert here.apply(again).is_complete
            check_nothing_else_changed(plan, before, here.state())
            assert here.plan(manifest).is_empty
        assert model.contacts(here.state()) == model.Goal(before, twelve.CONTACTS).contacts
    except AssertionError as error:
        error.add_note(f"call {index}: {plan.calls[index] if index is not None else ''}")
        raise


def apply(here: Site, plan: Plan, connection: Connection) -> Outcome:
    """With a journal, which must tell the same as the outcome."""
    path = here.folder / f"journal-{next(_numbers)}.jsonl"
    outcome = ringform.apply(plan, by_provider(connection), journal=path)
    noted = {(each.method, each.path, str(each.address)): each.status for each in read_journal(path).entries}
    for result in outcome.results:
        key = (result.call.method, result.call.path, str(result.change.address))
        assert noted.get(key, Status.NOT_ATTEMPTED) is result.status
    return outcome


@pytest.mark.parametrize("name", [name for name, trouble in TROUBLES.items() if not trouble.is_extra])
def test_one_fault_at_any_call(here: Site, name: str) -> None:
    strike_everywhere(here, TROUBLES[name], parallelism=1)


@pytest.mark.slow
@pytest.mark.parametrize("parallelism", [1, 4])
@pytest.mark.parametrize("name", TROUBLES)
def test_more_faults_at_any_call(here: Site, name: str, parallelism: int) -> None:
    strike_everywhere(here, TROUBLES[name], parallelism=parallelism)


def strike_everywhere(here: Site, trouble: Trouble, *, parallelism: int) -> None:
    for index in range(twelve.CALLS):
        if trouble is TROUBLES["404"] and index == twelve.DELETE:
            continue  # an account that says falsely that something is gone is believed
        connection = here.connection(parallelism=parallelism, request_seconds=trouble.seconds)
        with run(here, connection, index) as (plan, outcomes):
            strike(here, plan, index, trouble.fault, trouble.times)
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


def test_a_create_that_may_still_be_under_way_is_unknown_whatever_its_repeat_says(here: Site) -> None:
    """The first one was given up for its slowness, the second one refused; then the first takes effect."""
    connection = here.connection(parallelism=1, request_seconds=0.2)
    with run(here, connection) as (plan, outcomes):
        answer = threading.Event()
        here.sandbox.faults.script(Fault(until=answer), method="POST")
        here.sandbox.faults.script(Fault.error(403), method="POST", at=2)
        outcomes.append(apply(here, plan, connection))
        assert outcomes[0].count(UNKNOWN) == 1
        let_go(here.sandbox, answer)


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


@pytest.mark.parametrize(
    ("trouble", "parallelism"),
    [
        (Fault(), 1),
        pytest.param(Fault(), 4, marks=pytest.mark.slow),
        *(
            pytest.param(fault, parallelism, marks=pytest.mark.slow)
            for fault in (Fault(drop="after"), Fault.error(500), Fault.too_many_requests(30))
            for parallelism in (1, 4)
        ),
    ],
)
def test_an_interrupt_at_any_call(here: Site, trouble: Fault, parallelism: int) -> None:
    """Pressed once while a call is under way: that one is finished, not repeated, and nothing is started."""
    for index in range(twelve.CALLS):
        connection = here.connection(parallelism=parallelism, stop=threading.Event())
        with run(here, connection, index) as (plan, outcomes):
            answer = threading.Event()
            strike(here, plan, index, replace(trouble, until=answer))
            press_while_held(here.sandbox, connection.stop, answer=answer)
            outcomes.append(apply(here, plan, connection))
            assert outcomes[0].was_interrupted
            if parallelism == 1:
                statuses = [each.status for each in outcomes[0].results]
                assert statuses[:index] == [DONE] * index
                assert set(statuses[index + 1 :]) <= {Status.NOT_ATTEMPTED}
                assert len(here.writes) == index + 1


def test_two_interrupts_stop_at_once(here: Site) -> None:
    for index in range(0, twelve.CALLS, 3):
        connection = here.connection(parallelism=1, request_seconds=60, stop=threading.Event())
        with run(here, connection, index) as (plan, outcomes):
            answer = threading.Event()
            strike(here, plan, index, Fault(until=answer))
            press_while_held(here.sandbox, connection.stop, answer=answer, times=2)
            started = time.monotonic()
            outcome = apply(here, plan, connection)
            assert time.monotonic() - started < 30, "the answer was not waited for"
            assert outcome.results[index].status is UNKNOWN
            assert outcome.count(UNKNOWN) == 1
            outcomes.append(outcome)
            let_go(here.sandbox, answer)


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
