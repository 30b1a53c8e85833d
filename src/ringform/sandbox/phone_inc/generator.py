"""A made-up account of any size: varied, realistic, and the same for the same seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from ringform.sandbox.phone_inc.account import Account, Call, Contact, Employee, MainNumber
from ringform.sandbox.phone_inc.call_flows import Flow, render_flow
from ringform.sandbox.phone_inc.calls import STATES
from ringform.sandbox.phone_inc.ids import Counters, uuid
from ringform.sandbox.phone_inc.opening_hours import OpeningDay, week

CALLS = 60

_START = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)

_FIRST_NAMES = ("Søren", "Anna", "Łukasz", "Zoë", "Jürgen", "Aoife", "Mai", "José", "Ida", "Noah", "Chloé", "Πέτρος")
_LAST_NAMES = ("Ødegård", "Jensen", "Müller", "García", "Nowak", "O'Brien", "Dubois", "Lindström", "Khan", "Smith")
_COMPANIES = ("Nørrebro Cykler ApS", "Müller & Söhne GmbH", "Café Ærø", "Harbour Dental", "Brick Lane Ltd", None)
_TEAMS = ("Sales", "Support", "Billing", "Reception", "Warehouse", "Press", "Night desk", "VIP")
_CITIES = (
    # number's beginning, timezone, language
    ("+4570", "Copenhagen", "da"),
    ("+44207946", "London", "en"),
    ("+1415555", "America/Los_Angeles", "en"),
    ("+4930", "Europe/Berlin", "de"),
    ("+1212555", "New_York", "en"),
    ("+8135", "Asia/Tokyo", "ja"),
)
_WELCOMES = ("Tak for dit opkald", "Thanks for calling – one moment, please", "Schön, dass Sie anrufen", "ようこそ 👋")
_GREETINGS = ("Læg en besked efter tonen.", "Leave a message after the tone.", "Bitte sprechen Sie nach dem Ton.")
_CLOSED = ("Vi har lukket, ring igen i morgen.", "We are closed — please call back tomorrow.")
_NOTES = (
    None,
    "Prefers email follow-ups.",
    "Ringer altid før kl. 9 ☎️",
    "Line one\nLine two: “quoted”, with a comma",
    "VIP – høj prioritet",
)
_FLOW_TYPES = ("WelcomeTransferConfig", "TransferConfig", "RejectConfig", "VoicemailConfig", "PhoneMenuConfig")
_TIMEOUTS = (None, 20, 30, 0, 60, 10)
_AREA_CODES = (206, 303, 312, 404, 503, 512, 602, 617, 702, 713)


def generated_account(numbers: int, contacts: int, seed: int = 1) -> Account:
    """Return an account with that many main numbers and contacts, and about sixty calls.

    Five main numbers or more have every flow type as incoming config; all that is generated passes the
    API's own checks.
    """
    if not 0 <= numbers <= 5_000 or not 0 <= contacts <= 300_000:
        raise ValueError("an account can have 0 to 5,000 main numbers and 0 to 300,000 contacts")
    account = Account(counters=Counters(seed=seed))
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    for index in range(min(60, 4 + numbers)):
        employee = _employee(chance, seed, index)
        account.employees[employee.id] = employee
    for index in range(numbers):
        main_number = _main_number(chance, account, index)
        account.main_numbers[main_number.id] = main_number
    for index in range(contacts):
        contact = _contact(chance, account, index)
        account.contacts[contact.id] = contact
    for index in range(CALLS if numbers else 0):
        call = _call(chance, account, index)
        account.calls[call.id] = call
    return account


def _employee(chance: random.Random, seed: int, index: int) -> Employee:
    first, last = chance.choice(_FIRST_NAMES), chance.choice(_LAST_NAMES)
    at = _at(-40 * 24 * 60 + index)
    return Employee(
        id=uuid(seed, "employee", index),
        name=f"{first} {last}",
        email=f"employee{index + 1}@example.com",
        phone=None if index % 3 == 1 else f"+4540{100_000 + index}",
        invitation_pending=index % 5 == 3,
        created_at=at,
        updated_at=at,
    )


def _main_number(chance: random.Random, account: Account, index: int) -> MainNumber:
    prefix, timezone, language = _CITIES[index % len(_CITIES)]
    # The fixed part of a number differs in length; what is filled up has at least four digits.
    length = {"+4570": 6, "+4930": 6, "+8135": 7}.get(prefix, 4)
    team = _TEAMS[index % len(_TEAMS)]
    return MainNumber(
        id=uuid(account.counters.seed, "main_number", index),
        name=team if index < len(_TEAMS) else f"{team} {index // len(_TEAMS) + 1}",
        number=f"{prefix}{1000 + index:0{length}d}",
        timezone=timezone,
        language=language,
        recording_enabled=chance.random() < 0.4,
        incoming_call_config=_flow(chance, account, _FLOW_TYPES[index % 5]),
        outside_opening_hours_config=_optional_flow(chance, account, index + 2),
        no_answer_config=_optional_flow(chance, account, index + 3),
        no_answer_timeout_secs=_TIMEOUTS[index % len(_TIMEOUTS)],
        opening_hours=_hours(chance, index),
    )


def _optional_flow(chance: random.Random, account: Account, index: int) -> Flow | None:
    place = index % (len(_FLOW_TYPES) + 1)
    return None if place == len(_FLOW_TYPES) else _flow(chance, account, _FLOW_TYPES[place])


def _flow(chance: random.Random, account: Account, kind: str) -> Flow:
    fields: dict[str, Flow] = {
        "WelcomeTransferConfig": {
            "welcome": chance.choice(_WELCOMES),
            "employee_ids": _team(chance, account),
        },
        "TransferConfig": {"employee_ids": _team(chance, account)},
        "RejectConfig": {"message": chance.choice(_CLOSED)},
        "VoicemailConfig": {"greeting": chance.choice(_GREETINGS)},
        "PhoneMenuConfig": {"welcome": chance.choice(_WELCOMES), "menu_options": _menu(chance, account)},
    }
    return render_flow(account.counters, {"type": kind, **fields[kind]})


def _menu(chance: random.Random, account: Account) -> list[dict[str, Any]]:
    actions = ("TransferConfig", "VoicemailConfig", "WelcomeTransferConfig", "PlayMessageConfig")
    options = []
    for digit in range(1, chance.randint(2, 6) + 1):
        action = actions[(digit - 1) % len(actions)]
        transfers = action in ("TransferConfig", "WelcomeTransferConfig")
        options.append(
            {
                "digit": str(digit),
                "action_type": action,
                "prompt": None if action == "TransferConfig" else chance.choice(_WELCOMES + _GREETINGS),
                "employee_ids": _team(chance, account) if transfers else [],
            }
        )
    return options


def _team(chance: random.Random, account: Account) -> list[str]:
    chosen = chance.sample(list(account.employees), chance.randint(1, min(4, len(account.employees))))
    return [employee_id for employee_id in account.employees if employee_id in chosen]


def _hours(chance: random.Random, index: int) -> list[OpeningDay]:
    workdays = (0, 1, 2, 3, 4)
    weeks = (
        week("09:00", "17:00", workdays),
        week("00:00", "24:00", tuple(range(7))),
        week("08:30", "16:15", (*workdays, 5)),
        week("09:00", "17:00", ()),
        week("18:00", "24:00", (3, 4, 5)),
    )
    days = weeks[index % len(weeks)]
    if chance.random() < 0.5 and days[4]["open"]:
        days[4]["closing_at"] = "23:45"
    return days


def _contact(chance: random.Random, account: Account, index: int) -> Contact:
    at = _at(index)
    named = chance.random() < 0.9
    # Steps through a million by a number prime to it, so that numbers look random and never meet.
    phone = f"+4520{index * 7919 % 1_000_000:06d}"
    if index % 3 == 2:
        line = index // 3
        phone = f"+1{_AREA_CODES[line // 10_000 % 10]}555{line % 10_000:04d}"
    return Contact(
        id=account.counters.new_contact_id(),
        name=f"{chance.choice(_FIRST_NAMES)} {chance.choice(_LAST_NAMES)}" if named else None,
        email=f"contact{index + 1}@example.com" if chance.random() < 0.6 else None,
        phone=phone,
        company_name=chance.choice(_COMPANIES),
        note=chance.choice(_NOTES),
        created_at=at,
        updated_at=at,
    )


def _call(chance: random.Random, account: Account, index: int) -> Call:
    main_number = chance.choice(list(account.main_numbers.values()))
    contacts = list(account.contacts.values())[:100]
    remote = chance.choice(contacts).phone if contacts and index % 3 else f"+1408555{index:04d}"
    # The last calls are still under way, in every state there is; the very last has not started.
    state = "ended" if index < CALLS - len(STATES) else STATES[CALLS - 1 - index]
    started = state != "initiated"
    answered = started and (state != "ended" or chance.random() < 0.7)
    ended = state == "ended"
    inbound = index % 4 != 3
    employee_ids = _team(chance, account)[:1] if answered else []
    talked = ended and answered
    return Call(
        id=uuid(account.counters.seed, "call", index),
        main_number_id=main_number.id,
        from_number=remote if inbound else main_number.number,
        to_number=main_number.number if inbound else remote,
        direction="inbound" if inbound else "outbound",
        state=state,
        started_at=_at(index * 17) if started else None,
        answered_at=_at(index * 17, seconds=6) if answered else None,
        duration=chance.randint(5, 900) if talked else None,
        summary="Asked for the opening hours – åbningstider." if talked and index % 2 else None,
        transcription=None,
        transcription_segments=None,
        recorded=answered and main_number.recording_enabled,
        employee_ids=employee_ids,
        initiated_by=None if inbound else chance.choice(list(account.employees)),
    )


def _at(minutes: int, seconds: int = 0) -> str:
    moment = _START + timedelta(minutes=minutes, seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
