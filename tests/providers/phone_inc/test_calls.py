"""The table of calls: what differs on an object, and the one call that makes it so."""

from __future__ import annotations

from typing import Any

import pytest

from ringform.model.address import Address
from ringform.model.change import Call
from ringform.model.diagnostic import RingformError
from ringform.model.snapshot import Resource
from ringform.model.values import Fields
from ringform.planning.compare import complete
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.providers.phone_inc.resources import contact
from ringform.providers.phone_inc.resources.main_number import normal
from ringform.providers.shared.calendar.hours import DAYS
from ringform.sandbox.phone_inc.example import JONAS, MARIA, SALES, documents_account
from ringform.sandbox.phone_inc.main_numbers import retrieve_main_number

ADDRESS = Address("main_number", "+14155551234")
PATH = f"/main_numbers/{SALES}"
REJECT = {"type": "RejectConfig", "message": "We are closed, please call back tomorrow."}
VOICEMAIL = {"type": "VoicemailConfig", "greeting": "Sorry we missed you — leave a message after the tone."}
MENU = {
    "type": "PhoneMenuConfig",
    "welcome": "Hello",
    "menu_options": {
        "1": {"action_type": "TransferConfig", "employee_ids": [MARIA]},
        "3": {"action_type": "WelcomeTransferConfig", "prompt": "One moment", "employee_ids": [MARIA, JONAS]},
        "9": {"action_type": "PlayMessageConfig", "prompt": "Bye"},
    },
}
MENU_SENT = {
    "type": "PhoneMenuConfig",
    "welcome": "Hello",
    "menu_options": [
        {"digit": "1", "action_type": "TransferConfig", "employee_ids": [MARIA]},
        {
            "digit": "3",
            "action_type": "WelcomeTransferConfig",
            "prompt": "One moment",
            "employee_ids": [MARIA, JONAS],
        },
        {"digit": "9", "action_type": "PlayMessageConfig", "prompt": "Bye"},
    ],
}
WEEK = {**dict.fromkeys(DAYS[:4], "08:00-24:00"), "fri": "08:00-12:30", "sat": "closed", "sun": "closed"}
WEEK_SENT = [
    *({"day_of_week": day, "open": True, "opening_at": "08:00", "closing_at": "24:00"} for day in range(4)),
    {"day_of_week": 4, "open": True, "opening_at": "08:00", "closing_at": "12:30"},
    # The times that the account keeps for closed days go back as they came.
    {"day_of_week": 5, "open": False, "opening_at": "09:00", "closing_at": "17:00"},
    {"day_of_week": 6, "open": False, "opening_at": "09:00", "closing_at": "17:00"},
]


def sales(**changes: Any) -> Resource:
    """The documents' example as it is read, with other settings in the place of some."""
    raw = {**retrieve_main_number(documents_account(), SALES), **changes}
    return Resource(ADDRESS, SALES, "Sales", normal(raw), raw)


def calls(live: Resource, wanted: Fields) -> list[tuple[str, str, object]]:
    made = PhoneInc().calls(live, live.address, complete(wanted, live.fields))
    return [(call.method, call.path, call.body) for call in made]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, []),
        ({"name": "Sales"}, []),
        ({"name": "New"}, [("PATCH", PATH, {"name": "New"})]),
        ({"timezone": "London"}, [("PATCH", PATH, {"timezone": "London"})]),
        ({"language": "en"}, [("PATCH", PATH, {"language": "en"})]),
        ({"recording_enabled": True}, [("PATCH", PATH, {"recording_enabled": True})]),
        (
            {"recording_enabled": True, "language": "da", "timezone": "London", "name": "New"},
            [("PATCH", PATH, {"name": "New", "timezone": "London", "recording_enabled": True})],
        ),
        ({"incoming_call_config": REJECT}, [("PUT", f"{PATH}/incoming_call_config", REJECT)]),
        ({"incoming_call_config": MENU}, [("PUT", f"{PATH}/incoming_call_config", MENU_SENT)]),
        ({"outside_opening_hours_config": REJECT}, []),
        (
            {"outside_opening_hours_config": VOICEMAIL},
            [("PUT", f"{PATH}/outside_opening_hours_config", VOICEMAIL)],
        ),
        (
            {"outside_opening_hours_config": MENU},
            [("PUT", f"{PATH}/outside_opening_hours_config", MENU_SENT)],
        ),
        (
            {"outside_opening_hours_config": None},
            [("PUT", f"{PATH}/outside_opening_hours_config", {"type": None})],
        ),
        (
            {"opening_hours": WEEK},
            [("PUT", f"{PATH}/outside_opening_hours_config", {**REJECT, "opening_hours": WEEK_SENT})],
        ),
        (
            {"opening_hours": WEEK, "outside_opening_hours_config": None},
            [("PUT", f"{PATH}/outside_opening_hours_config", {"type": None, "opening_hours": WEEK_SENT})],
        ),
        (
            {"no_answer_config": REJECT},
            [("PUT", f"{PATH}/no_answer_config", {**REJECT, "timeout_secs": 30})],
        ),
        (
            {"no_answer_config": None},
            [("PUT", f"{PATH}/no_answer_config", {"type": None, "timeout_secs": 30})],
        ),
        (
            {"no_answer_timeout_secs": 20},
            [("PUT", f"{PATH}/no_answer_config", {**VOICEMAIL, "timeout_secs": 20})],
        ),
        (
            {"no_answer_timeout_secs": None},
            [("PUT", f"{PATH}/no_answer_config", {**VOICEMAIL, "timeout_secs": None})],
        ),
        (
            {"no_answer_config": None, "no_answer_timeout_secs": None},
            [("PUT", f"{PATH}/no_answer_config", {"type": None, "timeout_secs": None})],
        ),
        (
            {
                "name": "New",
                "timezone": "London",
                "language": "en",
                "recording_enabled": True,
                "incoming_call_config": REJECT,
                "outside_opening_hours_config": VOICEMAIL,
                "opening_hours": WEEK,
                "no_answer_config": REJECT,
                "no_answer_timeout_secs": 60,
            },
            [
                ("PATCH", PATH, {"name": "New", "timezone": "London", "language": "en", "recording_enabled": True}),
                ("PUT", f"{PATH}/incoming_call_config", REJECT),
                ("PUT", f"{PATH}/outside_opening_hours_config", {**VOICEMAIL, "opening_hours": WEEK_SENT}),
                ("PUT", f"{PATH}/no_answer_config", {**REJECT, "timeout_secs": 60}),
            ],
        ),
    ],
)
def test_what_differs_on_a_main_number_makes_these_calls(wanted: Fields, expected: list[Any]) -> None:
    assert calls(sales(), wanted) == expected


@pytest.mark.parametrize(
    ("live", "wanted", "expected"),
    [
        (
            {"outside_opening_hours_config": None},
            {"opening_hours": WEEK},
            {"type": None, "opening_hours": WEEK_SENT},
        ),
        (
            {"outside_opening_hours_config": {**MENU_SENT, "welcome_audio_url": "https://x/1.mp3"}},
            {"opening_hours": WEEK},
            {**MENU_SENT, "opening_hours": WEEK_SENT},
        ),
        ({"no_answer_config": None, "no_answer_timeout_secs": None}, {"no_answer_timeout_secs": 10}, None),
        ({"no_answer_timeout_secs": 0}, {"no_answer_config": REJECT}, {**REJECT, "timeout_secs": 0}),
        ({"no_answer_timeout_secs": 0}, {"no_answer_timeout_secs": None}, []),
        ({"timezone": "Europe/Copenhagen"}, {"timezone": "Copenhagen"}, []),
    ],
)
def test_what_is_not_managed_and_shares_a_call_is_carried_over(live: Any, wanted: Fields, expected: Any) -> None:
    made = calls(sales(**live), wanted)
    if expected == []:
        assert made == []
    else:
        assert [body for _, _, body in made] == [expected or {"type": None, "timeout_secs": 10}]


def test_a_menu_with_what_the_server_adds_is_carried_over_without_it() -> None:
    options = [
        {
            "id": 42,
            "digit": "1",
            "action_type": "VoicemailConfig",
            "prompt": "Hi",
            "prompt_audio_url": "https://x/2.mp3",
            "employee_ids": [],
        }
    ]
    live = sales(no_answer_config={"type": "PhoneMenuConfig", "welcome": "W", "menu_options": options})
    assert calls(live, {"no_answer_timeout_secs": 60})[0][2] == {
        "type": "PhoneMenuConfig",
        "welcome": "W",
        "menu_options": [{"digit": "1", "action_type": "VoicemailConfig", "prompt": "Hi"}],
        "timeout_secs": 60,
    }


@pytest.mark.parametrize(
    "config",
    [
        {"type": "RobotConfig", "personality": "kind"},
        {
            "type": "PhoneMenuConfig",
            "welcome": "W",
            "menu_options": [{"digit": "1", "action_type": "SubmenuConfig", "menu": 7}],
        },
    ],
    ids=["config", "menu option"],
)
def test_what_is_new_to_ringform_is_never_sent_back_in_part(config: dict[str, Any]) -> None:
    live = sales(no_answer_config=config)
    assert calls(live, {"name": "New"}) == [("PATCH", PATH, {"name": "New"})]
    assert calls(live, {"no_answer_config": None, "no_answer_timeout_secs": 20}) == [
        ("PUT", f"{PATH}/no_answer_config", {"type": None, "timeout_secs": 20})
    ]
    with pytest.raises(RingformError) as caught:
        calls(live, {"no_answer_timeout_secs": 20})
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "unknown-live-config"
    assert diagnostic.address == ADDRESS


def test_a_call_knows_what_its_answer_must_show() -> None:
    live = sales()
    wanted: Fields = {"name": "New", "opening_hours": WEEK, "no_answer_timeout_secs": 10}
    made = PhoneInc().calls(live, ADDRESS, complete(wanted, live.fields))
    assert [call.expect for call in made] == [
        {"name": "New"},
        {"outside_opening_hours_config": REJECT, "opening_hours": WEEK},
        {"no_answer_config": VOICEMAIL, "no_answer_timeout_secs": 10},
    ]


def test_an_id_cannot_reach_into_another_path() -> None:
    live = sales()
    bad = Resource(ADDRESS, "../contacts/1?x=#", "Sales", live.fields, live.raw)
    assert calls(bad, {"name": "New"})[0][1] == "/main_numbers/..%2Fcontacts%2F1%3Fx%3D%23"


PHONE = Address("contact", "+4520123456")
HELD = Resource(
    PHONE, "01JV/WX", "Ida", {"name": "Ida", "email": "i@example.com", "company_name": None, "note": "x"}, {}
)


@pytest.mark.parametrize(
    ("live", "address", "wanted", "expected"),
    [
        (HELD, PHONE, {}, []),
        (HELD, PHONE, {"name": "Ida", "company_name": None}, []),
        (HELD, PHONE, {"note": None}, [("PATCH", "/contacts/01JV%2FWX", {"note": None})]),
        (
            HELD,
            PHONE,
            {"name": "Bo", "email": "i@example.com", "company_name": "Bo ApS"},
            [("PATCH", "/contacts/01JV%2FWX", {"name": "Bo", "company_name": "Bo ApS"})],
        ),
        (
            HELD,
            Address("contact", "+4530000000"),
            {"note": "y"},
            [("PATCH", "/contacts/01JV%2FWX", {"phone": "+4530000000", "note": "y"})],
        ),
        (HELD, PHONE, None, [("DELETE", "/contacts/01JV%2FWX", None)]),
        (None, PHONE, {}, [("POST", "/contacts", {"phone": "+4520123456"})]),
        (
            None,
            PHONE,
            {"note": "y", "name": None},
            [("POST", "/contacts", {"phone": "+4520123456", "note": "y"})],
        ),
    ],
)
def test_what_differs_on_a_contact_makes_one_call(
    live: Resource | None, address: Address, wanted: Fields | None, expected: list[Any]
) -> None:
    goal = None if wanted is None else complete(wanted, live.fields if live else contact.CONTACT.defaults)
    made = PhoneInc().calls(live, address, goal)
    assert [(call.method, call.path, call.body) for call in made] == expected
    for call in made:
        assert call.expect == (
            {}
            if call.method == "DELETE"
            else {**(contact.CONTACT.defaults if live is None else {}), **(call.body or {})}
        )


@pytest.mark.parametrize(
    ("path", "key", "field"),
    [
        (PATH, "name", "name"),
        (f"{PATH}/no_answer_config", "timeout_secs", "no_answer_timeout_secs"),
        (f"{PATH}/no_answer_config", "greeting", "no_answer_config"),
        (f"{PATH}/outside_opening_hours_config", "opening_hours", "opening_hours"),
        (f"{PATH}/outside_opening_hours_config", "type", "outside_opening_hours_config"),
        (f"{PATH}/incoming_call_config", "menu_options", "incoming_call_config"),
        ("/contacts/1", "email", "email"),
    ],
)
def test_a_refused_key_is_some_field_of_the_manifest(path: str, key: str, field: str) -> None:
    call = Call("PUT", path, {}, {})
    assert PhoneInc().rejected_field(call, key) == field
