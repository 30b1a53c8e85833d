"""Applying to numbers that people are talking on: what waits, what goes on meanwhile, and what is given up."""

from __future__ import annotations

import _thread
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from support.calls import end_calls, forget_calls, put_call
from support.sandboxes import Site, lines

from ringform.core.outcome import Outcome, Status
from ringform.engine.applying import apply_plan
from ringform.engine.connection import Connection
from ringform.engine.events import Event, WaitingForCalls
from ringform.engine.idle import BUSY, POLL_SECONDS, IdleGate
from ringform.sandbox.faults import Fault, Faults
from ringform.sandbox.phone_inc.example import SALES, SUPPORT

BOTH = """\
version: 1
main_numbers:
  "+14155551234": {name: New Sales, no_answer_timeout_secs: 60}
  "+14155555678": {name: New Support}
contacts: {"+4530000001": {name: Ida}}
"""
POLL = 0.05


def apply(
    here: Site,
    document: str = BOTH,
    *,
    max_wait: float = 10.0,
    poll: float = POLL,
    connection: Connection | None = None,
) -> Outcome:
    """Plan and apply at once with a gate that asks often."""
    plan = here.plan(document)
    connection = connection or here.connection()
    here.sandbox.recorder.clear()
    with IdleGate(connection, plan.changes, max_wait=max_wait, poll_seconds=poll) as gate:
        return apply_plan(plan, connection, gate=gate)


def after(seconds: float, action: Callable[[], object]) -> None:
    threading.Timer(seconds, action).start()


def ends(outcome: Outcome) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in outcome.results:
        found.setdefault(each.change.address.key, []).append(str(each.status))
    return found


@pytest.fixture
def quiet(here: Site) -> Site:
    """An account on which nobody has called yet."""
    forget_calls(here.sandbox.account)
    return here


def test_where_nobody_calls_one_request_is_all_that_is_added(quiet: Site) -> None:
    assert apply(quiet, poll=POLL_SECONDS).is_complete
    assert lines(quiet.requests).count("GET /calls") == 1
    assert len(quiet.requests) == 5


def test_calls_that_have_ended_hold_nothing_back(here: Site) -> None:
    end_calls(here.sandbox.account)
    assert apply(here).is_complete


def test_without_a_number_nothing_is_asked(quiet: Site) -> None:
    assert apply(quiet, 'version: 1\ncontacts: {"+4530000001": {name: Ida}}').is_complete
    assert lines(quiet.requests) == ["POST /contacts"]


def test_a_sweep_of_numbers_by_one_thread_does_not_go_by_an_old_answer(quiet: Site) -> None:
    """Somebody calls the second number while the first one is being written for long."""
    account = quiet.sandbox.account
    quiet.sandbox.faults.script(
        Fault(delay=1.0, meanwhile=lambda: put_call(account, SUPPORT, state="bridged")), method="PATCH", path=SALES
    )
    outcome = apply(quiet, max_wait=1.5, connection=quiet.connection(parallelism=1))
    assert ends(outcome)["+14155551234"] == ["done", "done"]
    assert ends(outcome)["+14155555678"] == ["not_attempted"]


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_a_busy_number_waits_while_the_others_go_on(quiet: Site, direction: str) -> None:
    account = quiet.sandbox.account
    put_call(account, SALES, state="bridged", direction=direction)
    seen: list[str] = []

    def hang_up() -> None:
        seen.extend(each.path for each in quiet.writes)
        end_calls(account)

    after(0.5, hang_up)
    outcome = apply(quiet)
    assert outcome.is_complete
    assert len(seen) == 2, "the other number and the contact were written meanwhile"
    assert not any(SALES in path for path in seen)
    assert [each.path.rpartition("/")[2] for each in quiet.writes[2:]] == [SALES, "no_answer_config"]


def test_what_is_still_busy_at_the_end_is_not_attempted_and_told(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="recording")
    started = time.monotonic()
    outcome = apply(quiet, max_wait=0.3)
    assert time.monotonic() - started < 3
    assert ends(outcome) == {
        "+14155551234": ["not_attempted", "not_attempted"],
        "+14155555678": ["done"],
        "+4530000001": ["done"],
    }
    [why] = {each.diagnostic for each in outcome.results if each.diagnostic}
    assert (why.code, str(why.address)) == (BUSY, "main_number:+14155551234")
    assert why.location is not None
    assert "still going on after 0.3 s" in why.summary
    assert not any(SALES in each.path for each in quiet.writes)


def test_no_patience_asks_once_and_waits_for_nothing(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="initiated", started_at=None)
    outcome = apply(quiet, max_wait=0)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert ends(outcome)["+14155555678"] == ["done"]


def test_numbers_are_idle_one_after_the_other_with_one_thread(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    after(0.3, lambda: end_calls(quiet.sandbox.account))
    assert apply(quiet, connection=quiet.connection(parallelism=1)).is_complete


def test_an_object_that_moves_while_its_calls_are_waited_for_is_left_alone(quiet: Site) -> None:
    account = quiet.sandbox.account
    put_call(account, SALES, state="bridged")

    def dashboard() -> None:
        account.edit_main_number(SALES, name="Dashboard")
        end_calls(account)

    after(0.3, dashboard)
    plan = quiet.plan(BOTH)
    connection = quiet.connection()
    with IdleGate(connection, plan.changes, max_wait=10, poll_seconds=POLL) as gate:
        outcome = apply_plan(plan, connection, gate=gate, fresh_seconds=0.2)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert {each.diagnostic.code for each in outcome.results if each.diagnostic} == {"moved"}


def test_a_failure_in_between_is_survived(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")

    def trouble() -> None:
        quiet.sandbox.faults.script(Fault.error(500), path="/calls", times=3)
        end_calls(quiet.sandbox.account)

    after(0.2, trouble)
    assert apply(quiet).is_complete


def test_an_account_that_no_longer_tells_of_its_calls_counts_as_busy(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    after(0.2, lambda: quiet.sandbox.faults.script(Fault.error(403), path="/calls", times=None))
    after(0.3, lambda: end_calls(quiet.sandbox.account))
    outcome = apply(quiet, max_wait=0.8)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    [why] = {each.diagnostic for each in outcome.results if each.diagnostic}
    assert "could not be seen" in why.summary
    assert why.detail == "this key may not read the account's calls"


def test_an_account_that_fails_throughout_ends_the_wait_in_time(quiet: Site) -> None:
    quiet.sandbox.faults.script(Fault.error(503), path="/calls", times=None)
    started = time.monotonic()
    outcome = apply(quiet, max_wait=0.3, connection=quiet.connection(total_seconds=1.0, stop=threading.Event()))
    assert time.monotonic() - started < 5
    assert ends(outcome)["+14155555678"] == ["not_attempted"]
    assert ends(outcome)["+4530000001"] == ["done"]


def test_a_slow_account_is_waited_for_no_longer_than_agreed(quiet: Site) -> None:
    quiet.sandbox.faults.script(Fault(delay=3), path="/calls", times=None)
    started = time.monotonic()
    outcome = apply(quiet, max_wait=0.3)
    assert time.monotonic() - started < 2.5
    assert ends(outcome)["+14155555678"] == ["not_attempted"]
    [why, _] = {each.diagnostic for each in outcome.results if each.diagnostic}
    assert "did not tell in time" in why.summary


def test_a_slow_answer_counts_when_it_comes(quiet: Site) -> None:
    quiet.sandbox.faults.use(Faults(latency_ms=200))
    try:
        assert apply(quiet).is_complete
    finally:
        quiet.sandbox.faults.use(Faults())


def test_more_calls_than_can_be_seen_count_as_busy(quiet: Site) -> None:
    for _ in range(50):
        put_call(quiet.sandbox.account, SUPPORT, state="bridged")
    outcome = apply(quiet, max_wait=0.2)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    reasons = {each.diagnostic.summary for each in outcome.results if each.diagnostic}
    assert all("more calls were going on than the account shows" in reason for reason in reasons)


def test_an_interrupt_ends_the_wait_at_once(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    after(0.4, _thread.interrupt_main)
    started = time.monotonic()
    outcome = apply(quiet, max_wait=60)
    assert time.monotonic() - started < 3
    assert outcome.was_interrupted
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert ends(outcome)["+14155555678"] == ["done"]
    assert outcome.count(Status.UNKNOWN) == 0


def test_who_is_waited_for_is_told_once(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    after(0.4, lambda: end_calls(quiet.sandbox.account))
    events: list[Event] = []
    assert apply(quiet, connection=quiet.connection(listener=events.append)).is_complete
    waits = [event for event in events if isinstance(event, WaitingForCalls)]
    assert [[number.key for number in event.numbers] for event in waits] == [["+14155551234"]]


@pytest.mark.parametrize("pace", [1.0, 0.95], ids=["exact", "slow"])
def test_the_calls_are_asked_for_no_more_often_than_agreed(
    quiet: Site, monkeypatch: pytest.MonkeyPatch, pace: float
) -> None:
    """At once, twice in between, and at the deadline; also if by the clock each pause ends too early."""
    exact = time.monotonic
    monkeypatch.setattr("ringform.engine.idle.time", SimpleNamespace(monotonic=lambda: exact() * pace))
    put_call(quiet.sandbox.account, SALES, state="bridged")
    plan = quiet.plan(BOTH)
    connection = quiet.connection()
    quiet.sandbox.recorder.clear()
    with IdleGate(connection, plan.changes, max_wait=1.0, poll_seconds=0.4) as gate:
        outcome = apply_plan(plan, connection, gate=gate)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert 2 <= lines(quiet.requests).count("GET /calls") <= 4, "a busy machine asks late, and never more often"
