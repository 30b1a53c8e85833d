"""'Update Phone Number'."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ringform.sandbox.server import Sandbox
from ringform.sandbox.zendesk_talk.validation import DELETE_AFTER

ONE = "/phone_numbers/6"
WITH_SETTINGS = f"{ONE}?include=settings"


def put(talk: httpx.Client, url: str, **fields: Any) -> httpx.Response:
    return talk.put(url, json={"phone_number": fields})


def settings(talk: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = talk.get(WITH_SETTINGS).json()["phone_number"]["settings"]
    return found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("brand_id", 2),
        ("brand_id", None),
        ("call_recording_consent", "never"),
        ("default_group_id", 2),
        ("failover_number", "+14155550100"),
        ("failover_number", None),
        ("greeting_ids", []),
        ("group_ids", [7, 1]),
        ("ivr_id", 1),
        ("line_type", "digital"),
        ("nickname", "Ærø ☎"),
        ("outbound_enabled", False),
        ("post_call_voice_ai_enabled", True),
        ("priority", 3),
        ("recorded", False),
        ("schedule_id", 2),
        ("schedule_id", None),
        ("sms_enabled", False),
        ("sms_group_id", None),
        ("transcription", True),
        ("voice_enabled", False),
        ("voice_qa_enabled", False),
    ],
)
def test_a_field_changes_alone(talk: httpx.Client, field: str, value: object) -> None:
    before = talk.get(WITH_SETTINGS).json()["phone_number"]
    response = put(talk, f"{ONE}.json?include=settings", **{field: value})
    expected = before | {field: value} | ({"name": value} if field == "nickname" else {})
    assert (response.status_code, response.json()) == (200, {"phone_number": expected})
    assert talk.get(WITH_SETTINGS).json()["phone_number"] == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("allow_outbound_calls", False),
        ("average_wait_time_message_enabled", False),
        ("call_offering_duration", 45),
        ("callback_from_queue", False),
        ("callback_locale", "da"),
        ("create_ticket_for_abandoned_calls", False),
        ("dequeue_retry_if_attempted", True),
        ("maximum_queue_size", 0),
        ("maximum_queue_wait_time", 20),
        ("overflow_number", {"anything": "at all"}),
        ("overflow_number", None),
        ("priority", 2),
        ("voicemail", False),
        ("voicemail_outside_business_hours", False),
        *(("call_recording_delete_after", text) for text in DELETE_AFTER),
        *(("voicemail_recording_delete_after", text) for text in DELETE_AFTER),
    ],
)
def test_a_setting_changes_alone(talk: httpx.Client, field: str, value: object) -> None:
    before = talk.get(WITH_SETTINGS).json()["phone_number"]
    response = put(talk, WITH_SETTINGS, settings={field: value})
    expected = before | {"settings": before["settings"] | {field: value}}
    assert (response.status_code, response.json()) == (200, {"phone_number": expected})
    assert settings(talk) == expected["settings"]


@pytest.mark.parametrize("query", ["", "?include=", "?include=ivrs,all_groups"])
def test_settings_count_only_when_they_are_included(talk: httpx.Client, query: str) -> None:
    before = settings(talk)
    for value in ({"voicemail": False}, {"voicemail": "no"}, None):
        response = put(talk, f"{ONE}{query}", nickname="Renamed", settings=value)
        assert response.status_code == 200
        assert response.json()["phone_number"]["nickname"] == "Renamed"
        assert "settings" not in response.json()["phone_number"]
    assert settings(talk) == before


def test_read_only_and_unknown_fields_are_ignored(talk: httpx.Client) -> None:
    before = talk.get(WITH_SETTINGS).json()
    response = put(
        talk,
        WITH_SETTINGS,
        id=9,
        number="+1",
        name="Other",
        display_number="x",
        toll_free=True,
        external="?",
        location=1,
        country_code="DK",
        created_at=None,
        capabilities={"sms": False},
        categorised_greetings={},
        default_greeting_ids=["x"],
        token="x",
        colour="red",
        settings={"colour": "red"},
    )
    assert (response.status_code, response.json()) == (200, before)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("brand_id", 99),
        ("brand_id", "1"),
        ("brand_id", True),
        ("call_recording_consent", None),
        ("default_group_id", 3),
        ("failover_number", 1),
        ("greeting_ids", [1, 99]),
        ("greeting_ids", None),
        ("group_ids", ["1"]),
        ("group_ids", 1),
        ("ivr_id", 2),
        ("line_type", "analogue"),
        ("line_type", None),
        ("line_type", ["phone"]),
        ("nickname", 5),
        ("priority", 1.0),
        ("priority", "1"),
        ("recorded", "true"),
        ("recorded", None),
        ("schedule_id", 99),
        ("sms_group_id", 99),
        ("voice_enabled", 1),
    ],
)
def test_a_wrong_value_is_422_and_names_the_field(talk: httpx.Client, field: str, value: object) -> None:
    before = talk.get(WITH_SETTINGS).json()
    response = put(talk, ONE, **{"transcription": True, field: value})
    assert response.status_code == 422
    answer = response.json()
    assert (answer["error"], answer["description"]) == ("RecordInvalid", "Record validation errors")
    assert list(answer["details"]) == [field]
    assert set(answer["details"][field][0]) == {"description", "error"}
    assert talk.get(WITH_SETTINGS).json() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("call_recording_delete_after", "1.day"),
        ("call_recording_delete_after", None),
        ("voicemail_recording_delete_after", "3.years"),
        ("callback_locale", "english"),
        ("callback_locale", "EN"),
        ("callback_locale", None),
        ("call_offering_duration", "30"),
        ("maximum_queue_size", None),
        ("overflow_number", "+14155550100"),
        ("voicemail", 0),
    ],
)
def test_a_wrong_setting_is_422_and_names_it(talk: httpx.Client, field: str, value: object) -> None:
    before = talk.get(WITH_SETTINGS).json()
    response = put(talk, WITH_SETTINGS, nickname="New", settings={"priority": 5, field: value})
    assert response.status_code == 422
    assert list(response.json()["details"]) == [f"settings.{field}"]
    assert talk.get(WITH_SETTINGS).json() == before


@pytest.mark.parametrize("value", [None, [], "x"])
def test_settings_that_are_no_object_are_422(talk: httpx.Client, value: object) -> None:
    response = put(talk, WITH_SETTINGS, settings=value)
    assert (response.status_code, list(response.json()["details"])) == (422, ["settings"])


def test_one_answer_names_every_fault(talk: httpx.Client) -> None:
    response = put(talk, WITH_SETTINGS, recorded=1, line_type="x", settings={"voicemail": None})
    assert set(response.json()["details"]) == {"recorded", "line_type", "settings.voicemail"}


def test_groups_keep_their_order_and_greetings_are_a_set(talk: httpx.Client) -> None:
    number = put(talk, ONE, group_ids=[7, 2, 7, 1], greeting_ids=[3, 1, 3]).json()["phone_number"]
    assert (number["group_ids"], number["greeting_ids"]) == ([7, 2, 1], [1, 3])


def test_with_omnichannel_routing_only_the_first_group_is_accepted(sandbox: Sandbox, talk: httpx.Client) -> None:
    sandbox.zendesk.omnichannel = True
    assert put(talk, ONE, group_ids=[7, 2]).json()["phone_number"]["group_ids"] == [7]


def test_what_the_plan_forbids_is_422_and_named(sandbox: Sandbox, talk: httpx.Client) -> None:
    sandbox.zendesk.plan_read_only = ["group_ids", "settings.callback_from_queue"]
    before = talk.get(WITH_SETTINGS).json()
    response = put(talk, WITH_SETTINGS, nickname="x", group_ids=[1, 2], settings={"callback_from_queue": True})
    assert response.status_code == 422
    details = response.json()["details"]
    assert details == {
        "group_ids": [{"description": "Group ids: cannot be changed on this plan", "error": "FeatureNotAvailable"}],
        "settings.callback_from_queue": [
            {"description": "Callback from queue: cannot be changed on this plan", "error": "FeatureNotAvailable"}
        ],
    }
    assert talk.get(WITH_SETTINGS).json() == before
    assert put(talk, WITH_SETTINGS, nickname="x", default_group_id=2, settings={"voicemail": False}).status_code == 200


def test_the_dashboard_changes_what_is_read(sandbox: Sandbox, talk: httpx.Client) -> None:
    sandbox.zendesk.edit_phone_number(6, nickname="Theirs", settings={"voicemail": False})
    number = talk.get(WITH_SETTINGS).json()["phone_number"]
    assert (number["name"], number["settings"]["voicemail"]) == ("Theirs", False)
    with pytest.raises(ValueError, match="colour"):
        sandbox.zendesk.edit_phone_number(6, settings={"colour": 1})
