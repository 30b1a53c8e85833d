"""Applying to numbers that people are talking on: what waits, what goes on meanwhile, and what is given up.

The gate's clock stands still unless a test moves it, so nothing here depends on how fast the machine is.
"""

from __future__ import annotations

import _thread
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from support.calls import end_calls, forget_calls, put_call
from support.sandboxes import Site, lines

from ringform.execution.connection import Connection
from ringform.execution.events import CallStarted, Event, Listener, WaitingForCalls
from ringform.execution.executor import apply_plan
from ringform.execution.idle import BUSY, IdleGate
from ringform.model.call_record import ActiveCalls
from ringform.model.outcome import Outcome, Status
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.example import SALES, SUPPORT

BOTH = """\
version: 1
main_numbers:
  "+14155551234": {name: New Sales, no_answer_timeout_secs: 60}
  "+14155555678": {name: New Support}
contacts: {"+4530000001": {name: Ida}}
"""
ONLY_SALES = 'version: 1\nmain_numbers: {"+14155551234": {name: New Sales}}\n'
MAX_WAIT = 60.0
POLL = 0.01
PATIENCE = 30.0
"""Real seconds after which a test that would wait for ever is let run into its assertions."""


class Clock:
    """What the gate takes for the time, in seconds."""

    def __init__(self) -> None:
        self.moved = 0.0
        self._began = time.monotonic()

    def __call__(self) -> float:
        return self.moved + 10 * max(0.0, time.monotonic() - self._began - PATIENCE)

    def time_is_up(self) -> None:
        """The time for which calls are waited for is over."""
        self.moved += MAX_WAIT


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("ringform.execution.idle.time", SimpleNamespace(monotonic=made))
    return made


@pytest.fixture
def quiet(here: Site, clock: Clock) -> Site:
    """An account on which nobody has called yet."""
    forget_calls(here.sandbox.account)
    return here


def apply(
    here: Site,
    document: str = BOTH,
    *,
    max_wait: float = MAX_WAIT,
    poll: float = POLL,
    parallelism: int = 4,
    waiting: Callable[[], object] = lambda: None,
    listener: Listener | None = None,
    fresh_seconds: float = 60.0,
) -> Outcome:
    """Plan and apply at once with a gate that asks often. ``waiting`` is done when it says that it waits."""

    def listen(event: Event) -> None:
        if isinstance(event, WaitingForCalls):
            waiting()

    plan = here.plan(document)
    connection = here.connection(parallelism=parallelism, listener=listener or listen)
    here.sandbox.recorder.clear()
    with IdleGate(connection, plan.changes, max_wait=max_wait, poll_seconds=poll) as gate:
        return apply_plan(plan, connection, gate=gate, fresh_seconds=fresh_seconds)


def until(condition: Callable[[], bool]) -> bool:
    """Wait for something to come true, and say whether it has."""
    given_up = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < given_up:
        time.sleep(0.002)
    return condition()


def once(condition: Callable[[], bool], action: Callable[[], object]) -> None:
    """Do something as soon as something else is true."""

    def run() -> None:
        until(condition)
        action()

    threading.Thread(target=run, daemon=True).start()


def asked(here: Site) -> int:
    """How often the account has been asked for its calls."""
    return lines(here.requests).count("GET /calls")


def ends(outcome: Outcome) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in outcome.results:
        found.setdefault(each.change.address.key, []).append(str(each.status))
    return found


def test_where_nobody_calls_one_request_is_all_that_is_added(quiet: Site) -> None:
    assert apply(quiet, poll=MAX_WAIT).is_complete
    assert asked(quiet) == 1
    assert len(quiet.requests) == 5


def test_calls_that_have_ended_hold_nothing_back(here: Site, clock: Clock) -> None:
    end_calls(here.sandbox.account)
    assert apply(here).is_complete


def test_without_a_number_nothing_is_asked(quiet: Site) -> None:
    assert apply(quiet, 'version: 1\ncontacts: {"+4530000001": {name: Ida}}').is_complete
    assert lines(quiet.requests) == ["POST /contacts"]


def test_a_sweep_of_numbers_by_one_thread_does_not_go_by_what_was_seen_at_first(quiet: Site, clock: Clock) -> None:
    """Somebody calls the second number while the first one is being written."""

    def listen(event: Event) -> None:
        if isinstance(event, CallStarted) and event.call.path.endswith(SALES):
            put_call(quiet.sandbox.account, SUPPORT, state="bridged")
            so_far = asked(quiet)
            assert until(lambda: asked(quiet) >= so_far + 2)
        if isinstance(event, WaitingForCalls):
            clock.time_is_up()

    outcome = apply(quiet, parallelism=1, listener=listen)
    assert ends(outcome)["+14155551234"] == ["done", "done"]
    assert ends(outcome)["+14155555678"] == ["not_attempted"]


def test_no_change_starts_on_an_old_answer(quiet: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    is_asked, may_answer = threading.Semaphore(0), threading.Semaphore(1)

    def active_calls(connection: Connection) -> ActiveCalls:
        is_asked.release()
        may_answer.acquire(timeout=PATIENCE)
        return ActiveCalls((), is_complete=True)

    monkeypatch.setattr("ringform.execution.idle.active_calls", active_calls)
    [change] = quiet.plan(ONLY_SALES).changes
    with IdleGate(quiet.connection(), [change], max_wait=MAX_WAIT, poll_seconds=POLL) as gate:
        assert is_asked.acquire(timeout=PATIENCE)
        assert is_asked.acquire(timeout=PATIENCE)
        clock.moved += 2 * POLL
        assert gate(change) is False, "the first answer is too old, and the second is not there"
        may_answer.release()
        assert until(lambda: gate(change) is True)
        may_answer.release(100)


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_a_busy_number_waits_while_the_others_go_on(quiet: Site, direction: str) -> None:
    account = quiet.sandbox.account
    put_call(account, SALES, state="bridged", direction=direction)
    seen: list[str] = []

    def hang_up() -> None:
        seen.extend(each.path for each in quiet.writes)
        end_calls(account)

    once(lambda: len(quiet.writes) == 2 and asked(quiet) > 2, hang_up)
    outcome = apply(quiet)
    assert outcome.is_complete
    assert len(seen) == 2, "the other number and the contact were written meanwhile"
    assert not any(SALES in path for path in seen)
    assert [each.path.rpartition("/")[2] for each in quiet.writes[2:]] == [SALES, "no_answer_config"]


def test_what_is_still_busy_at_the_end_is_not_attempted_and_told(quiet: Site, clock: Clock) -> None:
    put_call(quiet.sandbox.account, SALES, state="recording")
    outcome = apply(quiet, waiting=clock.time_is_up)
    assert ends(outcome) == {
        "+14155551234": ["not_attempted", "not_attempted"],
        "+14155555678": ["done"],
        "+4530000001": ["done"],
    }
    [why] = {each.diagnostic for each in outcome.results if each.diagnostic}
    assert (why.code, str(why.address)) == (BUSY, "main_number:+14155551234")
    assert why.location is not None
    assert "still in progress after 1 min" in why.summary
    assert not any(SALES in each.path for each in quiet.writes)


def test_no_patience_waits_for_nothing(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="initiated", started_at=None)
    outcome = apply(quiet, max_wait=0)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert ends(outcome)["+14155555678"] == ["done"]


def test_numbers_are_idle_one_after_the_other_with_one_thread(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    assert apply(quiet, parallelism=1, waiting=lambda: end_calls(quiet.sandbox.account)).is_complete


def test_an_object_that_moves_while_its_calls_are_waited_for_is_left_alone(quiet: Site) -> None:
    account = quiet.sandbox.account
    put_call(account, SALES, state="bridged")

    def dashboard() -> None:
        account.edit_main_number(SALES, name="Dashboard")
        end_calls(account)

    outcome = apply(quiet, waiting=dashboard, fresh_seconds=0)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert {each.diagnostic.code for each in outcome.results if each.diagnostic} == {"moved"}


def test_a_failure_in_between_is_survived(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")

    def trouble() -> None:
        quiet.sandbox.faults.script(Fault.error(500), path="/calls", times=3)
        end_calls(quiet.sandbox.account)

    assert apply(quiet, waiting=trouble).is_complete


def test_an_account_that_no_longer_tells_of_its_calls_counts_as_busy(quiet: Site, clock: Clock) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")

    def forbid() -> None:
        quiet.sandbox.faults.script(Fault.error(403), path="/calls", times=None)
        end_calls(quiet.sandbox.account)
        clock.time_is_up()

    outcome = apply(quiet, ONLY_SALES, waiting=forbid)
    assert ends(outcome)["+14155551234"] == ["not_attempted"]
    [why] = {each.diagnostic for each in outcome.results if each.diagnostic}
    assert "could not see" in why.summary
    assert why.detail == "this key may not read the account's calls"


def test_an_account_that_fails_throughout_ends_the_wait(quiet: Site, clock: Clock) -> None:
    quiet.sandbox.faults.script(Fault.error(503), path="/calls", times=None)
    outcome = apply(quiet, waiting=clock.time_is_up)
    assert ends(outcome)["+14155555678"] == ["not_attempted"]
    assert ends(outcome)["+4530000001"] == ["done"]


def test_an_account_that_does_not_answer_is_waited_for_no_longer_than_agreed(
    quiet: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_over = threading.Event()

    def active_calls(connection: Connection) -> ActiveCalls:
        is_over.wait()
        return ActiveCalls((), is_complete=True)

    def much_later() -> None:
        clock.moved += MAX_WAIT + 3 * POLL

    monkeypatch.setattr("ringform.execution.idle.active_calls", active_calls)
    once(lambda: len(quiet.writes) == 1, much_later)
    outcome = apply(quiet)
    is_over.set()
    assert ends(outcome)["+14155555678"] == ["not_attempted"]
    [why, _] = {each.diagnostic for each in outcome.results if each.diagnostic}
    assert "did not say in time" in why.summary


def test_a_slow_answer_counts_when_it_comes(quiet: Site, clock: Clock) -> None:
    def long() -> None:
        clock.moved += 1.0

    quiet.sandbox.faults.script(Fault(meanwhile=long), path="/calls", times=None)
    assert apply(quiet, poll=0.1, max_wait=10_000).is_complete


def test_more_calls_than_can_be_seen_count_as_busy(quiet: Site, clock: Clock) -> None:
    for _ in range(50):
        put_call(quiet.sandbox.account, SUPPORT, state="bridged")
    outcome = apply(quiet, waiting=clock.time_is_up)
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    reasons = {each.diagnostic.summary for each in outcome.results if each.diagnostic}
    assert all("more calls were in progress than the account shows" in reason for reason in reasons)


def test_an_interrupt_ends_the_wait_at_once(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    once(lambda: len(quiet.writes) == 2, _thread.interrupt_main)
    outcome = apply(quiet)
    assert outcome.was_interrupted
    assert ends(outcome)["+14155551234"] == ["not_attempted", "not_attempted"]
    assert ends(outcome)["+14155555678"] == ["done"]
    assert outcome.count(Status.UNKNOWN) == 0
    assert not any(each.diagnostic for each in outcome.results), "not because the time was up"


def test_who_is_waited_for_is_told_once(quiet: Site) -> None:
    put_call(quiet.sandbox.account, SALES, state="bridged")
    once(lambda: asked(quiet) >= 5, lambda: end_calls(quiet.sandbox.account))
    events: list[Event] = []
    assert apply(quiet, listener=events.append).is_complete
    waits = [event for event in events if isinstance(event, WaitingForCalls)]
    assert [[number.key for number in event.numbers] for event in waits] == [["+14155551234"]]


@pytest.mark.parametrize("pace", [1.0, 0.95], ids=["exact", "early"])
def test_the_calls_are_asked_for_no_more_often_than_agreed(
    quiet: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch, pace: float
) -> None:
    """At once, twice in between, and at the deadline; also if by the clock each pause ends too early."""

    class Pauses(threading.Event):
        """A pause takes its time on the clock, and none in reality."""

        def wait(self, timeout: float | None = None) -> bool:
            clock.moved += (timeout or 0.0) * pace
            return self.is_set()

    put_call(quiet.sandbox.account, SALES, state="bridged")
    plan = quiet.plan(ONLY_SALES)
    connection = quiet.connection()
    quiet.sandbox.recorder.clear()
    gate = IdleGate(connection, plan.changes, max_wait=10.0, poll_seconds=4.0)
    monkeypatch.setattr(gate, "_is_over", Pauses())
    with gate:
        outcome = apply_plan(plan, connection, gate=gate)
    assert ends(outcome)["+14155551234"] == ["not_attempted"]
    assert asked(quiet) == 4
