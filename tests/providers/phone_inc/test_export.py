"""The live account as a manifest, also where it holds what no manifest may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.sandboxes import Site, site

from ringform.execution.reader import observe, read_people
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.sandbox.phone_inc.account import Account, Contact, Employee
from ringform.sandbox.phone_inc.example import ALEX, MARIA, SALES, documents_account


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("manifests")
    with site(folder) as running:
        yield running


def exported(here: Site, account: Account) -> tuple[dict[str, Any], list[Diagnostic]]:
    """The document of an account, whose plan is checked to be empty."""
    here.hold(account)
    connection = here.connection()
    live = observe(connection, Scope(addresses=None, kinds=frozenset(connection.provider.kinds)))
    live = replace(live, people=read_people(connection))
    document, left_out = PhoneInc().export(live)
    assert here.plan(document).is_empty
    return dict(document), list(left_out)


def with_contact(phone: str, **fields: Any) -> Account:
    account = documents_account()
    [first] = account.contacts.values()
    account.contacts["second"] = replace(first, id="second", phone=phone, **fields)
    return account


def test_the_documents_account(here: Site) -> None:
    document, left_out = exported(here, documents_account())
    assert left_out == []
    assert document["employees"] == {"maria": MARIA, "jonas": "019daef1-085e-7000-aaaa-000000000002", "alex": ALEX}
    support = document["main_numbers"]["+14155555678"]
    assert support["incoming_call_config"] == {
        "type": "WelcomeTransferConfig",
        "welcome": "Thanks for calling support",
        "employee_ids": ["alex", "maria"],
    }
    assert support["opening_hours"] == {"mon-fri": "08:00-16:00", "sat-sun": "closed"}
    assert support["outside_opening_hours_config"] is None
    assert document["contacts"]["+4520123456"] == {
        "name": "Niklas Stephenson",
        "email": "niklas@example.com",
        "company_name": "Stephenson ApS",
        "note": "Always asks for the engineering team.",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"timezone": "Atlantis"}, "timezone"),
        ({"language": "klingon"}, "language"),
        ({"name": "Søren"}, "name"),
        ({"no_answer_timeout_secs": 25}, "no_answer_timeout_secs"),
        ({"outside_opening_hours_config": {"type": "RobotConfig", "mood": "kind"}}, "outside_opening_hours_config"),
        (
            {
                "incoming_call_config": {
                    "type": "PhoneMenuConfig",
                    "welcome": "W",
                    "menu_options": [{"digit": "0", "action_type": "SubmenuConfig", "menu": 7}],
                }
            },
            "incoming_call_config",
        ),
        ({"incoming_call_config": {"type": "RejectConfig", "message": "Bell: \x07"}}, "incoming_call_config"),
    ],
)
def test_what_no_manifest_may_say_is_left_out_and_told(here: Site, changes: dict[str, Any], field: str) -> None:
    account = documents_account()
    for name, value in changes.items():
        setattr(account.main_numbers[SALES], name, value)
    document, left_out = exported(here, account)
    fields = {*document.get("defaults", ()), *document["main_numbers"]["+14155551234"]}
    assert field not in fields
    assert len(fields) == 8
    [told] = left_out
    assert told.code == "not-exported"
    assert told.summary.startswith(f"+14155551234: {field} was left out of the manifest: ")
    assert not told.is_error


def test_who_rings_together_at_several_places_is_a_group_and_common_values_are_defaults(here: Site) -> None:
    account = documents_account()
    sales, support = account.main_numbers.values()
    ring = {"type": "TransferConfig", "employee_ids": [MARIA, ALEX]}
    sales.incoming_call_config, sales.recording_enabled = ring, True
    sales.opening_hours = support.opening_hours
    document, left_out = exported(here, account)
    assert left_out == []
    assert list(document)[:6] == ["version", "provider", "employees", "ring_groups", "defaults", "main_numbers"]
    assert document["ring_groups"] == {"sales-team": ["alex", "maria"]}
    assert document["defaults"] == {
        "timezone": "Copenhagen",
        "recording_enabled": True,
        "opening_hours": {"mon-fri": "08:00-16:00", "sat-sun": "closed"},
    }
    flows = [each["incoming_call_config"] for each in document["main_numbers"].values()]
    assert [flow["employee_ids"] for flow in flows] == [["sales-team"], ["sales-team"]]
    assert [
        sorted({"language", *document["defaults"]} & each.keys()) for each in document["main_numbers"].values()
    ] == [
        ["language"],
        ["language"],
    ]


def test_a_group_has_a_name_that_nobody_else_has(here: Site) -> None:
    account = documents_account()
    sales, _ = account.main_numbers.values()
    sales.incoming_call_config = {"type": "TransferConfig", "employee_ids": [MARIA, ALEX]}
    account.employees[MARIA] = replace(account.employees[MARIA], name="Sales Team")
    account.employees[ALEX] = replace(account.employees[ALEX], name="Sales Rep")
    document, _ = exported(here, account)
    assert document["ring_groups"] == {"sales-team-2": ["sales-rep", "sales-team"]}


@pytest.mark.parametrize("phone", ["+4402079460000", "+1555", "+999123456789"])
def test_a_contact_whose_number_would_read_otherwise_is_left_out(here: Site, phone: str) -> None:
    document, left_out = exported(here, with_contact(phone))
    assert list(document["contacts"]) == ["+4520123456"]
    assert [told.summary.partition(" was ")[0] for told in left_out] == [phone]


def test_two_ways_of_writing_one_number_in_the_account_are_kept_apart(here: Site) -> None:
    account = with_contact("+4402079460000", name="National")
    [first, _] = account.contacts.values()
    account.contacts["third"] = replace(first, id="third", phone="+442079460000", name="International")
    document, left_out = exported(here, account)
    assert document["contacts"]["+442079460000"]["name"] == "International"
    assert len(left_out) == 1


@pytest.mark.parametrize(
    "text", ["{{ name }}", "{% raw %}", "{# x #}", "a\nb\n", " x ", "null", "\u2028", "👋", "'\"\\"]
)
def test_any_text_comes_back_as_it_was(here: Site, text: str) -> None:
    document, left_out = exported(here, with_contact("+4530000000", name=text, note=text))
    assert left_out == []
    assert document["contacts"]["+4530000000"]["note"] == text


@pytest.mark.parametrize(
    ("names", "aliases"),
    [
        (["Ida Holm", "Bo Holm"], ["ida", "bo"]),
        (["Ida Holm", "Ida Berg"], ["ida-holm", "ida-berg"]),
        (["Ida Holm", "Ida Holm"], ["ida-holm", "ida-holm-2"]),
        (["Søren Ødegård", "Zoë"], ["soren", "zoe"]),
    ],
)
def test_employees_get_short_names(here: Site, names: list[str], aliases: list[str]) -> None:
    account = documents_account()
    kept = account.employees
    account.employees = {}
    for id_, person in kept.items():
        name = names.pop(0) if names else "Last One"
        account.employees[id_] = Employee(id_, name, person.email, None, False, "", "")
    document, _ = exported(here, account)
    assert list(document["employees"])[:2] == aliases


def test_an_empty_account_is_a_manifest_of_nothing(here: Site) -> None:
    document, left_out = exported(here, Account())
    assert document == {"version": 1, "provider": "phone.inc"}
    assert left_out == []


def test_a_contact_without_anything_but_a_number_is_listed(here: Site) -> None:
    account = Account(contacts={"1": Contact("1", None, None, "+4520123456", None, None, "", "")})
    assert exported(here, account)[0]["contacts"] == {"+4520123456": {}}
