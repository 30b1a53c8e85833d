"""Each guardrail, just before its limit and just beyond."""

from __future__ import annotations

from typing import Any

import pytest
from cli.harness import Ringform
from support import twelve
from support.sandboxes import Site

import ringform as library
from ringform.execution.connection import by_provider
from ringform.manifest.writing import to_yaml
from ringform.model.diagnostic import Refused
from ringform.model.outcome import Outcome
from ringform.planning.guardrails import RULES
from ringform.providers.phone_inc.guardrails import RULES as PHONE_INC_RULES
from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.phone_inc.example import ALEX, JONAS, MARIA
from ringform.sandbox.phone_inc.generator import generated_account

SALES, SUPPORT = "+14155551234", "+14155555678"
CLOSED = {"mon-sun": "closed"}
REJECT = {"type": "RejectConfig", "message": "Go away"}


def numbers(**entry: Any) -> dict[str, Any]:
    return {"version": 1, "main_numbers": {SALES: entry}}


def names(here: Site, document: dict[str, Any], account: Account | None = None) -> list[str]:
    """The guardrails that stand in the way."""
    here.hold(account or twelve.account())
    return [each.name for each in here.plan({"version": 1, **document}).guardrails]


def deleting(phones: list[str]) -> dict[str, Any]:
    return {"contacts": {phone: {"absent": True} for phone in phones}}


def with_contacts(number: int) -> tuple[Account, list[str]]:
    account = generated_account(1, number)
    return account, [each.phone for each in account.contacts.values()]


@pytest.mark.parametrize(
    ("of", "gone", "trips"), [(5, 3, False), (5, 4, True), (13, 4, True), (14, 4, False), (20, 6, False), (20, 7, True)]
)
def test_mass_deletion(here: Site, of: int, gone: int, trips: bool) -> None:
    account, phones = with_contacts(of)
    assert names(here, deleting(phones[:gone]), account) == (["mass-deletion"] if trips else [])


def test_mass_deletion_counts_what_unlisted_contacts_delete_takes(here: Site) -> None:
    account, phones = with_contacts(5)
    document: dict[str, Any] = {"unlisted_contacts": "delete", "contacts": {phones[0]: {}}}
    assert names(here, document, account) == ["mass-deletion"]


@pytest.mark.parametrize(
    ("of", "changed", "trips"), [(2, 2, False), (3, 3, False), (4, 2, False), (4, 3, True), (7, 3, False), (7, 4, True)]
)
def test_most_changed(here: Site, of: int, changed: int, trips: bool) -> None:
    account = generated_account(of, 0)
    keys = [each.number for each in account.main_numbers.values()][:changed]
    document = {"main_numbers": {key: {"name": "Renamed"} for key in keys}}
    assert names(here, document, account) == (["most-changed"] if trips else [])


@pytest.mark.parametrize(("there", "made", "trips"), [(0, 3, False), (0, 4, True), (1, 4, False)])
def test_empty_account(here: Site, there: int, made: int, trips: bool) -> None:
    account, _ = with_contacts(there)
    document: dict[str, Any] = {"contacts": {f"+453000000{digit}": {} for digit in range(made)}}
    assert names(here, document, account) == (["empty-account"] if trips else [])


@pytest.mark.parametrize(
    ("defaults", "own", "fields", "trips"),
    [
        ({}, {"protect": True}, {"no_answer_timeout_secs": 40}, True),
        ({"protect": True}, {}, {"no_answer_timeout_secs": 40}, True),
        ({"protect": True}, {"protect": False}, {"no_answer_timeout_secs": 40}, False),
        ({}, {"protect": True}, {"name": "Renamed"}, False),
        ({}, {"protect": True}, {"no_answer_timeout_secs": 30}, False),
        ({}, {}, {"no_answer_timeout_secs": 40}, False),
    ],
)
def test_protected(
    here: Site, defaults: dict[str, Any], own: dict[str, Any], fields: dict[str, Any], trips: bool
) -> None:
    document = {"defaults": defaults, "main_numbers": {SALES: {**own, **fields}}}
    assert names(here, document) == (["protected"] if trips else [])


def test_reject_in_opening_hours(here: Site) -> None:
    assert names(here, numbers(incoming_call_config=REJECT)) == ["reject-in-opening-hours"]
    assert names(here, numbers(outside_opening_hours_config=REJECT)) == []
    rejecting = twelve.account()
    rejecting.edit_main_number(SALES, incoming_call_config=REJECT)
    assert names(here, numbers(incoming_call_config={**REJECT, "message": "Sorry"}), rejecting) == []


def test_closed_all_week(here: Site) -> None:
    assert names(here, numbers(opening_hours=CLOSED)) == ["closed-all-week"]
    assert names(here, numbers(opening_hours={"mon-sat": "closed", "sun": "10:00-10:01"})) == []


def transfer(*people: str, kind: str = "TransferConfig") -> dict[str, Any]:
    extra = {"welcome": "Hello"} if kind == "WelcomeTransferConfig" else {}
    return {"type": kind, "employee_ids": list(people), **extra}


@pytest.mark.parametrize(
    ("before", "after", "trips"),
    [
        (transfer(MARIA, ALEX), transfer(JONAS), True),
        (transfer(MARIA, ALEX), transfer(JONAS, ALEX), False),
        (transfer(MARIA), transfer(MARIA, JONAS), False),
        (transfer(MARIA), transfer(JONAS, kind="WelcomeTransferConfig"), True),
        (transfer(MARIA), transfer(MARIA, kind="WelcomeTransferConfig"), False),
        (transfer(MARIA), {"type": "VoicemailConfig", "greeting": "Hello"}, False),
    ],
)
def test_transfer_replaced(here: Site, before: dict[str, Any], after: dict[str, Any], trips: bool) -> None:
    account = twelve.account()
    account.edit_main_number(SALES, incoming_call_config=before)
    assert names(here, numbers(incoming_call_config=after), account) == (["transfer-replaced"] if trips else [])


def test_only_member_removed(here: Site) -> None:
    account = twelve.account()
    account.edit_main_number(SALES, incoming_call_config=transfer(MARIA, JONAS))
    account.edit_main_number(SUPPORT, incoming_call_config=transfer(ALEX, MARIA))
    document: dict[str, Any] = {
        "employees": {"jonas": JONAS, "alex": ALEX, "maria": MARIA},
        "ring_groups": {"night": ["jonas"], "day": ["alex", "maria"]},
        "main_numbers": {SALES: {"incoming_call_config": transfer("maria")}},
    }
    assert names(here, document, account) == ["only-member-removed"]
    document["main_numbers"][SUPPORT] = {"incoming_call_config": transfer("alex", "night")}
    assert names(here, document, account) == []


def test_the_manifest_can_set_the_limits(here: Site) -> None:
    account, phones = with_contacts(10)
    document = deleting(phones[:5])
    for setting, trips in (
        ({}, True),
        ({"at_least": 6}, False),
        ({"at_least": 5}, True),
        ({"percent": 50}, False),
        ({"percent": 49}, True),
        ({"at_least": 1, "percent": 0}, True),
    ):
        limits = {"guardrails": {"mass-deletion": setting}}
        assert names(here, {**document, **limits}, account) == (["mass-deletion"] if trips else []), setting


def test_the_library_refuses_too_unless_it_is_allowed_by_name(here: Site) -> None:
    here.hold(twelve.account())
    plan = here.plan(numbers(opening_hours=CLOSED))
    with pytest.raises(Refused):
        library.apply(plan, by_provider(here.connection()))
    with pytest.raises(Refused):
        library.apply(plan, by_provider(here.connection()), allowed=["mass-deletion"])
    assert here.writes == []
    outcome: Outcome = library.apply(plan, by_provider(here.connection()), allowed=["closed-all-week"])
    assert outcome.is_complete


def test_the_command_refuses_with_3_and_takes_the_name(ringform: Ringform) -> None:
    ringform.write(to_yaml(numbers(opening_hours={"daily": "closed"}, incoming_call_config=REJECT)))
    ended = ringform("apply", "--yes")
    assert ended.code == 3
    assert "--allow closed-all-week" in ended.err
    assert "--allow reject-in-opening-hours" in ended.err
    assert ringform("apply", "--yes", "--allow", "closed-all-week").code == 3
    assert ringform.writes == []
    both = ("--allow", "closed-all-week", "--allow", "reject-in-opening-hours")
    assert ringform("apply", "--yes", *both).code == 0


def test_a_name_that_is_none_is_a_usage_error_with_a_suggestion(ringform: Ringform) -> None:
    ringform.write(to_yaml(numbers(name="New")))
    ended = ringform("apply", "--yes", "--allow", "mass-deletoin")
    assert ended.code == 64
    assert "did you mean 'mass-deletion'?" in ended.err
    assert ringform.requests == []


@pytest.mark.parametrize(("answers", "code"), [(["y", "y"], 0), (["n"], 3), (["y", "n"], 3)])
def test_on_a_terminal_each_guardrail_is_asked_about(ringform: Ringform, answers: list[str], code: int) -> None:
    ringform.write(to_yaml(numbers(opening_hours={"daily": "closed"})))
    terminal = ringform.on_terminal("apply")
    for answer, question in zip(answers, ["closed-all-week stops this plan", "Apply 1 change now"], strict=False):
        terminal.wait_for(question)
        terminal.type(f"{answer}\n")
    assert terminal.end().code == code
    assert len(ringform.writes) == (1 if code == 0 else 0)


def test_every_guardrail_is_tested_here() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}
    # These two are decided elsewhere, and tested with the commands.
    assert {rule.name for rule in (*RULES, *PHONE_INC_RULES)} - {"failing-tests", "other-account"} <= tested
