"""The account's calls, read over a real socket."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from support.calls import forget_calls, put_call

from ringform.execution.connection import Connection
from ringform.execution.reader import Reader
from ringform.model.address import Address
from ringform.model.api_error import ApiError
from ringform.model.call_record import CallFilter
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.providers.phone_inc.resources import calls
from ringform.providers.protocol import Endpoint
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import SALES, SUPPORT
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox


def connection(sandbox: Sandbox) -> Connection:
    return Connection(PhoneInc(), Endpoint(sandbox.url, {"X-Api-Key": sandbox.key}, (sandbox.key,)))


def test_the_documents_example_call() -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        found = {call.id: call for call in calls.recent(reader)}
    call = found["0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11"]
    assert (str(call.number), call.caller, call.is_inbound) == ("main_number:+14155551234", "+14085550199", True)
    assert (call.is_under_way, call.was_answered) == (False, True)
    assert call.started_at == datetime(2026, 5, 11, 14, 2, 11, tzinfo=UTC)


def test_at_most_fifty_newest_first_and_one_get() -> None:
    with Sandbox(generated_account(5, 0)) as sandbox, Reader(connection(sandbox)) as reader:
        found = calls.recent(reader, CallFilter(limit=500))
        assert [request.method for request in sandbox.requests] == ["GET"]
    starts = [call.started_at for call in found if call.started_at]
    assert len(found) == calls.MOST
    assert starts == sorted(starts, reverse=True)


def test_one_direction_only() -> None:
    with Sandbox(generated_account(5, 0)) as sandbox, Reader(connection(sandbox)) as reader:
        assert {call.is_inbound for call in calls.recent(reader, CallFilter(is_inbound=False))} == {False}


@pytest.mark.parametrize("body", [[], {}, {"calls": {}}, {"calls": [1]}, {"calls": [{"id": "x"}]}])
def test_an_answer_of_another_shape_is_told(body: object) -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        sandbox.faults.script(Fault(answer=Answer.json(200, body)))
        with pytest.raises(ApiError, match="not what the API documents"):
            calls.recent(reader)


@pytest.mark.parametrize("time", ["2026-11-20T10:00:00", "soon", 5], ids=["without a zone", "no time", "a number"])
def test_a_time_that_is_none_is_told(time: object) -> None:
    entry = {"id": "x", "state": "ended", "direction": "inbound", "main_number": None, "started_at": time}
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        sandbox.faults.script(Fault(answer=Answer.json(200, {"calls": [entry]})))
        with pytest.raises(ApiError, match="not what the API documents"):
            calls.recent(reader)


@pytest.mark.parametrize(
    ("state", "answered_at", "employees", "says"),
    [
        ("ended", None, [], False),
        ("ended", "2026-11-20T10:00:03Z", [{"id": "a", "name": "Alex"}], True),
        ("ended", "2026-11-20T10:00:03Z", [], None),
        ("bridged", "2026-11-20T10:00:03Z", [{"id": "a", "name": "Alex"}], True),
        ("transferring", None, [], None),
    ],
    ids=["missed", "somebody", "a menu or a voicemail perhaps", "talking", "it may still be answered"],
)
def test_whether_a_person_picked_up(state: str, answered_at: str | None, employees: object, says: bool | None) -> None:
    entry = {"id": "x", "state": state, "direction": "inbound", "from": None, "main_number": "+14155551234"}
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        answer = {"calls": [{**entry, "answered_at": answered_at, "employees": employees}]}
        sandbox.faults.script(Fault(answer=Answer.json(200, answer)))
        [call] = calls.recent(reader)
    assert (call.was_answered, call.caller, call.started_at) == (says, None, None)


def test_calls_under_way_in_both_directions_by_one_get() -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        forget_calls(sandbox.account)
        for state in calls.GOING_ON:
            put_call(sandbox.account, SALES, state=state)
        put_call(sandbox.account, SUPPORT, state="bridged", direction="outbound")
        put_call(sandbox.account, SUPPORT, state="ended")
        found = calls.active(reader)
        assert [request.method for request in sandbox.requests] == ["GET"]
    assert Counter(str(call.number) for call in found.calls) == {
        "main_number:+14155551234": len(calls.GOING_ON),
        "main_number:+14155555678": 1,
    }
    assert found.is_complete


def test_a_long_call_is_seen_behind_fifty_newer_ones() -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        forget_calls(sandbox.account)
        long = put_call(sandbox.account, SUPPORT, state="bridged", started_at="2026-11-19T10:00:00Z")
        for _ in range(calls.MOST):
            put_call(sandbox.account, SALES)
        found = calls.active(reader)
        assert len(sandbox.requests) == 1 + len(calls.GOING_ON)
    assert [call.id for call in found.calls] == [long]
    assert found.is_complete
    assert found.may_be_on(Address("main_number", "+14155555678"))
    assert not found.may_be_on(Address("main_number", "+14155551234"))


def test_more_calls_than_the_account_shows_may_be_on_any_number() -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        for _ in range(calls.MOST):
            put_call(sandbox.account, SALES, state="bridged")
        found = calls.active(reader)
    assert not found.is_complete
    assert found.may_be_on(Address("main_number", "+14155555678"))
