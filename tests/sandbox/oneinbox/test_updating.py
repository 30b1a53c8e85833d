"""'Update Phone Number': what is merged, kept, cleared and refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from ringform.sandbox.oneinbox.example import AGENT, FRONT_DESK, NIGHT_AGENT, SPARE
from ringform.sandbox.oneinbox.generator import generated_account
from ringform.sandbox.server import Sandbox

from ..conftest import inbox_client

OTHER = "11111111-2222-4333-8444-555555555555"
ONE = f"/phone-numbers/{FRONT_DESK}"
TWO = f"/phone-numbers/{SPARE}"
ROUTING = {"agent_id": AGENT, "fallback": {"agent_id": NIGHT_AGENT}, "voicemail_message": "Please leave a message."}


def routed(inbox: httpx.Client, path: str, **routing: Any) -> Any:
    response = inbox.patch(path, json={"inbound_routing": routing})
    assert response.status_code == 200
    assert inbox.get(path).json() == response.json()
    return response.json()["inbound_routing"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ROUTING),
        ({"agent_id": OTHER}, {**ROUTING, "agent_id": OTHER}),
        ({"fallback": {"agent_id": OTHER}}, {**ROUTING, "fallback": {"agent_id": OTHER}}),
        ({"fallback": None}, {**ROUTING, "fallback": None}),
        ({"voicemail_message": "Ærø"}, {**ROUTING, "voicemail_message": "Ærø"}),
        ({"voicemail_message": ""}, {**ROUTING, "voicemail_message": ""}),
        ({"agent_id": OTHER, "fallback": None}, {**ROUTING, "agent_id": OTHER, "fallback": None}),
    ],
)
def test_routing_is_merged_and_null_clears_the_fallback(
    inbox: httpx.Client, change: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert routed(inbox, ONE, **change) == expected


def test_without_routing_the_number_s_agent_is_the_routing_agent(inbox: httpx.Client) -> None:
    assert inbox.get(TWO).json()["inbound_routing"] is None
    expected = {"agent_id": NIGHT_AGENT, "fallback": None, "voicemail_message": "Hello"}
    assert routed(inbox, TWO, voicemail_message="Hello") == expected


def test_the_routing_agent_stays_when_the_number_s_agent_changes(inbox: httpx.Client) -> None:
    number = inbox.patch(ONE, json={"agent_id": OTHER}).json()
    assert (number["agent_id"], number["inbound_routing"]) == (OTHER, ROUTING)
    assert routed(inbox, ONE, voicemail_message="x")["agent_id"] == AGENT


def test_the_number_s_agent_of_the_same_request_is_what_routing_falls_back_to(inbox: httpx.Client) -> None:
    number = inbox.patch(TWO, json={"agent_id": OTHER, "inbound_routing": {"voicemail_message": "x"}}).json()
    assert (number["agent_id"], number["inbound_routing"]["agent_id"]) == (OTHER, OTHER)


def test_other_fields_stay(inbox: httpx.Client) -> None:
    before = inbox.get(ONE).json()
    after = inbox.patch(ONE, json={"friendly_name": "Renamed"}).json()
    assert {**after, "updated_at": before["updated_at"]} == {**before, "friendly_name": "Renamed"}


def test_null_clears_the_friendly_name_and_not_the_agent(inbox: httpx.Client) -> None:
    number = inbox.patch(ONE, json={"friendly_name": None, "agent_id": None}).json()
    assert (number["friendly_name"], number["agent_id"]) == (None, AGENT)


def test_read_only_and_unknown_fields_are_ignored(inbox: httpx.Client) -> None:
    before = inbox.get(ONE).json()
    ignored = {
        "status": "off",
        "provider": "x",
        "inbound_trunk_id": None,
        "phone_number": "+1",
        "id": OTHER,
        "colour": 1,
    }
    response = inbox.patch(ONE, json={**ignored, "inbound_routing": {"colour": "red"}})
    assert (response.status_code, response.json()) == (200, before)


def test_a_change_moves_updated_at_and_nothing_else_does(sandbox: Sandbox, inbox: httpx.Client) -> None:
    sandbox.oneinbox.clock = lambda: datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert inbox.patch(ONE, json={}).json()["updated_at"] == "2023-11-07T05:31:56Z"
    assert inbox.patch(ONE, json={"friendly_name": "Front desk"}).json()["updated_at"] == "2023-11-07T05:31:56Z"
    assert inbox.patch(ONE, json={"friendly_name": "x"}).json()["updated_at"] == "2026-07-01T12:00:00Z"
    assert inbox.get(ONE).json()["created_at"] == "2023-11-07T05:31:56Z"


@pytest.mark.parametrize(
    ("body", "place", "kind"),
    [
        ({"friendly_name": 5}, ["friendly_name"], "string_type"),
        ({"agent_id": "x"}, ["agent_id"], "uuid_parsing"),
        ({"agent_id": 5}, ["agent_id"], "uuid_type"),
        ({"inbound_routing": None}, ["inbound_routing"], "model_type"),
        ({"inbound_routing": {"agent_id": None}}, ["inbound_routing", "agent_id"], "uuid_type"),
        ({"inbound_routing": {"agent_id": ""}}, ["inbound_routing", "agent_id"], "uuid_parsing"),
        ({"inbound_routing": {"fallback": {}}}, ["inbound_routing", "fallback", "agent_id"], "missing"),
        ({"inbound_routing": {"fallback": {"agent_id": 1}}}, ["inbound_routing", "fallback", "agent_id"], "uuid_type"),
        ({"inbound_routing": {"fallback": OTHER}}, ["inbound_routing", "fallback"], "model_type"),
        ({"inbound_routing": {"voicemail_message": None}}, ["inbound_routing", "voicemail_message"], "string_type"),
        ({"inbound_routing": {"voicemail_message": 1}}, ["inbound_routing", "voicemail_message"], "string_type"),
    ],
)
def test_a_wrong_value_is_422_and_changes_nothing(
    inbox: httpx.Client, body: dict[str, Any], place: list[str], kind: str
) -> None:
    before = inbox.get(ONE).json()
    response = inbox.patch(ONE, json={"friendly_name": "New", **body})
    assert response.status_code == 422
    (detail,) = response.json()["detail"]
    assert (detail["loc"], detail["type"]) == (["body", *place], kind)
    assert inbox.get(ONE).json() == before


def test_one_answer_names_every_fault(inbox: httpx.Client) -> None:
    body = {"friendly_name": 1, "agent_id": "x", "inbound_routing": {"voicemail_message": 2}}
    assert len(inbox.patch(ONE, json=body).json()["detail"]) == 3


def test_the_dashboard_changes_what_is_read(sandbox: Sandbox, inbox: httpx.Client) -> None:
    routing = {"agent_id": OTHER, "fallback": {"agent_id": AGENT}}
    sandbox.oneinbox.edit_phone_number("+14155550143", friendly_name="Theirs", inbound_routing=routing)
    number = inbox.get(TWO).json()
    assert number["friendly_name"] == "Theirs"
    assert number["inbound_routing"] == {**routing, "voicemail_message": None}
    sandbox.oneinbox.edit_phone_number(SPARE, inbound_routing=None)
    assert inbox.get(TWO).json()["inbound_routing"] is None
    with pytest.raises(ValueError, match="colour"):
        sandbox.oneinbox.edit_phone_number(SPARE, colour="red")


def test_a_generated_account_passes_the_api_s_own_checks() -> None:
    with Sandbox(oneinbox=generated_account(30)) as sandbox, inbox_client(sandbox) as inbox:
        for phone_id in sandbox.oneinbox.phone_numbers:
            before = inbox.get(f"/phone-numbers/{phone_id}").json()
            sent = {name: before[name] for name in ("friendly_name", "agent_id")}
            if before["inbound_routing"] is not None:
                kept = before["inbound_routing"].items()
                sent["inbound_routing"] = {k: v for k, v in kept if v is not None or k == "fallback"}
            response = inbox.patch(f"/phone-numbers/{phone_id}", json=sent)
            assert (response.status_code, response.json()) == (200, before)
    assert generated_account(5).to_state() == generated_account(5).to_state()
    with pytest.raises(ValueError, match="9,999"):
        generated_account(-1)
