"""A plan as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import plans

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change, FieldChange
from ringform.model.diagnostic import Location, RingformError
from ringform.model.plan import ManifestId, Plan, plan_digest
from ringform.planning.codec import checksum, decode, encode

AT = "2026-11-21T09:00:00Z"
EXAMPLE = Plan(
    providers=("phone.inc",),
    manifest=ManifestId(("ringform.yaml",), "sha256:1"),
    changes=(
        Change(
            address=Address("main_number", "+14155551234"),
            name="Sales",
            action=Action.UPDATE,
            fields=(FieldChange(("no_answer_timeout_secs",), None, 30, Location("ringform.yaml", 20, 5)),),
            calls=(
                Call(
                    "PUT",
                    "/main_numbers/1/no_answer_config",
                    {"type": None, "timeout_secs": 30},
                    {"no_answer_config": None, "no_answer_timeout_secs": 30},
                ),
            ),
            source=Location("ringform.yaml", 18, 3),
        ),
    ),
    unchanged=3,
    unmanaged=(Address("main_number", "+14155559999"),),
    digest="",
)
EXAMPLE = replace(EXAMPLE, digest=plan_digest(EXAMPLE.manifest.digest, EXAMPLE.live, EXAMPLE.changes))


def saved(plan: Plan) -> bytes:
    return json.dumps(encode(plan, tool_version="0.1.0", created_at=AT), ensure_ascii=False).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(RingformError) as caught:
        decode(content, "plan.json")
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "not-a-plan"
    assert diagnostic.hint == "make it again with: ringform plan --out FILE"
    return diagnostic.summary


def resealed(**changes: Any) -> bytes:
    """The example with other values in it, and a checksum that fits them."""
    document = {**json.loads(saved(EXAMPLE)), **changes}
    return json.dumps({**document, "checksum": checksum(document)}).encode()


@settings(max_examples=50, deadline=None)
@given(plans.plans)
def test_any_plan_loads_as_it_was_saved(plan: Plan) -> None:
    loaded = decode(saved(plan), "plan.json")
    assert loaded.plan == plan
    assert (loaded.created_at, loaded.tool_version) == (AT, "0.1.0")
    assert saved(loaded.plan) == saved(plan)


def test_the_public_shape_of_a_plan() -> None:
    document = json.loads(saved(EXAMPLE))
    assert document["format"] == "ringform.plan/v1"
    assert document["summary"] == {
        "create": 0,
        "update": 1,
        "delete": 0,
        "unchanged": 3,
        "unmanaged": 1,
        "calls": 1,
    }
    [change] = document["changes"]
    assert change["address"] == "main_number:+14155551234"
    assert change["source"] == {"file": "ringform.yaml", "line": 18, "column": 3}
    [field] = change["fields"]
    assert (field["path"], field["before"], field["after"]) == ("no_answer_timeout_secs", None, 30)
    [call] = change["calls"]
    assert (call["method"], call["path"]) == ("PUT", "/main_numbers/1/no_answer_config")
    assert call["body"] == {"type": None, "timeout_secs": 30}
    assert document["unmanaged"] == ["main_number:+14155559999"]


@settings(max_examples=30, deadline=None)
@given(plans.plans, st.data())
def test_a_file_that_was_cut_off_is_refused(plan: Plan, data: st.DataObject) -> None:
    content = saved(plan)
    cut = data.draw(st.integers(0, len(content) - 1))
    assert refusal(content[:cut]) == "plan.json is not JSON: it is damaged, cut off, or not a plan"


@given(st.integers(0, len(saved(EXAMPLE)) - 1), st.binary(min_size=1, max_size=1))
def test_a_damaged_file_is_refused_or_means_the_same(position: int, byte: bytes) -> None:
    content = saved(EXAMPLE)
    damaged = content[:position] + byte + content[position + 1 :]
    try:
        loaded = decode(damaged, "plan.json")
    except RingformError:
        return
    assert loaded.plan == EXAMPLE


@given(plans.json_values)
def test_any_other_json_is_refused(value: Any) -> None:
    refusal(json.dumps(value).encode())


@pytest.mark.parametrize("content", [b"", b"\x00" * 99, b"\xff\xfe{", b"version: 1\n", b"[" * 100_000, b"1" * 9_999])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    assert refusal(content).startswith("plan.json is not ")


@pytest.mark.parametrize(
    ("content", "summary"),
    [
        (resealed(format="ringform.plan/v2"), "plan.json is not a plan of the format ringform.plan/v1"),
        (resealed(format=None), "plan.json is not a plan of the format ringform.plan/v1"),
        (b"{}", "plan.json is not a plan of the format ringform.plan/v1"),
        (resealed(changes=[{}]), "plan.json is not a complete plan: changes.0.address is missing or wrong"),
        (
            resealed(digest="sha256:2"),
            "plan.json was edited: its digest is not that of its calls",
        ),
        (resealed(unmanaged=["nonsense"]), "plan.json is not a complete plan: unmanaged.0 is missing or wrong"),
        (
            saved(EXAMPLE).replace(b"+14155559999", b"+14155559998"),
            "plan.json was edited or damaged after it was made",
        ),
    ],
)
def test_another_document_is_refused_with_the_reason(content: bytes, summary: str) -> None:
    assert refusal(content) == summary


@pytest.mark.parametrize(
    "call",
    [
        {"method": "GET", "path": "/x", "body": None, "expect": {}},
        {"method": "PATCH", "path": "//", "body": [], "expect": {}},
        {"method": "PATCH", "path": "@evil.example/x", "body": {}, "expect": {}},
        {"method": "PATCH", "path": "", "body": {}, "expect": {}},
        {"method": "PATCH", "path": "/x", "body": {}},
    ],
)
def test_a_call_that_no_plan_makes_is_refused(call: dict[str, Any]) -> None:
    [change] = json.loads(saved(EXAMPLE))["changes"]
    assert "is missing or wrong" in refusal(resealed(changes=[{**change, "calls": [call]}]))


def test_what_a_later_version_adds_is_no_obstacle() -> None:
    assert decode(resealed(callers=[{"days": ["fri"]}]), "plan.json").plan == EXAMPLE
