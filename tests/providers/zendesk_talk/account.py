"""The number of the API's document as an account answers with it."""

from __future__ import annotations

from typing import Any

from support.reads import Answers

NUMBER = "+353766801402"
ID = 6
SHOW = f"/phone_numbers/{ID}?include=settings"

PHONE: dict[str, Any] = {
    "brand_id": 1,
    "call_recording_consent": "always",
    "capabilities": {"emergency_address": False, "mms": False, "sms": True, "voice": True},
    "categorised_greetings": {"1": "voicemail_en", "2": "available_en"},
    "categorised_greetings_with_sub_settings": {
        "1": {"voicemail_on_inside_business_hours": "voicemail_en"},
        "2": {"voicemail_on": "available_en,"},
    },
    "country_code": "US",
    "created_at": "2013-04-13T16:02:33Z",
    "default_greeting_ids": ["voicemail_en", "available_jp"],
    "default_group_id": 1,
    "display_number": "+353 76 680 1402",
    "external": False,
    "greeting_ids": [1, 2],
    "group_ids": [1, 2],
    "id": ID,
    "line_type": "phone",
    "location": "TX",
    "name": "Awesome Support Line",
    "nickname": "Awesome Support Line",
    "number": NUMBER,
    "recorded": True,
    "sms_group_id": 7,
    "toll_free": False,
    "transcription": False,
}
SETTINGS: dict[str, Any] = {
    "allow_outbound_calls": True,
    "average_wait_time_message_enabled": False,
    "call_offering_duration": 30,
    "call_recording_delete_after": "never",
    "callback_from_queue": False,
    "callback_locale": "en",
    "create_ticket_for_abandoned_calls": False,
    "dequeue_retry_if_attempted": False,
    "maximum_queue_size": 5,
    "maximum_queue_wait_time": 1,
    "overflow_number": None,
    "priority": 0,
    "voicemail": True,
    "voicemail_outside_business_hours": False,
    "voicemail_recording_delete_after": "never",
}
OFFER: dict[str, Any] = {
    "address_requirements": "none",
    "capabilities": {"mms": False, "sms": True, "voice": True},
    "country_code": "US",
    "display_number": "+1 (240) 3123885",
    "location": "MD",
    "nickname": None,
    "number": "+12403123885",
    "price": "$1.00",
    "token": "24a407cef67213be6d26b4c02d7d86c0",
    "toll_free": False,
}


def page(*numbers: dict[str, Any], next_page: str | None = None) -> dict[str, Any]:
    """One page of a list."""
    return {"count": len(numbers), "next_page": next_page, "phone_numbers": list(numbers), "previous_page": None}


def account(settings: dict[str, Any] | None = None, **fields: Any) -> Answers:
    """The account with the one number, with other values for some fields."""
    phone = {**PHONE, **fields}
    shown = {"phone_number": {**phone, "settings": {**SETTINGS, **(settings or {})}}}
    return Answers({"/phone_numbers": page(phone), SHOW: shown})
