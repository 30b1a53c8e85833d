"""The shape in which live and desired are compared."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import strategies

from ringform.model.values import Json
from ringform.providers.phone_inc.manifest import employees
from ringform.providers.phone_inc.resources import contact, flows, main_number
from ringform.sandbox.phone_inc.example import ALEX, MARIA, SALES, documents_account
from ringform.sandbox.phone_inc.main_numbers import retrieve_main_number


def test_the_documents_example_has_this_normal_form() -> None:
    assert main_number.normal(retrieve_main_number(documents_account(), SALES)) == {
        "name": "Sales",
        "timezone": "Copenhagen",
        "language": "da",
        "recording_enabled": False,
        "incoming_call_config": {
            "type": "PhoneMenuConfig",
            "welcome": "Press 1 for sales, 2 to leave a message",
            "menu_options": {
                "1": {"action_type": "TransferConfig", "employee_ids": [MARIA]},
                "2": {"action_type": "VoicemailConfig", "prompt": "Leave a message after the tone"},
            },
        },
        "outside_opening_hours_config": {
            "type": "RejectConfig",
            "message": "We are closed, please call back tomorrow.",
        },
        "no_answer_config": {
            "type": "VoicemailConfig",
            "greeting": "Sorry we missed you — leave a message after the tone.",
        },
        "no_answer_timeout_secs": 30,
        "opening_hours": {
            "mon": "09:00-17:00",
            "tue": "09:00-17:00",
            "wed": "09:00-17:00",
            "thu": "09:00-17:00",
            "fri": "09:00-17:00",
            "sat": "closed",
            "sun": "closed",
        },
    }


@pytest.mark.parametrize(
    ("read", "form"),
    [
        (None, None),
        ({"type": None}, None),
        ({"type": None, "message": "left over"}, None),
        (
            {"type": "RejectConfig", "message": "No", "message_audio_url": None, "id": 4, "employee_ids": []},
            {"type": "RejectConfig", "message": "No"},
        ),
        (
            {"type": "VoicemailConfig", "greeting": "Hi", "welcome": None, "menu_options": [], "voice": "alto"},
            {"type": "VoicemailConfig", "greeting": "Hi"},
        ),
        (
            {"type": "TransferConfig", "employee_ids": [MARIA, ALEX.upper(), MARIA.upper()]},
            {"type": "TransferConfig", "employee_ids": sorted([MARIA, ALEX])},
        ),
        (
            {"type": "RobotConfig", "mood": "kind", "hello_audio_url": "https://x/1.mp3", "steps": [{"a": 1}]},
            {"type": "RobotConfig", "mood": "kind", "steps": [{"a": 1}]},
        ),
        (
            {"type": "RobotConfig", "menu_options": "none", "employee_ids": 7},
            {"type": "RobotConfig", "menu_options": "none", "employee_ids": 7},
        ),
    ],
)
def test_what_the_server_adds_to_a_config_is_dropped(read: Any, form: Any) -> None:
    assert flows.normal(read) == form


@pytest.mark.parametrize(
    ("read", "form"),
    [
        (
            {
                "id": 1,
                "action_type": "TransferConfig",
                "prompt": None,
                "prompt_audio_url": None,
                "employee_ids": [MARIA],
            },
            {"action_type": "TransferConfig", "employee_ids": [MARIA]},
        ),
        (
            {"id": 1, "action_type": "TransferConfig", "prompt": "Hm", "employee_ids": [MARIA]},
            {"action_type": "TransferConfig", "prompt": "Hm", "employee_ids": [MARIA]},
        ),
        (
            {"id": 1, "action_type": "VoicemailConfig", "prompt": "Hi", "prompt_audio_url": "u", "employee_ids": []},
            {"action_type": "VoicemailConfig", "prompt": "Hi"},
        ),
        (
            {"action_type": "PlayMessageConfig", "prompt": "Hi", "speed": 2, "employee_ids": [MARIA]},
            {"action_type": "PlayMessageConfig", "prompt": "Hi"},
        ),
        (
            {
                "id": 1,
                "action_type": "SubmenuConfig",
                "menu": 7,
                "prompt_audio_url": "u",
                "employee_ids": [ALEX, MARIA],
            },
            {"action_type": "SubmenuConfig", "menu": 7, "employee_ids": [ALEX, MARIA]},
        ),
    ],
)
def test_what_the_server_adds_to_a_menu_option_is_dropped(read: dict[str, Any], form: Any) -> None:
    menu: Json = {"type": "PhoneMenuConfig", "welcome": "W", "menu_options": [{**read, "digit": "3"}]}
    assert flows.normal(menu) == {"type": "PhoneMenuConfig", "welcome": "W", "menu_options": {"3": form}}


def test_the_order_of_a_menus_options_does_not_count() -> None:
    def menu(digits: str) -> Json:
        options: Json = [{"digit": digit, "action_type": "VoicemailConfig", "prompt": digit} for digit in digits]
        return {"type": "PhoneMenuConfig", "welcome": "W", "menu_options": options}

    assert flows.normal(menu("21")) == flows.normal(menu("12"))
    sent = flows.for_api(flows.normal(menu("312")))["menu_options"]
    assert isinstance(sent, list)
    assert [option["digit"] for option in sent] == ["1", "2", "3"]


@given(strategies.flows([MARIA, ALEX, "019daef1-085e-7000-aaaa-000000000009"]))
def test_a_config_sent_and_read_back_is_the_same(flow: dict[str, Any]) -> None:
    form = flows.normal(flow)
    assert flows.is_known(form)
    stored = strategies.stored(documents_and_one_more(), flows.for_api(form))
    assert flows.normal(stored) == form


def documents_and_one_more() -> Any:
    account = documents_account()
    more = account.employees[MARIA]
    account.employees["019daef1-085e-7000-aaaa-000000000009"] = more
    return account


def test_a_config_type_that_is_new_survives_but_cannot_be_sent() -> None:
    assert not flows.is_known(flows.normal({"type": "RobotConfig"}))
    assert flows.is_known(None)
    assert flows.for_api(None) == {"type": None}


@pytest.mark.parametrize("timer", [None, 0])
def test_a_timer_of_0_is_none(timer: int | None) -> None:
    read = {**retrieve_main_number(documents_account(), SALES), "no_answer_timeout_secs": timer}
    assert main_number.normal(read)["no_answer_timeout_secs"] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"incoming_call_config": "x"}, "a routing config is not an object"),
        ({"incoming_call_config": {"type": "PhoneMenuConfig", "menu_options": {}}}, "menu_options is not a list"),
        ({"incoming_call_config": {"type": "PhoneMenuConfig", "menu_options": [7]}}, "a menu option has no digit"),
        ({"opening_hours": None}, "opening_hours is not a list"),
        ({"opening_hours": [{}]}, "opening_hours has an entry without a day_of_week from 0 to 6"),
    ],
)
def test_an_answer_of_another_shape_is_an_error(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        main_number.normal({**retrieve_main_number(documents_account(), SALES), **change})


def test_an_answer_that_lacks_a_field_is_an_error() -> None:
    whole = retrieve_main_number(documents_account(), SALES)
    for name in main_number.FIELDS:
        with pytest.raises(ValueError, match=f"a main number lacks {name}"):
            main_number.normal({key: value for key, value in whole.items() if key != name})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "menu_options", "digit", "action_type", "day_of_week", "open", "x"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_nothing_that_a_server_sends_is_a_traceback(value: Any) -> None:
    whole = retrieve_main_number(documents_account(), SALES)
    for answer in (
        value,
        {**whole, "incoming_call_config": value},
        {**whole, "incoming_call_config": {"type": "PhoneMenuConfig", "welcome": "", "menu_options": value}},
        {**whole, "opening_hours": value},
        {**whole, "timezone": value, "name": value, "no_answer_timeout_secs": value},
    ):
        for parse in (main_number.normal, contact.normal, employees.by_id):
            with suppress(ValueError):
                parse(answer)


def test_an_empty_text_of_a_contact_is_none() -> None:
    read = {"id": "1", "phone": "+4520123456", "name": "", "email": None, "note": "x", "created_at": "..."}
    assert contact.normal(read) == {"name": None, "email": None, "company_name": None, "note": "x"}
    with pytest.raises(ValueError, match="a contact has no phone"):
        contact.normal({"name": "Ida"})
