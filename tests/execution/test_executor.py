"""What an apply does, in which order, and what it says when an account misbehaves."""

from __future__ import annotations

import _thread
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from support.held import let_go, let_go_when_struck, press_while_held
from support.sandboxes import Site, lines

from ringform.execution.events import ApplyStarted, CallEnded, CallStarted, Event, Waiting
from ringform.execution.executor import apply_plan
from ringform.model.address import Address
from ringform.model.outcome import CallResult, Outcome, Status
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import SALES, SUPPORT
from ringform.sandbox.phone_inc.generator import generated_account

SALES_FOUR = """\
version: 1
main_numbers:
  "+14155551234":
    name: New
    language: en
    incoming_call_config: {type: RejectConfig, message: One}
    opening_hours: {daily: 24h}
    no_answer_timeout_secs: 60
"""
BOTH = (
    SALES_FOUR
    + """\
  "+14155555678":
    name: Help
    incoming_call_config: {type: RejectConfig, message: Two}
"""
)
CREATE = 'version: 1\ncontacts:\n  "+4530000001":\n    name: Ida\n    email: ida@example.com\n'


def statuses(outcome: Outcome) -> list[str]:
    return [f"{result.call.method} {result.status}" for result in outcome.results]


def failed(outcome: Outcome) -> CallResult:
    [result] = [each for each in outcome.results if each.diagnostic]
    return result


def phones(here: Site) -> list[str]:
    return [contact["phone"] for contact in here.state()["contacts"]]


def test_an_apply_makes_the_plans_calls_and_no_others(here: Site) -> None:
    plan = here.plan(BOTH + 'contacts: {"+4530000001": {name: Ida}, "+4520123456": {absent: true}}')
    here.sandbox.recorder.clear()
    outcome = here.apply(plan)
    assert outcome.is_complete
    assert not outcome.changed_nothing
    assert outcome.count(Status.DONE) == len(plan.calls) == 8
    assert [result.call for result in outcome.results] == list(plan.calls)
    assert sorted((f"{each.method} {each.path[7:]}", str(each.body)) for each in here.requests) == sorted(
        (str(call), str(call.body)) for call in plan.calls
    )


def test_an_empty_plan_sends_nothing(here: Site) -> None:
    plan = here.plan("version: 1")
    here.sandbox.recorder.clear()
    outcome = here.apply(plan)
    assert (outcome.results, outcome.is_complete, outcome.changed_nothing) == ((), True, True)
    assert here.requests == []


def test_one_numbers_calls_go_in_order_and_different_numbers_side_by_side(here: Site) -> None:
    account = generated_account(6, 0)
    here.hold(account)
    entries = "".join(
        f'  "{number.number}":\n    name: New\n    incoming_call_config: {{type: RejectConfig, message: Shut}}\n'
        "    no_answer_config: null\n    no_answer_timeout_secs: 40\n"
        for number in account.main_numbers.values()
    )
    plan = here.plan("version: 1\nmain_numbers:\n" + entries)
    here.sandbox.recorder.clear()
    side_by_side = threading.Event()
    here.sandbox.faults.script(Fault(until=side_by_side), times=6)
    let_go_when_struck(here.sandbox, side_by_side)
    events: list[Event] = []
    assert here.apply(plan, here.connection(parallelism=6, listener=events.append)).is_complete
    for change in plan.changes:
        own = [each for each in here.requests if change.calls[0].path.split("/")[2] in each.path]
        assert lines(sorted(own, key=lambda each: each.time)) == [str(call) for call in change.calls]
        told = [each for each in events if isinstance(each, CallStarted | CallEnded) and each.address == change.address]
        assert [type(each) for each in told] == [CallStarted, CallEnded] * len(change.calls)


def test_no_more_requests_are_under_way_than_allowed(here: Site) -> None:
    here.hold(generated_account(9, 0))
    entries = "".join(f'  "{each.number}": {{name: N}}\n' for each in here.sandbox.account.main_numbers.values())
    plan = here.plan("version: 1\nmain_numbers:\n" + entries)
    here.sandbox.recorder.clear()
    here.sandbox.faults.script(Fault(delay=0.05), times=None)
    assert here.apply(plan, here.connection(parallelism=3)).is_complete
    times = sorted(each.time for each in here.requests)
    assert all(later - earlier >= 0.045 for earlier, later in zip(times, times[3:], strict=False))


def test_a_chain_of_renames_goes_from_its_free_end(here: Site) -> None:
    here.apply(here.plan('version: 1\ncontacts: {"+4530000001": {name: B}, "+4530000002": {name: C}}'))
    plan = here.plan(
        'version: 1\ncontacts:\n  "+4520123456": {was: "+4530000001"}\n  "+4530000001": {was: "+4530000002"}\n'
        '  "+4530000002": {name: New}\n  "+4530000003": {was: "+4520123456"}\n'
    )
    here.sandbox.recorder.clear()
    here.sandbox.faults.script(Fault(delay=0.05), times=None)
    assert here.apply(plan).is_complete
    assert [each.body["phone"] for each in here.requests if isinstance(each.body, dict)] == [
        "+4530000003",
        "+4520123456",
        "+4530000001",
        "+4530000002",
    ]
    names = {each["phone"]: each["name"] for each in here.state()["contacts"]}
    assert names == {
        "+4530000003": "Niklas Stephenson",
        "+4520123456": "B",
        "+4530000001": "C",
        "+4530000002": "New",
    }


def test_what_waits_for_a_failed_change_is_not_attempted(here: Site) -> None:
    plan = here.plan(
        'version: 1\nmain_numbers: {"+14155551234": {name: New}}\ncontacts:\n'
        '  "+4530000001": {was: "+4520123456", email: new@example.com}\n  "+4520123456": {name: Next}\n'
    )
    here.sandbox.faults.script(Fault.invalid({"email": ["is invalid"]}), path="/contacts/", method="PATCH")
    outcome = here.apply(plan)
    assert statuses(outcome) == ["PATCH done", "PATCH failed", "POST not_attempted"]
    assert not outcome.is_complete
    assert phones(here) == ["+4520123456"]


def test_a_refused_value_is_told_at_the_manifests_line_of_its_field(here: Site) -> None:
    plan = here.plan(SALES_FOUR)
    here.sandbox.faults.script(Fault.invalid({"timeout_secs": ["must be round"]}), path="/no_answer_config")
    result = failed(here.apply(plan))
    assert result.diagnostic is not None
    assert result.diagnostic.code == "rejected"
    assert result.diagnostic.detail == "timeout_secs: must be round"
    assert result.diagnostic.location is not None
    assert (result.diagnostic.location.line, result.diagnostic.location.column) == (8, 5)
    assert result.diagnostic.address == Address("main_number", "+14155551234")


def test_each_of_several_refused_values_is_told_at_its_line(here: Site) -> None:
    plan = here.plan('version: 1\nmain_numbers:\n  "+14155551234":\n    name: New\n    language: en\n')
    errors = {"name": ["is taken"], "language": ["is unknown"], "base": ["no"]}
    here.sandbox.faults.script(Fault.invalid(errors), path=f"/{SALES}$", method="PATCH")
    found = failed(here.apply(plan)).diagnostic
    assert found
    assert found.location
    assert found.location.line == 4
    assert found.detail == f"name: is taken; language: is unknown; base: no (see also {found.location.file}:5:5)"


@pytest.mark.parametrize(
    ("path", "errors", "line"),
    [
        ("/outside_opening_hours_config", {"opening_hours": ["Monday: no"]}, 7),
        ("/incoming_call_config", {"message": ["is rude"]}, 6),
        (f"/{SALES}$", {"language": ["is unknown"]}, 5),
        (f"/{SALES}$", {"base": ["no"]}, 3),
        (f"/{SALES}$", {}, 3),
    ],
)
def test_every_refusal_has_a_place(here: Site, path: str, errors: dict[str, list[str]], line: int) -> None:
    plan = here.plan(SALES_FOUR)
    here.sandbox.faults.script(Fault.invalid(errors), path=path)
    diagnostic = failed(here.apply(plan)).diagnostic
    assert diagnostic is not None
    assert diagnostic.location is not None
    assert diagnostic.location.line == line


def test_after_a_failed_call_the_rest_of_that_number_is_left_and_the_others_go_on(here: Site) -> None:
    plan = here.plan(BOTH)
    here.sandbox.faults.script(Fault.invalid({"name": ["is taken"]}), path=f"/{SALES}$", method="PATCH")
    outcome = here.apply(plan)
    assert statuses(outcome) == [
        "PATCH failed",
        "PUT not_attempted",
        "PUT not_attempted",
        "PUT not_attempted",
        "PATCH done",
        "PUT done",
    ]
    assert [outcome.count(status) for status in Status] == [2, 1, 0, 3]
    assert not outcome.changed_nothing
    assert here.plan(BOTH).summary.calls == 4


def test_a_key_that_is_refused_halts_everything(here: Site) -> None:
    plan = here.plan(BOTH)
    here.sandbox.faults.script(Fault.error(401), method="PATCH", times=None)
    outcome = here.apply(plan, here.connection(parallelism=1))
    assert statuses(outcome) == ["PATCH failed", *["PUT not_attempted"] * 3, "PATCH not_attempted", "PUT not_attempted"]
    assert outcome.changed_nothing
    assert len(here.writes) == 1


def test_an_account_that_is_gone_is_not_asked_for_every_call(here: Site) -> None:
    plan = here.plan(BOTH)
    here.sandbox.faults.script(Fault(drop="before"), times=None)
    outcome = here.apply(plan, here.connection(parallelism=1))
    assert outcome.count(Status.UNKNOWN) == 1
    assert outcome.count(Status.NOT_ATTEMPTED) == 5
    assert not outcome.changed_nothing
    assert len(here.writes) == 6


def _louder(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, **{key: body[key].upper() for key in ("name", "message") if key in body}}


@pytest.mark.parametrize(
    ("path", "field", "line"), [("$", "name", 4), ("/incoming_call_config", "incoming_call_config", 6)]
)
def test_an_account_that_stores_something_else_is_reported(here: Site, path: str, field: str, line: int) -> None:
    plan = here.plan(SALES_FOUR)
    here.sandbox.faults.script(Fault(stores=_louder), path=f"{SALES}{path}")
    outcome = here.apply(plan)
    result = failed(outcome)
    assert result.status is Status.FAILED
    assert result.diagnostic is not None
    assert result.diagnostic.code == "stored-otherwise"
    assert result.diagnostic.summary == f"the account took {result.call} but stored something else in {field}"
    assert result.diagnostic.location is not None
    assert result.diagnostic.location.line == line
    assert not outcome.changed_nothing


def test_a_new_contact_that_is_stored_otherwise_is_reported_and_not_made_again(here: Site) -> None:
    here.sandbox.faults.script(Fault(stores=lambda body: {**body, "email": None}), method="POST")
    result = failed(here.apply(here.plan(CREATE)))
    assert result.diagnostic is not None
    assert result.diagnostic.summary == "the account took POST /contacts but stored something else in email"
    assert phones(here) == ["+4520123456", "+4530000001"]


def test_somebody_elses_change_meanwhile_is_no_business_of_the_call(here: Site) -> None:
    edit = lambda: here.sandbox.account.edit_main_number(SALES, timezone="London")  # noqa: E731 - one use
    here.sandbox.faults.script(Fault(meanwhile=edit), path=f"/{SALES}$", method="PATCH")
    assert here.apply(here.plan(SALES_FOUR)).is_complete


@pytest.mark.parametrize(
    "fault",
    [
        Fault(drop="before"),
        Fault(drop="midway"),
        Fault(drop="after"),
        Fault.error(500),
        Fault.error(503, effect=True),
        Fault.truncated(),
        Fault.html(200),
        Fault.too_many_requests(0),
    ],
    ids=["before", "midway", "after", "500", "503 after", "truncated", "html", "429"],
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_contact_is_made_once_whatever_becomes_of_the_answer(here: Site, fault: Fault, times: int) -> None:
    here.sandbox.faults.script(fault, method="POST", times=times)
    outcome = here.apply(here.plan(CREATE))
    assert statuses(outcome) == ["POST done"]
    assert phones(here) == ["+4520123456", "+4530000001"]
    assert here.plan(CREATE).is_empty


def test_a_create_that_takes_effect_only_after_it_was_looked_for_is_found_in_the_end(here: Site) -> None:
    plan = here.plan(CREATE)
    nothing_yet = Answer(200, {"content-type": "application/json"}, b"[]")
    here.sandbox.faults.script(Fault(drop="after"), method="POST")
    here.sandbox.faults.script(Fault(nothing_yet), method="GET", path="/contacts")
    outcome = here.apply(plan)
    assert [each.status for each in here.writes] == [None, 422]
    assert statuses(outcome) == ["POST done"]
    assert phones(here) == ["+4520123456", "+4530000001"]


def test_a_create_is_given_up_after_three_attempts_that_had_no_effect(here: Site) -> None:
    here.sandbox.faults.script(Fault.error(500), method="POST", times=None)
    outcome = here.apply(here.plan(CREATE))
    assert statuses(outcome) == ["POST unknown"]
    assert lines(here.requests)[1:] == ["POST /contacts", "GET /contacts"] * 3


def test_a_create_that_cannot_be_looked_up_stays_unknown(here: Site) -> None:
    plan = here.plan(CREATE)
    here.sandbox.faults.script(Fault(drop="after"), method="POST")
    here.sandbox.faults.script(Fault.error(403), method="GET", path="/contacts")
    outcome = here.apply(plan)
    assert statuses(outcome) == ["POST unknown"]
    assert failed(outcome).diagnostic is not None
    assert phones(here) == ["+4520123456", "+4530000001"]
    assert lines(here.writes) == ["POST /contacts"]


def test_a_contact_that_somebody_else_made_meanwhile_is_refused_and_not_made_twice(here: Site) -> None:
    plan = here.plan(CREATE)
    here.apply(here.plan(CREATE.replace("Ida", "Ada")))
    outcome = here.apply(plan)
    assert statuses(outcome) == ["POST failed"]
    diagnostic = failed(outcome).diagnostic
    assert diagnostic is not None
    assert diagnostic.detail == "phone: has already been taken"
    assert phones(here) == ["+4520123456", "+4530000001"]


class WithoutRecheck(PhoneInc):
    """A vendor that cannot show in one GET what is about to be touched."""

    recheck: Any = None


@pytest.mark.parametrize(
    ("provider", "before"),
    [(PhoneInc(), []), (WithoutRecheck(), ["GET /main_numbers"])],
    ids=["one GET", "the list first"],
)
@pytest.mark.parametrize("is_changed", [False, True])
def test_what_was_read_a_while_ago_is_looked_at_again(
    here: Site, provider: PhoneInc, before: list[str], *, is_changed: bool
) -> None:
    plan = replace(here.plan('version: 1\nmain_numbers: {"+14155551234": {name: New}}\n'), read_at=None)
    if is_changed:
        here.sandbox.account.main_numbers[SALES].name = "Somebody's"
    here.sandbox.recorder.clear()
    outcome = apply_plan(plan, replace(here.connection(parallelism=1), provider=provider))
    [result] = outcome.results
    assert result.status is (Status.NOT_ATTEMPTED if is_changed else Status.DONE)
    if is_changed:
        assert result.diagnostic
        assert result.diagnostic.summary == "left alone: name changed since the plan was made"
    number = f"/main_numbers/{SALES}"
    assert lines(here.requests) == [*before, f"GET {number}", *([] if is_changed else [f"PATCH {number}"])]


def test_a_delete_of_what_is_gone_is_done(here: Site) -> None:
    plan = here.plan('version: 1\ncontacts: {"+4520123456": {absent: true}}')
    with here.sandbox.account.changing():
        here.sandbox.account.contacts.clear()
    assert statuses(here.apply(plan)) == ["DELETE done"]


def test_a_delete_whose_answer_was_lost_is_done(here: Site) -> None:
    here.sandbox.faults.script(Fault(drop="after"), method="DELETE")
    assert statuses(here.apply(here.plan("version: 1\ncontacts: {}\nunlisted_contacts: delete"))) == ["DELETE done"]
    assert phones(here) == []


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'{"id": "1"}'])
def test_success_of_an_unknown_shape_is_unknown(here: Site, body: bytes) -> None:
    answer = Fault(Answer(200, {"content-type": "application/json"}, body))
    here.sandbox.faults.script(answer, path=f"/{SALES}$", method="PATCH")
    outcome = here.apply(here.plan(SALES_FOUR))
    assert statuses(outcome) == ["PATCH unknown", *["PUT not_attempted"] * 3]
    diagnostic = failed(outcome).diagnostic
    assert diagnostic is not None
    assert diagnostic.code == "bad-answer"


def test_what_happens_is_told_to_a_listener(here: Site) -> None:
    events: list[Event] = []
    plan = here.plan('version: 1\nmain_numbers: {"+14155551234": {name: New}}')
    here.sandbox.faults.script(Fault.error(500), method="PATCH")
    here.apply(plan, here.connection(listener=events.append))
    [call] = plan.calls
    address = Address("main_number", "+14155551234")
    told = [each for each in events if isinstance(each, ApplyStarted | CallStarted | CallEnded)]
    assert told == [ApplyStarted(1), CallStarted(address, call), CallEnded(address, call, Status.DONE)]
    assert [each.reason for each in events if isinstance(each, Waiting)] == [
        f"the account's server failed (500 to PATCH /main_numbers/{SALES})"
    ]


def test_a_defect_of_a_listener_is_not_swallowed(here: Site) -> None:
    def broken(event: Event) -> None:
        if isinstance(event, CallStarted):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        here.apply(here.plan(BOTH), here.connection(listener=broken))


def test_an_interrupt_finishes_what_is_under_way_and_starts_nothing(here: Site) -> None:
    plan = here.plan(BOTH)
    answer, connection = threading.Event(), here.connection(parallelism=1, stop=threading.Event())
    here.sandbox.faults.script(Fault(until=answer), method="PATCH")
    press_while_held(here.sandbox, connection.stop, answer=answer)
    outcome = here.apply(plan, connection)
    assert outcome.was_interrupted
    assert statuses(outcome)[0] == "PATCH done"
    assert outcome.count(Status.NOT_ATTEMPTED) == 5
    assert len(here.writes) == 1


def test_a_second_interrupt_gives_up_what_is_under_way(here: Site) -> None:
    plan = here.plan(BOTH)
    answer, connection = threading.Event(), here.connection(parallelism=1, request_seconds=60, stop=threading.Event())
    here.sandbox.faults.script(Fault(until=answer), method="PATCH")
    press_while_held(here.sandbox, connection.stop, answer=answer, times=2)
    started = time.monotonic()
    outcome = here.apply(plan, connection)
    assert time.monotonic() - started < 30, "the answer was not waited for"
    assert outcome.was_interrupted
    assert outcome.count(Status.UNKNOWN) == 1
    assert outcome.count(Status.NOT_ATTEMPTED) == 5
    let_go(here.sandbox, answer)  # the next test must not meet it


def test_an_interrupt_ends_a_wait_that_the_account_asked_for(here: Site) -> None:
    plan = here.plan(BOTH)
    here.sandbox.faults.script(Fault.too_many_requests(30), times=None)

    def press(event: Event) -> None:
        if isinstance(event, Waiting):
            _thread.interrupt_main()

    started = time.monotonic()
    outcome = here.apply(plan, here.connection(parallelism=1, stop=threading.Event(), listener=press))
    assert time.monotonic() - started < 20, "the account asked for thirty seconds"
    assert outcome.was_interrupted
    assert outcome.changed_nothing
    assert len(here.writes) == 1


def test_two_numbers_never_share_a_failure(here: Site) -> None:
    plan = here.plan(BOTH)
    here.sandbox.faults.script(Fault.error(403), path=SUPPORT, times=None)
    outcome = here.apply(plan)
    assert statuses(outcome) == ["PATCH done", "PUT done", "PUT done", "PUT done", "PATCH failed", "PUT not_attempted"]
