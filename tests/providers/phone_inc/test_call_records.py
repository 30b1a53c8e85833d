"""The account's calls, read over a real socket."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ringform.engine.connection import Connection
from ringform.engine.reading import Reader
from ringform.providers.base import Endpoint
from ringform.providers.errors import ApiError
from ringform.providers.phone_inc import calls
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox


def connection(sandbox: Sandbox) -> Connection:
    return Connection(PhoneInc(), Endpoint(sandbox.url, {"X-Api-Key": sandbox.key}, (sandbox.key,)))


def test_the_documents_example_call() -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        found = {call.id: call for call in calls.recent(reader)}
    call = found["0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11"]
    assert (call.number, call.caller, call.is_inbound) == ("+14155551234", "+14085550199", True)
    assert (call.state, call.is_under_way, call.was_answered) == ("ended", False, True)
    assert call.started_at == datetime(2026, 5, 11, 14, 2, 11, tzinfo=UTC)


def test_at_most_fifty_newest_first_and_one_get() -> None:
    with Sandbox(generated_account(5, 0)) as sandbox, Reader(connection(sandbox)) as reader:
        found = calls.recent(reader, limit=500)
        assert [request.method for request in sandbox.requests] == ["GET"]
    starts = [call.started_at for call in found if call.started_at]
    assert len(found) == calls.MOST
    assert starts == sorted(starts, reverse=True)


def test_one_direction_only() -> None:
    with Sandbox(generated_account(5, 0)) as sandbox, Reader(connection(sandbox)) as reader:
        assert {call.is_inbound for call in calls.recent(reader, direction="outbound")} == {False}


@pytest.mark.parametrize("body", [[], {}, {"calls": {}}, {"calls": [1]}, {"calls": [{"id": "x"}]}])
def test_an_answer_of_another_shape_is_told(body: object) -> None:
    with Sandbox() as sandbox, Reader(connection(sandbox)) as reader:
        sandbox.faults.script(Fault(answer=Answer.json(200, body)))
        with pytest.raises(ApiError, match="not what the API documents"):
            calls.recent(reader)
