"""The error bodies of each vendor: what is said of the whole request, and what of which field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.execution.http_errors import ParseError, for_status
from ringform.model.api_error import ErrorBody
from ringform.providers.oneinbox.error_body import parse_error as oneinbox
from ringform.providers.phone_inc.error_body import parse_error as phone_inc
from ringform.providers.zendesk_talk.error_body import parse_error as zendesk


@pytest.mark.parametrize(
    ("parse", "body", "message", "by_field"),
    [
        (phone_inc, {"error": "Voicemail not found"}, "Voicemail not found", {}),
        (phone_inc, {"errors": {"name": ["is bad", "is long"]}}, None, {"name": ["is bad", "is long"]}),
        (phone_inc, {"errors": {"name": "is bad"}}, None, {"name": ["is bad"]}),
        (
            zendesk,
            {
                "error": "RecordInvalid",
                "description": "Record validation errors",
                "details": {"nickname": [{"description": "Nickname: is too long", "error": "TooLong"}]},
            },
            "RecordInvalid: Record validation errors",
            {"nickname": ["Nickname: is too long"]},
        ),
        (
            zendesk,
            {"error": "Forbidden", "details": {"group_ids": ["is read-only on this plan"]}},
            "Forbidden",
            {"group_ids": ["is read-only on this plan"]},
        ),
        (
            zendesk,
            {"error": "Invalid", "details": {"phone_number": {"settings": {"priority": ["is bad"]}}}},
            "Invalid",
            {"settings.priority": ["is bad"]},
        ),
        (zendesk, {"error": {"title": "Forbidden", "message": "You may not"}}, "You may not", {}),
        (zendesk, {"errors": [{"title": "Bad", "detail": "priority is bad"}]}, "priority is bad", {}),
        (
            oneinbox,
            {"detail": [{"loc": ["body", "inbound_routing", "agent_id"], "msg": "not a uuid", "type": "uuid_parsing"}]},
            None,
            {"inbound_routing.agent_id": ["not a uuid"]},
        ),
        (oneinbox, {"detail": [{"loc": ["body"], "msg": "not an object", "type": "x"}]}, "not an object", {}),
        (oneinbox, {"detail": "Not Found"}, "Not Found", {}),
        *((parse, {}, None, {}) for parse in (phone_inc, zendesk, oneinbox)),
    ],
)
def test_every_documented_shape_is_read(
    parse: ParseError, body: dict[str, Any], message: str | None, by_field: dict[str, list[str]]
) -> None:
    assert parse(body) == ErrorBody(message, by_field)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(
    st.sampled_from([phone_inc, zendesk, oneinbox]),
    st.dictionaries(st.sampled_from(["error", "errors", "detail", "details", "description"]), json_values),
)
def test_no_body_is_too_strange(parse: ParseError, body: dict[str, Any]) -> None:
    said = parse(body)
    assert all(isinstance(text, str) for texts in said.by_field.values() for text in texts)
    assert said.message is None or isinstance(said.message, str)


def test_the_detail_has_both_the_message_and_the_fields() -> None:
    body = {"error": "RecordInvalid", "details": {"nickname": ["is too long"]}}
    error = for_status("PUT /phone_numbers/6", 422, {}, json.dumps(body).encode(), zendesk)
    assert error.diagnostic.detail == "RecordInvalid: nickname: is too long"
    assert error.rejected == {"nickname": ["is too long"]}


DEEP = b'{"errors":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        (b"", None),
        (b"{}", None),
        (b"<html>", "It begins: <html>"),
        (b"[1]", "It begins: [1]"),
        (b"null", "It begins: null"),
        (b'{"message": "Slow down"}', 'It begins: {"message": "Slow down"}'),
        (b"[" * 100_000, f"It begins: {'[' * 300}..."),
        (DEEP, f"It begins: {DEEP[:300].decode()}..."),
    ],
)
def test_what_is_in_no_documented_shape_is_quoted(content: bytes, quoted: str | None) -> None:
    assert for_status("GET /x", 400, {}, content, phone_inc).diagnostic.detail == quoted
