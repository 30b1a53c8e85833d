"""Error bodies of all vendors: what is said of the whole, and what of which field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.execution.http_errors import for_status
from ringform.providers.shared.error_bodies import read


@pytest.mark.parametrize(
    ("body", "rejected", "message"),
    [
        ({"error": "Voicemail not found"}, {}, "Voicemail not found"),
        ({"errors": {"name": ["is bad", "is long"]}}, {"name": ["is bad", "is long"]}, None),
        ({"errors": {"name": "is bad"}}, {"name": ["is bad"]}, None),
        (
            {
                "error": "RecordInvalid",
                "description": "Record validation errors",
                "details": {"nickname": [{"description": "Nickname: is too long", "error": "TooLong"}]},
            },
            {"nickname": ["Nickname: is too long"]},
            "RecordInvalid: Record validation errors",
        ),
        (
            {"error": "Forbidden", "details": {"group_ids": ["is read-only on this plan"]}},
            {"group_ids": ["is read-only on this plan"]},
            "Forbidden",
        ),
        (
            {"error": "Invalid", "details": {"phone_number": {"settings": {"priority": ["is bad"]}}}},
            {"settings.priority": ["is bad"]},
            "Invalid",
        ),
        ({"error": {"title": "Forbidden", "message": "You do not have access"}}, {}, "You do not have access"),
        ({"errors": [{"title": "Bad", "detail": "priority is bad"}]}, {}, "priority is bad"),
        (
            {"detail": [{"loc": ["body", "inbound_routing", "agent_id"], "msg": "not a uuid", "type": "uuid_parsing"}]},
            {"inbound_routing.agent_id": ["not a uuid"]},
            None,
        ),
        ({"detail": [{"loc": ["body"], "msg": "not an object", "type": "x"}]}, {}, "not an object"),
        ({"detail": "Not Found"}, {}, "Not Found"),
        ({"message": "Slow down"}, {}, "Slow down"),
        ({}, {}, None),
    ],
)
def test_every_shape_is_read(body: object, rejected: dict[str, list[str]], message: str | None) -> None:
    assert read(json.dumps(body).encode()) == (rejected, message)


@pytest.mark.parametrize("content", [b"", b"<html>", b"[1]", b"null", b"[" * 100_000])
def test_what_is_no_object_is_none(content: bytes) -> None:
    assert read(content) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["error", "errors", "detail", "details", "description"]), json_values))
def test_no_body_is_too_strange(body: dict[str, Any]) -> None:
    found = read(json.dumps(body).encode())
    assert found is not None
    rejected, message = found
    assert all(isinstance(text, str) for texts in rejected.values() for text in texts)
    assert message is None or isinstance(message, str)


def test_the_detail_has_both_the_message_and_the_fields() -> None:
    body = {"error": "RecordInvalid", "details": {"nickname": ["is too long"]}}
    error = for_status("PUT /phone_numbers/6", 422, {}, json.dumps(body).encode())
    assert error.diagnostic.detail == "RecordInvalid: nickname: is too long"
    assert error.rejected == {"nickname": ["is too long"]}
