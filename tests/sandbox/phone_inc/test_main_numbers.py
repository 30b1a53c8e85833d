from __future__ import annotations

from typing import Any

import httpx
import pytest

from ringform.sandbox.phone_inc.example import ALEX, JONAS, MARIA, SALES, SUPPORT
from ringform.sandbox.server import Sandbox

SALES_PATH = f"/main_numbers/{SALES}"
REJECT = {"type": "RejectConfig", "message": "Closed"}
MENU = {
    "type": "PhoneMenuConfig",
    "welcome": "Tryk 1 🎶",
    "menu_options": [
        {"digit": "9", "action_type": "PlayMessageConfig", "prompt": "Bye", "employee_ids": [MARIA]},
        {"digit": "1", "action_type": "TransferConfig", "prompt": "Kept", "employee_ids": [ALEX]},
    ],
}
SLOTS = ("incoming_call_config", "outside_opening_hours_config", "no_answer_config")


def put(api: httpx.Client, slot: str, body: dict[str, Any]) -> dict[str, Any]:
    response = api.put(f"{SALES_PATH}/{slot}", json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert api.get(SALES_PATH).json() == answer
    return answer


def test_an_unknown_number_is_404_everywhere(api: httpx.Client) -> None:
    answers = [
        api.get("/main_numbers/nope"),
        api.patch("/main_numbers/nope", json={"name": "ø"}),
        *(api.put(f"/main_numbers/nope/{slot}", json={}) for slot in SLOTS),
        api.get("/main_numbers/+14155551234"),  # the id is the only key
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {'{"error":"Main number not found"}'}


def test_patch_takes_the_scalar_fields_alone(api: httpx.Client) -> None:
    before = api.get(SALES_PATH).json()
    answer = api.patch(
        SALES_PATH,
        json={
            "name": "A-_~!.+ 9",
            "timezone": "America/New_York",
            "language": "en-GB",
            "recording_enabled": True,
            "number": "+4511111111",
            "incoming_call_config": None,
            "no_answer_timeout_secs": 10,
            "unknown": 1,
        },
    ).json()
    assert answer == before | {
        "name": "A-_~!.+ 9",
        "timezone": "America/New_York",
        "language": "en-GB",
        "recording_enabled": True,
    }
    assert api.patch(SALES_PATH, json={}).json() == answer
    assert api.get("/main_numbers").json()["main_numbers"][0]["name"] == "A-_~!.+ 9"


@pytest.mark.parametrize("zone", ["Copenhagen", "New_York", "UTC", "Europe/Copenhagen", "Buenos_Aires"])
def test_a_timezone_is_read_back_as_sent(api: httpx.Client, zone: str) -> None:
    assert api.patch(SALES_PATH, json={"timezone": zone}).json()["timezone"] == zone


def test_a_name_of_128_characters_is_taken(api: httpx.Client) -> None:
    assert api.patch(SALES_PATH, json={"name": "x" * 128}).status_code == 200


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize(
    "flow",
    [
        REJECT,
        {"type": "VoicemailConfig", "greeting": "Læg en besked"},
        {"type": "TransferConfig", "employee_ids": [MARIA]},
        {"type": "WelcomeTransferConfig", "welcome": "Hej", "employee_ids": [MARIA, ALEX]},
    ],
    ids=lambda flow: flow["type"] if isinstance(flow, dict) else flow,
)
def test_a_flow_is_read_back_without_foreign_fields(api: httpx.Client, slot: str, flow: dict[str, Any]) -> None:
    sent = {"prompt": "no", "menu_options": [], **flow}
    assert put(api, slot, sent)[slot] == flow


@pytest.mark.parametrize("slot", SLOTS)
def test_a_menu_gets_ids_and_audio_that_change_at_every_write(api: httpx.Client, slot: str) -> None:
    first, second = (put(api, slot, MENU)[slot] for _ in range(2))

    assert [option["digit"] for option in first["menu_options"]] == ["9", "1"]
    play, transfer = first["menu_options"]
    assert play["employee_ids"] == []
    assert transfer["prompt"] == "Kept"
    assert transfer["prompt_audio_url"].startswith("https://app.phone.inc/rails/active_storage/blobs/redirect/")
    ids = [option["id"] for option in (*first["menu_options"], *second["menu_options"])]
    assert len(set(ids)) == 4
    assert all(type(option_id) is int for option_id in ids)
    assert first["welcome_audio_url"] != second["welcome_audio_url"]


def test_a_menu_read_can_be_sent_back(api: httpx.Client) -> None:
    first = put(api, "incoming_call_config", MENU)["incoming_call_config"]
    second = put(api, "incoming_call_config", first)["incoming_call_config"]
    assert [option["prompt"] for option in second["menu_options"]] == ["Bye", "Kept"]
    assert second["menu_options"][0]["id"] != first["menu_options"][0]["id"]


def test_employee_ids_are_a_set(api: httpx.Client) -> None:
    flow = {"type": "TransferConfig", "employee_ids": [ALEX, MARIA, JONAS, ALEX]}
    stored = put(api, "incoming_call_config", flow)["incoming_call_config"]
    assert stored["employee_ids"] == [MARIA, JONAS, ALEX]


def test_outside_hours_without_a_schedule_keep_it(api: httpx.Client) -> None:
    before = api.get(SALES_PATH).json()["opening_hours"]
    assert put(api, "outside_opening_hours_config", REJECT)["opening_hours"] == before
    assert put(api, "outside_opening_hours_config", {"type": None})["opening_hours"] == before
    nulled = put(api, "outside_opening_hours_config", {**REJECT, "opening_hours": None})
    assert nulled["opening_hours"] == before


def test_a_null_type_with_a_schedule_clears_the_slot_and_sets_the_hours(api: httpx.Client) -> None:
    days = [
        {"day_of_week": day, "open": True, "opening_at": "00:00", "closing_at": "24:00"} for day in reversed(range(7))
    ]
    answer = put(api, "outside_opening_hours_config", {"type": None, "opening_hours": days})

    assert answer["outside_opening_hours_config"] is None
    assert [day["day_name"] for day in answer["opening_hours"]] == [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
    assert {day["closing_at"] for day in answer["opening_hours"]} == {"24:00"}


def test_a_closed_day_keeps_its_times(api: httpx.Client) -> None:
    days: list[dict[str, Any]] = [{"day_of_week": day, "open": False} for day in range(6)]
    days.append({"day_of_week": 6, "open": False, "opening_at": "12:00", "closing_at": "11:00"})
    hours = put(api, "outside_opening_hours_config", {**REJECT, "opening_hours": days})["opening_hours"]

    assert hours[0] == {
        "day_of_week": 0,
        "day_name": "Monday",
        "open": False,
        "opening_at": "09:00",
        "closing_at": "17:00",
    }
    assert (hours[6]["opening_at"], hours[6]["closing_at"]) == ("12:00", "11:00")


@pytest.mark.parametrize(
    ("sent", "stored"), [*((n, n) for n in (10, 20, 30, 40, 50, 60)), (0, 0), (None, None), ("", None)]
)
def test_the_timer(api: httpx.Client, sent: object, stored: int | None) -> None:
    answer = put(api, "no_answer_config", {**REJECT, "timeout_secs": sent})
    assert answer["no_answer_timeout_secs"] == stored
    assert answer["no_answer_config"] == REJECT


def test_the_timer_stays_when_it_is_left_out(api: httpx.Client) -> None:
    assert put(api, "no_answer_config", REJECT)["no_answer_timeout_secs"] == 30
    cleared = put(api, "no_answer_config", {"type": None})
    assert (cleared["no_answer_config"], cleared["no_answer_timeout_secs"]) == (None, 30)
    both = put(api, "no_answer_config", {"type": None, "timeout_secs": None})
    assert (both["no_answer_config"], both["no_answer_timeout_secs"]) == (None, None)


def test_the_dashboard_goes_round_the_api(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.account.edit_main_number(
        "+14155551234",
        name="Søren's line",
        incoming_call_config=MENU,
        outside_opening_hours_config={"type": "BrandNewConfig", "text": "x"},
        no_answer_config=None,
        opening_hours=[
            {"day_of_week": day, "open": True, "opening_at": "01:00", "closing_at": "02:00"} for day in range(7)
        ],
    )
    answer = api.get(SALES_PATH).json()
    assert answer["name"] == "Søren's line"
    assert answer["incoming_call_config"]["menu_options"][1]["id"] == 45
    assert answer["outside_opening_hours_config"] == {"type": "BrandNewConfig", "text": "x"}
    assert answer["no_answer_config"] is None
    assert answer["opening_hours"][6]["day_name"] == "Sunday"
    with pytest.raises(ValueError, match="no colour"):
        sandbox.account.edit_main_number(SUPPORT, colour="red")
