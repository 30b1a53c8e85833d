"""A manifest of four hundred lines that people wrote, and a month of changes in the dashboard."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ringform as library
from cli.harness import KEY, Ringform, golden
from ringform.manifest.manifest import Part
from ringform.model.values import Fields
from ringform.providers.phone_inc.resources import flows, hours
from ringform.sandbox.phone_inc.account import Account, Contact, Employee, MainNumber
from ringform.sandbox.server import Sandbox

MANIFEST = Path(__file__).parent / "manifests" / "fjord.yaml"
AT = "2026-11-25 10:00"
"""A Wednesday, two days before a date of the manifest."""
MADE = "2026-06-10T10:00:00Z"
IDS = {name: f"019daef1-085e-7000-aaaa-00000000000{number}" for number, name in enumerate(
    ("ingrid", "lars", "solveig", "henrik", "nora", "amir", "tuva", "jonas"), 1)}  # fmt: skip


def account() -> Account:
    """The account as the manifest wants it."""
    [part] = library.load([MANIFEST], as_of=None).parts
    made = Account()
    for name, id_ in IDS.items():
        made.employees[id_] = Employee(id_, name.title(), f"{name}@example.com", None, False, MADE, MADE)
    for address, fields in wanted(part):
        if address.kind == "main_number":
            id_ = f"0193f4a9-7c34-7c00-9e3d-{len(made.main_numbers):012}"
            blank: dict[str, Any] = {"id": id_, "number": address.key, **dict.fromkeys(NAMES)}
            made.main_numbers[id_] = MainNumber(**blank)
            made.edit_main_number(id_, **as_sent(fields))
        else:
            id_ = made.counters.new_contact_id()
            texts: dict[str, Any] = {name: fields.get(name) for name in ("name", "email", "company_name", "note")}
            made.contacts[id_] = Contact(id=id_, phone=address.key, created_at=MADE, updated_at=MADE, **texts)
    return made


NAMES = (
    "name", "timezone", "language", "recording_enabled", "incoming_call_config", "outside_opening_hours_config",
    "no_answer_config", "no_answer_timeout_secs", "opening_hours",
)  # fmt: skip


def wanted(part: Part) -> Iterator[tuple[Any, Fields]]:
    from datetime import datetime

    desired = part.desired_as_of(datetime.fromisoformat(AT)).with_ids({"?tuva": IDS["tuva"]})
    for address, each in desired.wanted.items():
        if not each.absent:
            yield address, each.fields


def as_sent(fields: Fields) -> dict[str, Any]:
    sent: dict[str, Any] = dict(fields)
    for name in ("incoming_call_config", "outside_opening_hours_config", "no_answer_config"):
        if name in sent:
            sent[name] = None if sent[name] is None else flows.for_api(sent[name])
    sent["opening_hours"] = hours.for_api(sent["opening_hours"], None)
    return sent


def drift(account: Account) -> None:
    """What happened in the dashboard since."""

    def number(phone: str) -> MainNumber:
        return account.main_number(phone.replace(" ", ""))

    def contact(phone: str) -> Contact:
        return next(each for each in account.contacts.values() if each.phone == phone.replace(" ", ""))

    def days(week: list[Any], **hours_of: str) -> list[Any]:
        for name, text in hours_of.items():
            day = week[("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name)]
            opening, _, closing = text.partition("-")
            day.update(open=text != "closed", **({"opening_at": opening, "closing_at": closing} if closing else {}))
        return week

    with account.changing():
        # The menu of the main number: a word of a long text, people of two keys, one key more and one less.
        main = number("+47 55 55 01 00")
        main.name = "Front door"
        menu = main.incoming_call_config
        menu["welcome"] = "Welcome. Press 1 for Bergen, 2 for Oslo, 3 for service."
        one, two, three, _ = menu["menu_options"]
        two["employee_ids"] = [IDS["nora"]]
        three["prompt"] = three["prompt"].replace("first page", "last page")
        three["employee_ids"] = [IDS["tuva"], IDS["jonas"]]
        leave = {"digit": "4", "action_type": "PlayMessageConfig", "prompt": "{{ ask Ingrid }}", "employee_ids": []}
        menu["menu_options"] = [one, two, three, {**three, **leave}]
        days(main.opening_hours, wed="09:00-20:00", fri="09:00-14:00")
        main.no_answer_timeout_secs = None
        # A text that two numbers share, changed for the one that names it and for the one that defines it.
        number("+47 55 55 01 11").no_answer_config = {"type": "VoicemailConfig", "greeting": "Lars is at the bench."}
        number("+47 55 55 01 10").no_answer_config = {"type": "VoicemailConfig", "greeting": "Bergen is busy."}
        number("+47 55 55 01 10").incoming_call_config["employee_ids"] = list(IDS.values())[:3]
        # Hours in their other forms, one of them shared.
        days(number("+47 55 55 01 11").opening_hours, mon="closed")
        days(number("+47 22 22 02 00").opening_hours, sat="closed")
        days(number("+47 22 22 02 10").opening_hours, thu="08:00-16:00", sat="10:00-14:00")
        days(number("+47 55 55 01 80").opening_hours, wed="10:00-18:00")
        # What comes from the defaults, a rotation and a merged mapping.
        number("+47 22 22 02 20").outside_opening_hours_config = {"type": "RejectConfig", "message": "Closed."}
        number("+47 22 22 02 00").timezone = "London"
        number("+47 22 22 02 99").incoming_call_config["employee_ids"] = [IDS["henrik"]]
        days(number("+47 22 22 02 30").opening_hours, sat="10:00-14:00", sun="12:00-14:00")
        # Texts in blocks and quotes.
        desk = number("+47 22 22 02 10")
        desk.name = "Service and returns"
        desk.outside_opening_hours_config = {
            "type": "VoicemailConfig", "greeting": "The service desk is closed.\nLeave your number, and why.\n",
        }  # fmt: skip
        number("+47 22 22 02 00").incoming_call_config["welcome"] = 'Oslo: "welcome"!'
        # One thing becomes another.
        number("+47 55 55 01 90").incoming_call_config = {"type": "VoicemailConfig", "greeting": "We have moved."}
        number("+47 55 55 01 90").outside_opening_hours_config = None
        # A number is given up.
        del account.main_numbers[number("+47 22 22 02 40").id]
        # The address book.
        del account.contacts[contact("+47 90 00 00 03").id]
        del account.contacts[contact("+47 90 00 00 23").id]
        contact("+47 90 00 00 04").note = "Prefers e-mail, and answers within a week."
        contact("+47 90 00 00 01").email = None
        contact("+47 90 00 00 32").note = "Say 'Ski heil' last."
        contact("+47 90 00 00 34").note = "no"
        for phone, name in (("+4790000091", "Back again"), ("+4790000099", "New, and not known")):
            id_ = account.counters.new_contact_id()
            account.contacts[id_] = Contact(id_, name, None, phone, None, None, MADE, MADE)


@pytest.fixture
def fjord(tmp_path: Path) -> Iterator[Ringform]:
    with Sandbox(account(), key=KEY) as sandbox:
        ringform = Ringform(tmp_path, sandbox)
        ringform.write(MANIFEST.read_text("utf-8"))
        yield ringform


def test_the_diff_that_a_person_would_make(fjord: Ringform) -> None:
    assert fjord("plan", "--detailed-exitcode", "--as-of", AT).code == 0
    assert fjord.sandbox
    drift(fjord.sandbox.account)
    file = fjord.folder / "ringform.yaml"
    dry = fjord("pull", "--dry-run", "--as-of", AT)
    done = fjord("pull", "--as-of", AT)
    assert (dry.code, done.code, fjord.writes) == (4, 4, [])
    golden("pull-by-hand", ("ringform pull --dry-run", dry), ("ringform pull", done))
    pulled = file.read_bytes()
    fjord.write(MANIFEST.read_text("utf-8"))
    subprocess.run(["patch", "-p1"], input=dry.out.encode(), cwd=fjord.folder, check=True, capture_output=True)
    assert file.read_bytes() == pulled
    again = fjord("pull", "--as-of", AT)
    assert again.code == 4
    assert file.read_bytes() == pulled
