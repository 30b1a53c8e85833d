"""How much of an account is read: as little as the manifest needs."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from support.held import let_go_when_struck
from support.sandboxes import Site, lines

import ringform
from ringform.execution.connection import by_provider
from ringform.execution.events import Event, ObjectRead, ReadingStarted
from ringform.execution.reader import Reader
from ringform.model.api_error import ApiError
from ringform.model.diagnostic import RingformError
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import MARIA, SALES, SUPPORT
from ringform.sandbox.phone_inc.generator import generated_account

NAME_ONLY = """
version: 1
main_numbers:
  "+14155551234": {name: New}
"""
PEOPLE = """
version: 1
employees:
  maria: {email: maria@example.com}
main_numbers:
  "+14155551234":
    no_answer_config: {type: TransferConfig, employee_ids: [maria]}
"""


def test_one_number_of_two_hundred_takes_two_reads_and_one_patch_of_one_field(here: Site) -> None:
    account = generated_account(200, 50)
    here.hold(account)
    number = list(account.main_numbers.values())[117]
    manifest = here.manifest(f'version: 1\nmain_numbers:\n  "{number.number}":\n    name: Brand new\n')
    plan = here.plan(manifest)
    assert lines(here.requests) == ["GET /main_numbers", f"GET /main_numbers/{number.id}"]
    assert plan.summary.unmanaged == 199
    outcome = here.apply(plan)
    assert outcome.is_complete
    assert [(each.method, each.path, each.body) for each in here.writes] == [
        ("PATCH", f"/api/v1/main_numbers/{number.id}", {"name": "Brand new"})
    ]
    assert len(here.requests) == 3


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ("version: 1", []),
        (NAME_ONLY, ["GET /main_numbers", f"GET /main_numbers/{SALES}"]),
        ('version: 1\ncontacts: {"+4520123456": {}}', ["GET /contacts"]),
        ("version: 1\ncontacts: {}\nunlisted_contacts: delete", ["GET /contacts"]),
        (
            NAME_ONLY + '  "+14155555678": {}\ncontacts: {"+4530000000": {}}',
            ["GET /contacts", "GET /main_numbers", f"GET /main_numbers/{SALES}", f"GET /main_numbers/{SUPPORT}"],
        ),
        (PEOPLE, ["GET /employees", "GET /main_numbers", f"GET /main_numbers/{SALES}"]),
        (
            PEOPLE.replace("{email: maria@example.com}", MARIA),
            ["GET /main_numbers", f"GET /main_numbers/{SALES}"],
        ),
    ],
    ids=["nothing", "one number", "contacts", "unlisted", "both", "by e-mail", "by id"],
)
def test_only_what_the_manifest_manages_is_read(here: Site, manifest: str, expected: list[str]) -> None:
    loaded = here.manifest(manifest)
    ringform.observe(loaded, by_provider(here.connection()))
    assert sorted(lines(here.requests)) == expected


def test_names_of_employees_in_the_changes_are_read_for_display(here: Site) -> None:
    manifest = here.manifest(
        f'version: 1\nmain_numbers: {{"+14155555678": {{incoming_call_config: '
        f"{{type: TransferConfig, employee_ids: [{MARIA}]}}}}}}"
    )
    assert here.plan(manifest).people == {MARIA: "Maria Jensen", "0193f4b0-aaaa-7c00-9e3d-2b2b8a7f1c20": "Alex Wong"}
    assert lines(here.requests)[-1] == "GET /employees"


@pytest.mark.parametrize("status", [403, 404])
def test_a_key_that_may_not_list_employees_still_plans_with_ids(here: Site, status: int) -> None:
    here.sandbox.faults.script(Fault.error(status), path="/employees", times=None)
    changed = PEOPLE.replace("{email: maria@example.com}", MARIA)
    plan = here.plan(changed)
    assert len(plan.calls) == 1
    assert plan.people == {MARIA: "maria"}
    with pytest.raises(RingformError) as caught:
        here.plan(PEOPLE)
    assert "give the employees' ids" in str(caught.value.diagnostics[0].hint)


def test_answers_come_in_the_order_asked_for(here: Site) -> None:
    account = generated_account(40, 0)
    here.hold(account)
    ids = list(account.main_numbers)
    for position in range(0, 40, 3):
        here.sandbox.faults.script(Fault(delay=0.02), path=ids[position])
    events: list[Event] = []
    with Reader(here.connection(parallelism=8, listener=events.append)) as reader:
        answers = reader.get_all([f"/main_numbers/{id_}" for id_ in ids])
    assert [answer["id"] for answer in answers] == ids  # type: ignore[index,call-overload]  # JSON of a known shape
    assert ReadingStarted(40) in events
    assert sum(isinstance(event, ObjectRead) for event in events) == 40


def test_reads_go_on_side_by_side(here: Site) -> None:
    account = generated_account(8, 0)
    here.hold(account)
    answer = threading.Event()
    here.sandbox.faults.script(Fault(until=answer), path="/main_numbers/", times=8)
    let_go_when_struck(here.sandbox, answer)
    with Reader(here.connection(parallelism=8)) as reader:
        reader.get_all([f"/main_numbers/{id_}" for id_ in account.main_numbers])
    assert len(here.requests) == 8


def test_one_failure_ends_them_all(here: Site) -> None:
    account = generated_account(60, 0)
    here.hold(account)
    here.sandbox.faults.script(Fault.error(403), path="/main_numbers/", at=3)
    with Reader(here.connection(parallelism=2)) as reader, pytest.raises(ApiError) as caught:
        reader.get_all([f"/main_numbers/{id_}" for id_ in account.main_numbers])
    assert caught.value.status == 403
    assert len(here.requests) < 10


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/main_numbers$", b"[]", "there is no list of main_numbers"),
        ("/main_numbers$", b'{"main_numbers": [{"id": 1, "number": "+1"}]}', "a main number has no id or number"),
        ("/main_numbers/", b"{}", "a main number lacks name"),
        ("/main_numbers/", b"null", "a main number is not an object"),
        ("/contacts", b"{}", "the list of contacts is not an array"),
        ("/contacts", b'[{"phone": "+4520123456"}]', "a contact has no id"),
        ("/contacts", b"[7]", "a contact has no phone"),
        ("/employees", b"[]", "the list of employees is not a list of objects with an id"),
    ],
)
def test_an_answer_of_another_shape_is_said_to_be_one(here: Site, path: str, body: bytes, reason: str) -> None:
    answer = Answer(200, {"content-type": "application/json"}, body)
    here.sandbox.faults.script(Fault(answer), path=path, times=None)
    with pytest.raises(RingformError) as caught:
        here.plan(PEOPLE + 'contacts: {"+4520123456": {}}')
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "bad-answer"
    assert diagnostic.summary.endswith(f"is not what the API documents: {reason}")


@pytest.mark.parametrize("swapped", [("id",), ("number",), ("id", "number")])
def test_two_answers_that_were_swapped_are_bad_answers(here: Site, swapped: tuple[str, ...]) -> None:
    """Not a plan that gives each number the other's name."""
    answers = {id_: shown(here, id_) for id_ in (SALES, SUPPORT)}
    for id_, other in ((SALES, SUPPORT), (SUPPORT, SALES)):
        body = {**answers[id_], **{name: answers[other][name] for name in swapped}}
        here.sandbox.faults.script(Fault(Answer.json(200, body)), path=f"/main_numbers/{id_}$", times=None)
    with pytest.raises(RingformError) as caught:
        here.plan(NAME_ONLY + '  "+14155555678": {}')
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "bad-answer"
    assert diagnostic.summary.endswith("it describes another object than the one that was asked for")


def shown(here: Site, id_: str) -> dict[str, Any]:
    with Reader(here.connection()) as reader:
        answer: Any = reader.get(f"/main_numbers/{id_}")
    return dict(answer)


def test_nothing_but_gets_is_sent_by_a_plan(here: Site) -> None:
    here.plan(NAME_ONLY + "contacts: {}\nunlisted_contacts: delete")
    assert here.writes == []
    assert not [name for name in dir(Reader) if name in ("send", "post", "put", "patch", "delete")]
