"""An account and a manifest whose plan has every kind of call, 15 in all."""

from __future__ import annotations

from typing import Any

from ringform.sandbox.phone_inc.account import Account, Contact
from ringform.sandbox.phone_inc.example import ALEX, JONAS, MARIA, documents_account

PHONES = [f"+452000000{digit}" for digit in range(6)]


def account() -> Account:
    made = documents_account()
    for number, phone in enumerate(PHONES):
        id_ = made.counters.new_contact_id()
        at = "2026-06-10T10:00:00Z"
        made.contacts[id_] = Contact(id_, f"Person {number}", None, phone, "ApS", None, at, at)
    return made


def _number(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "recording_enabled": name == "New Sales",
        "incoming_call_config": {"type": "WelcomeTransferConfig", "welcome": f"This is {name}", "employee_ids": PEOPLE},
        "outside_opening_hours_config": {"type": "VoicemailConfig", "greeting": f"{name} is closed"},
        "opening_hours": {"mon-fri": "10:00-16:00", "sat-sun": "closed"},
        "no_answer_config": {"type": "VoicemailConfig", "greeting": "Sorry"},
        "no_answer_timeout_secs": 40,
    }


PEOPLE = [MARIA, JONAS, ALEX]
DOCUMENT: dict[str, Any] = {
    "version": 1,
    "main_numbers": {"+14155551234": _number("New Sales"), "+14155555678": _number("New Support")},
    "contacts": {
        PHONES[0]: {"name": "Changed", "note": "Once"},
        PHONES[1]: {"absent": True},
        "+4530000001": {"was": PHONES[2]},
        "+4530000002": {"was": PHONES[3], "name": "Moved"},
        PHONES[2]: {"name": "New on a number that was freed"},
        "+4530000003": {"name": "New", "email": "new@example.com"},
        "+4530000004": {"name": "Newer", "note": "Hello"},
    },
}
CALLS = 15
DELETE = 9
"""Which of the calls, counted from 0, is the DELETE."""
CONTACTS = {"contacts": DOCUMENT["contacts"]}
"""The part of the manifest that needs no translation to be held against the account."""
