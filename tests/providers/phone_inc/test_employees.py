"""Employees that a manifest gives by e-mail or name, looked up in the account."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ringform.model.address import Address
from ringform.model.desired import Desired, Reference, Wanted
from ringform.model.snapshot import Snapshot
from ringform.model.values import Fields, Json
from ringform.providers.phone_inc.manifest import document, employee_book, employees
from ringform.providers.phone_inc.provider import PhoneInc

PEOPLE = {
    "id-1": {"name": "Bea Jensen", "email": "bea@example.com"},
    "id-2": {"name": "Ida Holm", "email": "ida@example.com"},
    "id-3": {"name": "Ida Holm"},
}
ACCOUNT = Snapshot({}, people=PEOPLE)
NUMBER = Address("main_number", "+14155551234")


@pytest.mark.parametrize(
    ("by", "value", "id_"),
    [("email", "bea@example.com", "id-1"), ("email", "BEA@Example.com", "id-1"), ("name", "bea jensen", "id-1")],
)
def test_one_match_is_the_employee(by: str, value: str, id_: str) -> None:
    assert employees.resolve([Reference("?bea", "bea", by, value)], ACCOUNT) == ({"?bea": id_}, [])


@pytest.mark.parametrize(
    ("by", "value", "summary", "hint"),
    [
        ("email", "be@example.com", "the account has no employee with the email be@example.com", "bea@example.com"),
        ("name", "Ida Holm", "the account has 2 employees with the name Ida Holm", "give the employee's id instead"),
    ],
)
def test_no_match_and_two_matches_are_errors(by: str, value: str, summary: str, hint: str) -> None:
    ids, [diagnostic] = employees.resolve([Reference("?x", "x", by, value)], ACCOUNT)
    assert ids == {}
    assert (diagnostic.code, diagnostic.summary) == ("employee-not-found", summary)
    assert diagnostic.is_error
    assert hint in str(diagnostic.hint)
    assert "'x'" in str(diagnostic.detail)


def test_ids_take_the_place_of_tokens_wherever_employees_stand() -> None:
    fields: Fields = {
        "name": "?bea",
        "incoming_call_config": {
            "type": "PhoneMenuConfig",
            "welcome": "?bea",
            "menu_options": {"1": {"action_type": "TransferConfig", "employee_ids": ["?bea", "id-0"]}},
        },
        "no_answer_config": {"type": "TransferConfig", "employee_ids": ["?bea", "id-1"]},
        "opening_hours": {"mon": "closed"},
    }
    desired = Desired(
        {NUMBER: Wanted(NUMBER, fields)},
        references=(Reference("?bea", "bea", "email", "bea@example.com"),),
    )
    ids, found = PhoneInc().resolve_references(desired.references, ACCOUNT)
    assert list(found) == []
    assert desired.with_ids(ids).wanted[NUMBER].fields == {
        "name": "?bea",
        "incoming_call_config": {
            "type": "PhoneMenuConfig",
            "welcome": "?bea",
            "menu_options": {"1": {"action_type": "TransferConfig", "employee_ids": ["id-0", "id-1"]}},
        },
        "no_answer_config": {"type": "TransferConfig", "employee_ids": ["id-1"]},
        "opening_hours": {"mon": "closed"},
    }


def test_the_list_of_employees_is_read_by_id() -> None:
    bea: Json = {"id": "1", "name": "Bea", "email": None, "phone": None}
    assert employees.by_id({"employees": [bea, {"id": "2", "email": "x@y.z"}]}) == {
        "1": {"name": "Bea"},
        "2": {"email": "x@y.z"},
    }


SHAPES: list[Json] = [None, [], {}, {"employees": {}}, {"employees": [1]}, {"employees": [{"name": "x"}]}]


@pytest.mark.parametrize("answer", SHAPES)
def test_another_shape_is_an_error(answer: Json) -> None:
    with pytest.raises(ValueError, match="list of employees"):
        employees.by_id(answer)


def test_only_who_rings_or_is_claimed_to_is_looked_up() -> None:
    ringing = {"type": "TransferConfig", "employee_ids": ["team"]}
    claim = {
        "name": "dan rings",
        "call": {"to": NUMBER.key, "at": "daily 10:00"},
        "expect": {"rings": ["dan"]},
    }
    manifest = {
        "employees": {name: {"email": f"{name}@example.com"} for name in ("bea", "chris", "dan", "eva")},
        "ring_groups": {"team": ["bea", "chris"]},
        "main_numbers": {NUMBER.key: {"incoming_call_config": ringing}},
        "tests": [claim],
    }
    today = datetime(2026, 1, 5, tzinfo=UTC)
    parsed = document.parse(manifest, today.date())
    assert not parsed.problems
    assert [reference.label for reference in parsed.desired(today).references] == ["bea", "chris", "dan"]


def test_large_groups_are_whole_in_every_number_however_often_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(employee_book, "_MOST_RESOLVED", 100)
    ids = [f"019daef1-085e-7000-aaaa-{number:012}" for number in range(10)]
    ringing = {"incoming_call_config": {"type": "TransferConfig", "employee_ids": ["all"]}}
    manifest = {
        "ring_groups": {"all": ids},
        "main_numbers": {f"+457000000{number}": ringing for number in range(9)},
    }
    today = datetime(2026, 1, 5, tzinfo=UTC)
    parsed = document.parse(manifest, today.date())
    assert parsed.problems == []
    for _ in range(3):
        flows = [wanted.fields["incoming_call_config"] for wanted in parsed.desired(today).wanted.values()]
        assert [flow["employee_ids"] for flow in flows if isinstance(flow, dict)] == [ids] * 9
