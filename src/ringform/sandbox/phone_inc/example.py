"""The documents' own example account."""

from __future__ import annotations

from ringform.sandbox.phone_inc.account import Account, Call, Contact, Employee, MainNumber
from ringform.sandbox.phone_inc.ids import Counters
from ringform.sandbox.phone_inc.opening_hours import week

SALES = "0193f4a9-7c34-7c00-9e3d-2b2b8a7f1c01"
SUPPORT = "0193f4a9-7c34-7c00-9e3d-2b2b8a7f1c02"
MARIA = "019daef1-085e-7000-aaaa-000000000001"
JONAS = "019daef1-085e-7000-aaaa-000000000002"
ALEX = "0193f4b0-aaaa-7c00-9e3d-2b2b8a7f1c20"

WORKDAYS = (0, 1, 2, 3, 4)


def documents_account() -> Account:
    """Return the main numbers, contact, call and employees of the documents' examples, and some more calls.

    Sales is exactly the example of 'Retrieve a main number'. The documents give ids of employees without
    names (but Alex Wong's), and no settings of Support: these are made up.
    """
    counters = Counters(seed=0, menu_option=41)  # so that Sales's options have the example's ids 42 and 43
    employees = [
        _employee(MARIA, "Maria Jensen", "maria@example.com", "+4520998877"),
        _employee(JONAS, "Jonas Berg", "jonas@example.com", None, pending=True),
        _employee(ALEX, "Alex Wong", "alex@example.com", "+14155550123"),
    ]
    main_numbers = [_sales(counters), _support()]
    contact = Contact(
        id=counters.new_contact_id(),
        name="Niklas Stephenson",
        email="niklas@example.com",  # the published example shows no readable address
        phone="+4520123456",
        company_name="Stephenson ApS",
        note="Always asks for the engineering team.",
        created_at="2026-06-10T10:00:00Z",
        updated_at="2026-06-10T10:00:00Z",
    )
    return Account(
        employees={employee.id: employee for employee in employees},
        main_numbers={number.id: number for number in main_numbers},
        contacts={contact.id: contact},
        calls={call.id: call for call in _calls()},
        counters=counters,
    )


def _employee(employee_id: str, name: str, email: str, phone: str | None, *, pending: bool = False) -> Employee:
    at = "2026-05-01T08:00:00Z"
    return Employee(employee_id, name, email, phone, pending, created_at=at, updated_at=at)


def _sales(counters: Counters) -> MainNumber:
    return MainNumber(
        id=SALES,
        name="Sales",
        number="+14155551234",
        timezone="Copenhagen",
        language="da",
        recording_enabled=False,
        incoming_call_config={
            "type": "PhoneMenuConfig",
            "welcome": "Press 1 for sales, 2 to leave a message",
            "welcome_audio_url": counters.new_audio_url(),
            "menu_options": [
                {
                    "id": counters.new_menu_option_id(),
                    "digit": "1",
                    "action_type": "TransferConfig",
                    "prompt": None,
                    "prompt_audio_url": None,
                    "employee_ids": [MARIA],
                },
                {
                    "id": counters.new_menu_option_id(),
                    "digit": "2",
                    "action_type": "VoicemailConfig",
                    "prompt": "Leave a message after the tone",
                    "prompt_audio_url": counters.new_audio_url(),
                    "employee_ids": [],
                },
            ],
        },
        outside_opening_hours_config={
            "type": "RejectConfig",
            "message": "We are closed, please call back tomorrow.",
        },
        no_answer_config={
            "type": "VoicemailConfig",
            "greeting": "Sorry we missed you — leave a message after the tone.",
        },
        no_answer_timeout_secs=30,
        opening_hours=week("09:00", "17:00", WORKDAYS),
    )


def _support() -> MainNumber:
    return MainNumber(
        id=SUPPORT,
        name="Support",
        number="+14155555678",
        timezone="Copenhagen",
        language="en",
        recording_enabled=True,
        incoming_call_config={
            "type": "WelcomeTransferConfig",
            "welcome": "Thanks for calling support",
            "employee_ids": [MARIA, ALEX],
        },
        outside_opening_hours_config=None,
        no_answer_config=None,
        no_answer_timeout_secs=None,
        opening_hours=week("08:00", "16:00", WORKDAYS),
    )


def _calls() -> list[Call]:
    return [
        Call(
            id="0193f4ba-1234-7c00-9e3d-2b2b8a7f1c09",
            main_number_id=SUPPORT,
            from_number="+4520123456",
            to_number="+14155555678",
            direction="inbound",
            state="ended",
            started_at="2026-05-10T09:15:00Z",
            answered_at=None,
            duration=None,
            summary=None,
            transcription=None,
            transcription_segments=None,
            recorded=False,
            employee_ids=[],
            initiated_by=None,
        ),
        Call(
            id="0193f4ba-1234-7c00-9e3d-2b2b8a7f1c10",
            main_number_id=SUPPORT,
            from_number="+14155555678",
            to_number="+4520123456",
            direction="outbound",
            state="ended",
            started_at="2026-05-10T10:02:40Z",
            answered_at="2026-05-10T10:02:52Z",
            duration=64,
            summary="Called back about an invoice.",
            transcription=None,
            transcription_segments=None,
            recorded=True,
            employee_ids=[MARIA],
            initiated_by=MARIA,
        ),
        Call(
            id="0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11",
            main_number_id=SALES,
            from_number="+14085550199",
            to_number="+14155551234",
            direction="inbound",
            state="ended",
            started_at="2026-05-11T14:02:11Z",
            answered_at="2026-05-11T14:02:14Z",
            duration=187,
            summary="Customer asked about the status of order #1042.",
            transcription="Hello, I'm calling about order 1042...",
            transcription_segments=[
                {"speaker": "Caller", "text": "Hello, I'm calling about order 1042.", "employee_id": None},
                {"speaker": "Alex Wong", "text": "Sure, let me look that up for you.", "employee_id": ALEX},
            ],
            recorded=True,
            employee_ids=[ALEX],
            initiated_by=None,
        ),
        Call(
            id="0193f4ba-1234-7c00-9e3d-2b2b8a7f1c12",
            main_number_id=SALES,
            from_number="+4520998811",
            to_number="+14155551234",
            direction="inbound",
            state="bridged",
            started_at="2026-05-11T14:20:00Z",
            answered_at="2026-05-11T14:20:05Z",
            duration=None,
            summary=None,
            transcription=None,
            transcription_segments=None,
            recorded=True,
            employee_ids=[MARIA],
            initiated_by=None,
        ),
    ]
