"""Accounts that ask to slow down: how many requests are under way, for how long is waited, and when it ends."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace

import pytest
from cli.harness import Ringform
from support import twelve
from support.sandboxes import Site

from ringform.callflow.plan_view import PlanView
from ringform.execution.throttle import Throttle
from ringform.manifest.writing import to_yaml
from ringform.model.outcome import Status
from ringform.reports.json import plan as json_plan
from ringform.reports.text import outcome as text_outcome
from ringform.reports.text.style import Style
from ringform.sandbox.faults import Fault, Faults
from ringform.sandbox.phone_inc.generator import generated_account


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_429_halves_the_limit_once_for_all_requests_of_a_round() -> None:
    throttle = Throttle(10, clock=Clock())
    for expected in (5, 2, 1, 1):
        with throttle.slot() as current:
            pass
        for _ in range(3):
            throttle.slow_down(current, 1.0)
        assert throttle.limit == expected


def test_the_limit_recovers_slowly_and_never_beyond_where_it_began() -> None:
    throttle = Throttle(4, clock=Clock())
    with throttle.slot() as current:
        throttle.slow_down(current, 1.0)
    limits = []
    for _ in range(20):
        throttle.speed_up()
        limits.append(throttle.limit)
    assert limits[:6] == [2, 2, 3, 3, 3, 4] or limits[:6] == [2, 3, 3, 3, 4, 4]
    assert limits[-1] == 4


def test_waiting_is_counted_once_however_many_were_told_to() -> None:
    clock = Clock()
    throttle = Throttle(4, clock=clock)
    for _ in range(5):
        throttle.slow_down(0, 10.0)
    assert throttle.delay() == 10
    clock.now += 4
    assert (throttle.delay(), throttle.waited) == (6, 4)
    throttle.slow_down(1, 20.0)
    clock.now += 100
    assert (throttle.delay(), throttle.waited) == (0, 24)


def test_no_more_than_the_limit_are_under_way() -> None:
    throttle = Throttle(8, clock=Clock())
    throttle.slow_down(0, 0.0)
    under_way, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal under_way, most
        with throttle.slot():
            with lock:
                under_way += 1
                most = max(most, under_way)
            time.sleep(0.01)
            with lock:
                under_way -= 1

    threads = [threading.Thread(target=work) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 4


def test_an_apply_to_an_account_with_a_rate_limit_finishes_and_says_how_long_it_waited(here: Site) -> None:
    account = generated_account(40, 0)
    here.hold(account)
    document = {"version": 1, "main_numbers": {each.number: {"name": "New"} for each in account.main_numbers.values()}}
    plan = here.plan(document)
    from ringform.execution.executor import apply_plan

    connection = here.connection(parallelism=10, stop=threading.Event())
    here.sandbox.recorder.clear()
    here.sandbox.faults.use(Faults(rate_limit=20))
    try:
        outcome = apply_plan(plan, connection)
    finally:
        here.sandbox.faults.use(Faults())
    assert outcome.is_complete
    assert connection.throttle.limit < 10
    assert outcome.waited >= 1
    refused = [request for request in here.requests if request.status == 429]
    assert 1 <= len(refused) <= 20
    assert "ringform waited " in text_outcome.summary(outcome, Style())
    assert json_plan.outcome(outcome, PlanView(plan))["waited_seconds"] == pytest.approx(outcome.waited, abs=0.01)


@pytest.mark.slow
def test_a_503_on_reads_slows_everybody_down_as_a_429_does(here: Site) -> None:
    """The limit of nginx, 503 as it is by default: 20 requests a second for 200 numbers."""
    account = generated_account(200, 0)
    here.hold(account)
    document = {"version": 1, "main_numbers": {each.number: {"name": "New"} for each in account.main_numbers.values()}}
    manifest = here.manifest(document)
    connection = here.connection(parallelism=10, total_seconds=120, stop=threading.Event())
    here.sandbox.faults.use(Faults(rate_limit=20, rate_limit_status=503))
    try:
        plan = here.plan(manifest, connection)
    finally:
        here.sandbox.faults.use(Faults())
    assert len(plan.changes) == 200
    assert connection.throttle.limit < 10
    assert any(request.status == 503 for request in here.requests)


def test_during_a_pause_nothing_is_sent_by_anybody(here: Site) -> None:
    """Not even by those who waited for their turn when the account asked for it."""
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    here.sandbox.recorder.clear()
    here.sandbox.faults.script(replace(Fault.too_many_requests(1), delay=0.3))
    connection = here.connection(parallelism=2, stop=threading.Event())
    connection.throttle.slow_down(0, 0.0)  # one at a time: the other one waits for its turn
    from ringform.execution.executor import apply_plan

    assert apply_plan(plan, connection).is_complete
    refused = next(request.time for request in here.requests if request.status == 429)
    later = [request.time - refused for request in here.requests if request.time > refused]
    assert min(later) > 0.95


def test_a_retry_after_that_makes_no_sense_is_survived(here: Site) -> None:
    here.hold(twelve.account())
    plan = here.plan({"version": 1, "contacts": {twelve.PHONES[0]: {"note": "Hello"}}})
    here.sandbox.faults.script(Fault.too_many_requests("1e9"), method="PATCH")
    outcome = here.apply(plan)
    assert outcome.is_complete
    assert outcome.waited < 30


def test_a_retry_after_beyond_the_budget_ends_it_without_a_wait(here: Site) -> None:
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    here.sandbox.faults.script(Fault.too_many_requests(10**6), method="PATCH", times=None)
    started = time.monotonic()
    outcome = here.apply(plan, here.connection(parallelism=1))
    assert time.monotonic() - started < 30
    assert [each.status for each in outcome.results] == [Status.FAILED] + [Status.NOT_ATTEMPTED] * (twelve.CALLS - 1)
    assert outcome.waited < 5, "a wait that was not made is not counted"


def test_the_budget_and_the_time_for_one_answer_are_flags(ringform: Ringform) -> None:
    ringform.write(to_yaml({"version": 1, "main_numbers": {"+14155551234": {"name": "New"}}}))
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault(delay=300), method="PATCH", times=None)
    started = time.monotonic()
    ended = ringform("apply", "--yes", "--call-timeout", "0.2", "--timeout", "1", "--format", "json")
    assert time.monotonic() - started < 30
    assert ended.code == 4
    assert json.loads(ended.out)["summary"]["unknown"] == 1
    assert "no answer within the time limit" in ended.out
