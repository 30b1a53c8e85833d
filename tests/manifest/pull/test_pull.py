"""What is pulled, what is left and why: whole objects, dates, defaults, and the other vendors."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from typing import Any

import pytest
from support.pulling import account, read, snapshot

from ringform.model.address import Address
from ringform.model.diagnostic import RingformError
from ringform.model.pulled import Pulled
from ringform.operations.pull import pull

SALES = Address("main_number", "+14155551234")
HEAD = """\
version: 1
employees: {alex: 019daef1-085e-7000-aaaa-000000000001, bea: 019daef1-085e-7000-aaaa-000000000002}
"""
NUMBER = (
    HEAD
    + """\
main_numbers:
  "+14155551234":
    name: Sales
    incoming_call_config: {type: TransferConfig, employee_ids: [alex]}
    opening_hours:
      mon-fri: 09:00-17:00
      sat-sun: closed
"""
)
Fields = dict[Address, dict[str, Any]]
Change = Callable[[Fields], object]


def pulled_from(text: str, change: Change, **options: Any) -> Pulled:
    manifest = read({"a.yaml": text})
    fields = account(manifest)
    change(fields)
    return pull(manifest, {manifest.parts[0].provider.name: snapshot(fields)}, **options)


def difference(pulled: Pulled) -> list[str]:
    """The lines that go and come."""
    lines = [
        line
        for file in pulled.files
        for line in unified_diff(file.before.splitlines(), file.after.splitlines(), n=0, lineterm="")
    ]
    return [line for line in lines if line[:2] not in ("--", "++", "@@")]


def reasons(pulled: Pulled) -> dict[str, str]:
    return {f"{each.address.key} {each.field}": each.reason for each in pulled.left}


def hours(fields: Fields, **days: str) -> None:
    fields[SALES]["opening_hours"].update(days)


@pytest.mark.parametrize(
    ("written", "days", "lines"),
    [
        ("mon-fri: 09:00-17:00", {"tue": "closed"},
         ["-mon-fri: 09:00-17:00", "+mon,wed-fri: 09:00-17:00", "+tue: closed"]),
        ("mon-fri: 09:00-17:00", {"mon": "closed"}, ["+mon: closed", "-mon-fri: 09:00-17:00", "+tue-fri: 09:00-17:00"]),
        ("sat-sun: closed", {"sat": "09:00-17:00"},
         ["-mon-fri: 09:00-17:00", "-sat-sun: closed", "+mon-sat: 09:00-17:00", "+sun: closed"]),
        ("sat-sun: closed", {"sat": "00:00-24:00", "sun": "00:00-24:00"}, ["-sat-sun: closed", "+sat-sun: 24h"]),
        ("sat-sun: closed", {"sat": "10:00-11:00", "sun": "11:00-12:00"},
         ["-sat-sun: closed", "+sat: 10:00-11:00", "+sun: 11:00-12:00"]),
    ],
)  # fmt: skip
def test_hours_day_by_day(written: str, days: dict[str, str], lines: list[str]) -> None:
    assert written in NUMBER
    pulled = pulled_from(NUMBER, lambda fields: hours(fields, **days))
    assert pulled.left == ()
    assert sorted(line.replace("      ", "") for line in difference(pulled)) == sorted(lines)


def test_days_of_another_mapping_are_left() -> None:
    text = (
        NUMBER
        + """\
  "+14155555678":
    name: Support
    opening_hours: &week {mon-sat: 09:00-17:00, sun: closed}
  "+14155559999":
    name: Spare
    opening_hours:
      <<: *week
"""
    )
    spare = Address("main_number", "+14155559999")

    def change(fields: Fields) -> None:
        fields[spare]["opening_hours"].update(sun="10:00-12:00", tue="closed")

    pulled = pulled_from(text, change)
    assert (pulled.files, reasons(pulled)) == (
        (),
        {"+14155559999 opening_hours": "it comes from another mapping by <<"},
    )


def test_a_day_that_a_date_makes_is_left() -> None:
    text = NUMBER + "closures: [2026-11-27]\n"
    pulled = pulled_from(text, lambda fields: hours(fields, fri="10:00-11:00", mon="closed"))
    assert difference(pulled) == [
        "-      mon-fri: 09:00-17:00",
        "+      mon: closed",
        "+      tue-fri: 09:00-17:00",
    ]
    assert reasons(pulled) == {
        "+14155551234 opening_hours.fri": "the hours of this day hold for 2026-11-27 only, by the manifest's dates"
    }


def test_what_a_date_made_and_nobody_put_back_is_no_change_of_the_normal_week() -> None:
    text = NUMBER + "closures: [2026-11-24]\n"
    pulled = pulled_from(text, lambda fields: hours(fields, tue="closed"))
    assert (pulled.changes, pulled.files) == ((), ())
    [reason] = reasons(pulled).values()
    assert "an apply is due to put the normal ones back" in reason


CONTACTS = """\
version: 1
contacts:
  "+4520000001": {name: A}
  # the second
  "+4520000002": {name: B, note: null}
  "+4520000003": {absent: true} # gone
  "+4520000004":
"""
FIRST, SECOND, THIRD, FOURTH, NEW = (Address("contact", f"+452000000{number}") for number in range(1, 6))
BLANK = dict.fromkeys(("name", "email", "company_name", "note"))


def contacts(fields: Fields) -> None:
    del fields[SECOND]
    fields[THIRD] = {**BLANK, "name": "C", "note": "x"}
    fields[NEW] = {**BLANK, "name": "E"}


def test_contacts_that_went_and_came_back() -> None:
    assert difference(pulled_from(CONTACTS, contacts)) == [
        "-  # the second",
        '-  "+4520000002": {name: B, note: null}',
        '-  "+4520000003": {absent: true} # gone',
        '+  "+4520000003": {name: C, note: x} # gone',
    ]


@pytest.mark.parametrize("how", ["unlisted", "asked for"])
def test_contacts_that_are_new(how: str) -> None:
    text = CONTACTS + ("unlisted_contacts: delete\n" if how == "unlisted" else "")
    pulled = pulled_from(text, contacts, add_unmanaged=how == "asked for")
    assert difference(pulled)[-1] == '+  "+4520000005": {name: E}'
    assert pulled.left == ()


def test_only_what_was_asked_for() -> None:
    pulled = pulled_from(CONTACTS, contacts, only=[NEW], add_unmanaged=True)
    assert difference(pulled) == ['+  "+4520000005": {name: E}']
    with pytest.raises(RingformError, match="neither the manifest nor the account has contact:x"):
        pulled_from(CONTACTS, contacts, only=[Address("contact", "x")])


def test_a_change_that_an_apply_has_still_to_make_is_left() -> None:
    text = 'version: 1\ncontacts:\n  "+4520000001": {was: "+4520000009", name: A}\n  "+4520000009": {name: New}\n'

    def before(fields: Fields) -> None:
        del fields[FIRST]

    pulled = pulled_from(text, before)
    assert difference(pulled) == []
    assert set(reasons(pulled).values()) == {"an apply is still to change this number (was:)"}


def test_another_account_empties_no_manifest() -> None:
    pulled = pulled_from(CONTACTS, dict.clear)
    assert difference(pulled) == []
    assert set(reasons(pulled).values()) == {"the account has no contact of this manifest: it may be another account"}


DEFAULTS = NUMBER + """\
defaults:
  no_answer_timeout_secs: 20
  no_answer_config:
    type: PhoneMenuConfig
    welcome: "{{ who }}: press 1"
    menu_options:
      - {digit: "1", action_type: TransferConfig, employee_ids: [bea]}
vars: {who: Acme}
"""  # fmt: skip


def test_what_comes_from_the_defaults_is_overridden_with_its_templates() -> None:
    def change(fields: Fields) -> None:
        menu = fields[SALES]["no_answer_config"]
        menu["menu_options"]["1"]["employee_ids"] = ["019daef1-085e-7000-aaaa-000000000001"]
        menu["welcome"] = "Hello"

    pulled = pulled_from(DEFAULTS, change)
    assert difference(pulled) == [
        "+    no_answer_config:",
        "+      type: PhoneMenuConfig",
        '+      welcome: "{{ who }}: press 1"',
        "+      menu_options:",
        '+        - {digit: "1", action_type: TransferConfig, employee_ids: [alex]}',
    ]
    assert reasons(pulled) == {"+14155551234 no_answer_config.welcome": "a template makes it"}


def test_a_number_that_is_added_leaves_to_the_defaults_what_they_say() -> None:
    other = Address("main_number", "+14155555678")

    def change(fields: Fields) -> None:
        fields[other] = {**fields[SALES], "name": "Other", "no_answer_timeout_secs": None}

    pulled = pulled_from(DEFAULTS, change, add_unmanaged=True)
    entry = """\
  "+14155555678":
    name: Other
    incoming_call_config: {type: TransferConfig, employee_ids: [alex]}
    no_answer_timeout_secs: null
    opening_hours:
      mon-fri: 09:00-17:00
      sat-sun: closed
"""
    assert pulled.files[0].after == DEFAULTS.replace("defaults:", f"{entry}defaults:", 1)


def test_what_no_manifest_may_say_is_left_and_the_rest_is_written() -> None:
    def change(fields: Fields) -> None:
        fields[SALES].update(name="Sålg", incoming_call_config={"type": "FaxConfig", "to": "x"}, timezone="Mars")
        hours(fields, sat="10:00-11:00")

    pulled = pulled_from(NUMBER.replace("name: Sales", "name: Sales\n    timezone: London"), change)
    assert [each.fields[0].path for each in pulled.changes] == [("opening_hours", "sat")]
    assert {each.split()[1] for each in reasons(pulled)} == {"name", "incoming_call_config", "timezone"}


TALK = """\
version: 1
provider: zendesk-talk
groups: {support: 1, sales: 2}
defaults:
  settings: {voicemail: true, maximum_queue_size: 5}
phone_numbers:
  "+15105550100":
    nickname: Support
    group_ids: [support, sales]
    greeting_ids: [7, 8]
  "+15105550101":
    purchase: {country: US}
    settings: {voicemail: true}
"""


def test_settings_and_names_of_zendesk_talk() -> None:
    here, bought = (Address("zendesk_phone_number", f"+1510555010{number}") for number in (0, 1))

    def change(fields: Fields) -> None:
        del fields[bought]
        fields[here].update(
            {
                "nickname": None,
                "group_ids": [2, 9, 1],
                "greeting_ids": [8],
                "settings.voicemail": False,
                "settings.maximum_queue_size": 6,
            }
        )

    pulled = pulled_from(TALK, change)
    assert difference(pulled) == [
        "-    nickname: Support",
        "-    group_ids: [support, sales]",
        "-    greeting_ids: [7, 8]",
        "+    nickname: null",
        "+    group_ids: [sales, 9, support]",
        "+    greeting_ids: [8]",
        "+    settings: {maximum_queue_size: 6, voicemail: false}",
    ]
    assert reasons(pulled) == {"+15105550101 None": "an apply is still to buy this number"}


INBOX = """\
version: 1
provider: oneinbox
agents: {reception: 3c90c3cc-0d44-4b50-8888-8dd25736052a}
phone_numbers:
  0b0e2c1e-2f3a-4c55-9d61-7a8f1f0a1b2c:
    agent_id: reception
    inbound_routing: {fallback: {agent_id: reception}, voicemail_message: Hello}
"""


def test_knobs_of_oneinbox() -> None:
    def change(fields: Fields) -> None:
        [number] = fields.values()
        number["inbound_routing.voicemail_message"] = None
        number["inbound_routing.fallback"] = {"agent_id": "3c90c3cc-0d44-4b50-8888-8dd257360000"}

    assert difference(pulled_from(INBOX, change)) == [
        "-    inbound_routing: {fallback: {agent_id: reception}, voicemail_message: Hello}",
        '+    inbound_routing: {fallback: {agent_id: 3c90c3cc-0d44-4b50-8888-8dd257360000}, voicemail_message: ""}',
    ]
