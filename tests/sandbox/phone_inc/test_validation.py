"""Every documented 422, one line each; after each of them nothing may have changed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ringform.sandbox.phone_inc.example import ALEX, MARIA, SALES, SUPPORT
from ringform.sandbox.server import Sandbox

NUMBER = f"/main_numbers/{SALES}"
INCOMING = f"{NUMBER}/incoming_call_config"
OUTSIDE = f"{NUMBER}/outside_opening_hours_config"
NO_ANSWER = f"{NUMBER}/no_answer_config"

WEEK = [{"day_of_week": day, "open": day < 5, "opening_at": "09:00", "closing_at": "17:00"} for day in range(7)]
REJECT = {"type": "RejectConfig", "message": "Closed"}
OPTION = {"digit": "1", "action_type": "TransferConfig", "employee_ids": [MARIA]}


def menu(*options: object) -> dict[str, Any]:
    return {"type": "PhoneMenuConfig", "welcome": "Press 1", "menu_options": list(options)}


def hours(**changes: object) -> dict[str, Any]:
    return {**REJECT, "opening_hours": [{**WEEK[0], **changes}, *WEEK[1:]]}


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("PATCH", NUMBER, {"name": "Søren"}, "name"),
    ("PATCH", NUMBER, {"name": "Sales\n"}, "name"),
    ("PATCH", NUMBER, {"name": "a/b"}, "name"),
    ("PATCH", NUMBER, {"name": "x" * 129}, "name"),
    ("PATCH", NUMBER, {"name": " "}, "name"),
    ("PATCH", NUMBER, {"name": None}, "name"),
    ("PATCH", NUMBER, {"name": 7}, "name"),
    ("PATCH", NUMBER, {"timezone": "Atlantis"}, "timezone"),
    ("PATCH", NUMBER, {"timezone": "copenhagen"}, "timezone"),
    ("PATCH", NUMBER, {"timezone": None}, "timezone"),
    ("PATCH", NUMBER, {"language": "Danish"}, "language"),
    ("PATCH", NUMBER, {"language": ""}, "language"),
    ("PATCH", NUMBER, {"recording_enabled": "true"}, "recording_enabled"),
    ("PATCH", NUMBER, {"recording_enabled": 1}, "recording_enabled"),
    ("PATCH", NUMBER, {"recording_enabled": None}, "recording_enabled"),
    ("PUT", INCOMING, {}, "type"),
    ("PUT", INCOMING, {"type": None}, "type"),
    ("PUT", INCOMING, {"type": ""}, "type"),
    ("PUT", INCOMING, {"type": "FancyConfig"}, "type"),
    ("PUT", INCOMING, {"type": ["RejectConfig"]}, "type"),
    ("PUT", INCOMING, {"type": "PlayMessageConfig", "prompt": "Hi"}, "type"),
    ("PUT", OUTSIDE, {"opening_hours": WEEK}, "type"),
    ("PUT", OUTSIDE, {"type": ""}, "type"),
    ("PUT", NO_ANSWER, {"timeout_secs": 20}, "type"),
    ("PUT", INCOMING, {"type": "RejectConfig"}, "message"),
    ("PUT", INCOMING, {"type": "RejectConfig", "message": "  "}, "message"),
    ("PUT", INCOMING, {"type": "RejectConfig", "message": {"text": "x"}}, "message"),
    ("PUT", OUTSIDE, {"type": "RejectConfig", "greeting": "x"}, "message"),
    ("PUT", NO_ANSWER, {"type": "VoicemailConfig"}, "greeting"),
    ("PUT", INCOMING, {"type": "WelcomeTransferConfig", "employee_ids": [MARIA]}, "welcome"),
    ("PUT", INCOMING, {"type": "WelcomeTransferConfig", "welcome": "x"}, "employee_ids"),
    ("PUT", INCOMING, {"type": "TransferConfig"}, "employee_ids"),
    ("PUT", INCOMING, {"type": "TransferConfig", "employee_ids": []}, "employee_ids"),
    ("PUT", OUTSIDE, {"type": "TransferConfig", "employee_ids": []}, "employee_ids"),
    ("PUT", NO_ANSWER, {"type": "TransferConfig", "employee_ids": None}, "employee_ids"),
    ("PUT", INCOMING, {"type": "TransferConfig", "employee_ids": MARIA}, "employee_ids"),
    ("PUT", INCOMING, {"type": "TransferConfig", "employee_ids": [1]}, "employee_ids"),
    ("PUT", INCOMING, {"type": "TransferConfig", "employee_ids": [MARIA, "nobody"]}, "employee_ids"),
    ("PUT", INCOMING, {"type": "PhoneMenuConfig", "menu_options": [OPTION]}, "welcome"),
    ("PUT", INCOMING, {"type": "PhoneMenuConfig", "welcome": "x"}, "menu_options"),
    ("PUT", INCOMING, menu(), "menu_options"),
    ("PUT", INCOMING, menu("1"), "menu_options"),
    ("PUT", INCOMING, {**menu(), "menu_options": {"1": OPTION}}, "menu_options"),
    ("PUT", INCOMING, menu(OPTION, {**OPTION, "employee_ids": [ALEX]}), "menu_options"),
    *(
        ("PUT", INCOMING, menu({**OPTION, "digit": digit}), "menu_options")
        for digit in ("0", "10", "12", "*", "", 1, None)
    ),
    ("PUT", INCOMING, menu({**OPTION, "action_type": "RejectConfig"}), "menu_options"),
    ("PUT", INCOMING, menu({**OPTION, "action_type": None}), "menu_options"),
    ("PUT", INCOMING, menu({**OPTION, "action_type": "WelcomeTransferConfig"}), "menu_options"),
    ("PUT", INCOMING, menu({"digit": "1", "action_type": "VoicemailConfig"}), "menu_options"),
    ("PUT", INCOMING, menu({"digit": "1", "action_type": "PlayMessageConfig", "prompt": " "}), "menu_options"),
    ("PUT", INCOMING, menu({**OPTION, "prompt": 5}), "menu_options"),
    ("PUT", INCOMING, menu({**OPTION, "employee_ids": []}), "menu_options"),
    ("PUT", INCOMING, menu({"digit": "1", "action_type": "TransferConfig"}), "menu_options"),
    ("PUT", INCOMING, menu({**OPTION, "employee_ids": ["nobody"]}), "menu_options"),
    (
        "PUT",
        OUTSIDE,
        menu({"digit": "1", "action_type": "WelcomeTransferConfig", "prompt": "Hi"}),
        "menu_options",
    ),
    ("PUT", NO_ANSWER, menu(), "menu_options"),
    *(
        ("PUT", NO_ANSWER, {**REJECT, "timeout_secs": value}, "timeout_secs")
        for value in (5, 15, 70, -10, 30.0, "30", True, False, [30])
    ),
    ("PUT", NO_ANSWER, {"type": None, "timeout_secs": 25}, "timeout_secs"),
    ("PUT", OUTSIDE, {**REJECT, "opening_hours": []}, "opening_hours"),
    ("PUT", OUTSIDE, {**REJECT, "opening_hours": WEEK[:6]}, "opening_hours"),
    ("PUT", OUTSIDE, {**REJECT, "opening_hours": [*WEEK, WEEK[0]]}, "opening_hours"),
    ("PUT", OUTSIDE, {**REJECT, "opening_hours": {"0": WEEK[0]}}, "opening_hours"),
    ("PUT", OUTSIDE, {**REJECT, "opening_hours": ["Monday"] * 7}, "opening_hours"),
    ("PUT", OUTSIDE, hours(day_of_week=1), "opening_hours"),
    ("PUT", OUTSIDE, hours(day_of_week=7), "opening_hours"),
    ("PUT", OUTSIDE, hours(day_of_week="0"), "opening_hours"),
    ("PUT", OUTSIDE, hours(day_of_week=False), "opening_hours"),
    ("PUT", OUTSIDE, hours(open="yes"), "opening_hours"),
    ("PUT", OUTSIDE, hours(open=None), "opening_hours"),
    ("PUT", OUTSIDE, hours(opening_at=None), "opening_hours"),
    ("PUT", OUTSIDE, hours(opening_at="9:00"), "opening_hours"),
    ("PUT", OUTSIDE, hours(opening_at="09:00:00"), "opening_hours"),
    ("PUT", OUTSIDE, hours(opening_at="24:00"), "opening_hours"),
    ("PUT", OUTSIDE, hours(closing_at="24:01"), "opening_hours"),
    ("PUT", OUTSIDE, hours(closing_at="12:60"), "opening_hours"),
    ("PUT", OUTSIDE, hours(closing_at=1700), "opening_hours"),
    ("PUT", OUTSIDE, hours(closing_at="09:00"), "opening_hours"),
    ("PUT", OUTSIDE, hours(closing_at="08:00"), "opening_hours"),
    ("PUT", OUTSIDE, hours(open=False, opening_at="nine"), "opening_hours"),
    ("PUT", OUTSIDE, {"type": None, "opening_hours": WEEK[:6]}, "opening_hours"),
    ("POST", "/contacts", {}, "phone"),
    ("POST", "/contacts", {"name": "Ida"}, "phone"),
    ("POST", "/contacts", {"phone": None}, "phone"),
    ("POST", "/contacts", {"phone": " "}, "phone"),
    ("POST", "/contacts", {"phone": "none"}, "phone"),
    ("POST", "/contacts", {"phone": "0045 20 99 88 77"}, "phone"),
    ("POST", "/contacts", {"phone": "+45123"}, "phone"),
    ("POST", "/contacts", {"phone": "+4512345678901234"}, "phone"),
    ("POST", "/contacts", {"phone": 4520998877}, "phone"),
    ("POST", "/contacts", {"phone": "+45 20 12 34 56"}, "phone"),
    ("POST", "/contacts", {"phone": "+4520998877", "email": "nobody"}, "email"),
    ("POST", "/contacts", {"phone": "+4520998877", "email": "a b@example.com"}, "email"),
    ("POST", "/contacts", {"phone": "+4520998877", "email": "søren@example.com"}, "email"),
    ("POST", "/contacts", {"phone": "+4520998877", "email": 5}, "email"),
    ("POST", "/contacts", {"phone": "+4520998877", "name": ["Ida"]}, "name"),
    ("POST", "/contacts", {"phone": "+4520998877", "company_name": 1}, "company_name"),
    ("POST", "/contacts", {"phone": "+4520998877", "note": "n" * 10_001}, "note"),
    ("PATCH", "/contacts/THE_CONTACT", {"phone": None}, "phone"),
    ("PATCH", "/contacts/THE_CONTACT", {"phone": "+4520111111"}, "phone"),
    ("PATCH", "/contacts/THE_CONTACT", {"email": "@"}, "email"),
    ("PATCH", "/contacts/THE_CONTACT", {"note": "ø" * 10_001}, "note"),
]


@pytest.fixture(scope="module")
def shared() -> Any:
    """One sandbox for the whole table: a refused request leaves it as it was."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("method", "path", "body", "field"), REFUSED, ids=[f"{place}-{row[3]}" for place, row in enumerate(REFUSED)]
)
def test_is_refused_by_field(shared: Sandbox, method: str, path: str, body: dict[str, Any], field: str) -> None:
    with httpx.Client(base_url=shared.url, headers={"X-Api-Key": shared.key}, verify=False) as api:
        if len(shared.account.contacts) == 1:
            assert api.post("/contacts", json={"phone": "+4520111111"}).status_code == 201
        contact_id = next(iter(shared.account.contacts))
        before = repr(shared.account.to_state())
        response = api.request(method, path.replace("THE_CONTACT", contact_id), json=body)

    assert response.status_code == 422
    errors = response.json()["errors"]
    assert list(errors) == [field]
    assert errors[field]
    assert all(isinstance(message, str) for message in errors[field])
    assert repr(shared.account.to_state()) == before


def test_every_fault_is_named_at_once(api: httpx.Client) -> None:
    body = {"type": "PhoneMenuConfig", "menu_options": [{"digit": "0"}, {}], "timeout_secs": 7}
    errors = api.put(f"/main_numbers/{SUPPORT}/no_answer_config", json=body).json()["errors"]

    assert errors.keys() == {"welcome", "menu_options", "timeout_secs"}
    assert len(errors["menu_options"]) == 4
