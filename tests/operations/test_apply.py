"""Whatever the command line refuses, the Python interface refuses, and both let the same through."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli.harness import Ringform, finish, sandbox_for_all, settings_for
from support import twelve
from support.held import wait_until

import ringform as library
from operations.faces import FACES, JOURNALS, Face, by_command, by_python, save
from ringform.execution.lock import lock_accounts
from ringform.manifest.writing import to_yaml
from ringform.planning.vendor import guardrails_of
from ringform.providers import registry
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.phone_inc.example import ALEX, JONAS, MARIA, SALES
from ringform.sandbox.phone_inc.generator import generated_account

NUMBER = "+14155551234"
REJECT = {"type": "RejectConfig", "message": "Go away"}


def ring(*people: str) -> dict[str, Any]:
    return {"type": "TransferConfig", "employee_ids": list(people)}


def number(**fields: Any) -> dict[str, Any]:
    return {"main_numbers": {NUMBER: fields}}


def ringing(*people: str) -> Account:
    account = twelve.account()
    account.edit_main_number(SALES, incoming_call_config=ring(*people))
    return account


FIVE_CONTACTS = generated_account(1, 5)
FOUR_NUMBERS = generated_account(4, 0)
AT_TEN = {"to": NUMBER, "at": "mon 10:00"}
FAILING = {"tests": [{"name": "never", "call": AT_TEN, "expect": {"plays": "What nobody says"}}]}


@dataclass(frozen=True)
class Danger:
    """A manifest that, held against an account, trips one guardrail."""

    document: dict[str, Any]
    account: Callable[[], Account] = twelve.account
    provider: str = "phone.inc"
    is_undo: bool = False


DANGERS = {
    "mass-deletion": Danger(
        {"contacts": {each.phone: {"absent": True} for each in [*FIVE_CONTACTS.contacts.values()][:4]}},
        lambda: generated_account(1, 5),
    ),
    "most-changed": Danger(
        {"main_numbers": {each.number: {"name": "X"} for each in [*FOUR_NUMBERS.main_numbers.values()][:3]}},
        lambda: generated_account(4, 0),
    ),
    "empty-account": Danger(
        {"contacts": {f"+453000000{digit}": {} for digit in range(4)}}, lambda: generated_account(1, 0)
    ),
    "protected": Danger(number(protect=True, no_answer_timeout_secs=40)),
    "reject-in-opening-hours": Danger(number(incoming_call_config=REJECT)),
    "closed-all-week": Danger(number(opening_hours={"mon-sun": "closed"})),
    "transfer-replaced": Danger(number(incoming_call_config=ring(JONAS)), lambda: ringing(MARIA, ALEX)),
    "only-member-removed": Danger(
        {
            "employees": {"jonas": JONAS},
            "ring_groups": {"night": ["jonas"]},
            **number(incoming_call_config=ring(MARIA)),
        },
        lambda: ringing(MARIA, JONAS),
    ),
    "failing-tests": Danger({**number(name="New"), **FAILING}),
    "purchase": Danger(
        {"provider": "zendesk-talk", "phone_numbers": {"+1 240 312 3885": {"purchase": {"country": "US"}}}},
        provider="zendesk-talk",
    ),
    "other-account": Danger(number(name="New"), is_undo=True),
}


@contextmanager
def held_by(folder: Path, account: Account, provider: str = "phone.inc") -> Iterator[Ringform]:
    """The command in a folder, with an account of its own."""
    with sandbox_for_all(account=account) as sandbox:
        yield Ringform(folder, sandbox, settings_for(sandbox)[provider])


@pytest.fixture
def ringform(tmp_path: Path) -> Iterator[Ringform]:
    with held_by(tmp_path, twelve.account()) as started:
        yield started


def write(ringform: Ringform, document: dict[str, Any]) -> None:
    ringform.write(to_yaml({"version": 1, **document}))


def apply_elsewhere(ringform: Ringform) -> None:
    """Apply, and let the journal say that it was done to another account."""
    assert by_command(ringform) == 0
    [journal] = (ringform.folder / JOURNALS).iterdir()
    start, *rest = journal.read_text("utf-8").splitlines(keepends=True)
    other = json.dumps({**json.loads(start), "account": "0123456789abcdef"})
    journal.write_text(other + "\n" + "".join(rest), "utf-8")


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
@pytest.mark.parametrize("name", DANGERS)
def test_a_guardrail_refuses_until_it_is_allowed_by_name(tmp_path: Path, name: str, face: Face) -> None:
    danger = DANGERS[name]
    with held_by(tmp_path, danger.account(), danger.provider) as ringform:
        write(ringform, danger.document)
        if danger.is_undo:
            apply_elsewhere(ringform)
        before = ringform.writes
        others = [other for other in ("mass-deletion", "most-changed") if other != name]
        assert face(ringform, is_undo=danger.is_undo) == 3
        assert face(ringform, is_undo=danger.is_undo, allowed=others) == 3
        assert ringform.writes == before
        assert face(ringform, is_undo=danger.is_undo, allowed=[name]) == 0
        assert len(ringform.writes) > len(before)


def test_every_guardrail_is_held_equal() -> None:
    assert DANGERS.keys() == {rule.name for rule in guardrails_of(*registry.every_provider())}


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_where_nothing_is_to_be_done_no_guardrail_refuses(ringform: Ringform, face: Face) -> None:
    write(ringform, FAILING | number(timezone="Copenhagen"))
    assert by_command(ringform, allowed=["failing-tests"]) == 0
    before = ringform.writes
    assert face(ringform) == 0
    assert ringform.writes == before


def test_a_name_that_is_no_guardrail_is_refused_with_a_suggestion(ringform: Ringform) -> None:
    write(ringform, number(name="New"))
    plan = library.plan(*_observed(ringform))
    with pytest.raises(library.RingformError, match="no guardrail 'mass-deletoin'") as caught:
        library.apply(plan, _connections(ringform), allowed=["mass-deletoin"])
    assert caught.value.diagnostics[0].hint == "did you mean 'mass-deletion'?"
    assert ringform.writes == []


def _connections(ringform: Ringform) -> Any:
    return library.connect(library.load([ringform.folder / "ringform.yaml"]), ringform.environment)


def _observed(ringform: Ringform) -> tuple[Any, Any]:
    manifest = library.load([ringform.folder / "ringform.yaml"])
    return manifest, library.observe(manifest, _connections(ringform))


@pytest.mark.parametrize("second", FACES.values(), ids=FACES)
@pytest.mark.parametrize("first", FACES)
def test_a_second_apply_to_the_account_is_refused_whoever_makes_the_two(
    ringform: Ringform, first: str, second: Face
) -> None:
    assert ringform.sandbox
    write(ringform, number(name="New"))
    answer = threading.Event()
    ringform.sandbox.faults.script(Fault(until=answer), method="PATCH")
    codes: list[int] = []
    if first == "command":
        process = ringform.start("apply", "--yes")
        ending = threading.Thread(target=lambda: codes.append(finish(process).code))
    else:
        ending = threading.Thread(target=lambda: codes.append(by_python(ringform)))
    ending.start()
    sandbox = ringform.sandbox
    wait_until(lambda: not sandbox.faults.pending)
    writes = len(ringform.writes)
    assert second(ringform) == 3
    assert len(ringform.writes) == writes
    answer.set()
    ending.join()
    assert codes == [0]
    assert second(ringform) == 0, "the lock is free again"


def test_who_holds_the_lock_applies_under_it(ringform: Ringform) -> None:
    write(ringform, number(name="New"))
    connections = _connections(ringform)
    with lock_accounts(connections) as lock:
        plan = library.plan(*_observed(ringform))
        with pytest.raises(library.Refused, match="another apply"):
            library.apply(plan, connections)
        assert by_command(ringform) == 3
        assert ringform.writes == []
        before = len(ringform.requests)
        assert library.apply(plan, connections, lock=lock).is_complete
    assert len(ringform.requests) == before + 1, "what was read under the lock is not read again"
    with lock_accounts(connections), pytest.raises(library.Refused, match="another apply"):
        library.apply(plan, connections, lock=lock)


def test_what_was_read_before_the_lock_was_taken_is_read_again(ringform: Ringform) -> None:
    """Whoever held the lock meanwhile may have changed it, however short a time ago it was read."""
    assert ringform.sandbox
    write(ringform, number(name="New"))
    connections = _connections(ringform)
    plan = library.plan(*_observed(ringform))
    ringform.sandbox.account.edit_main_number(SALES, name="Theirs")
    outcome = library.apply(plan, connections)
    assert (outcome.skipped_some, outcome.is_complete) == (True, False)
    assert ringform.writes == []


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_only_the_approved_digest_is_applied(ringform: Ringform, face: Face) -> None:
    write(ringform, number(name="New"))
    approved = ringform("plan", "--digest").out.strip()
    write(ringform, number(name="Sneaked in"))
    assert face(ringform, expect_digest=approved) == 3
    write(ringform, number(name="New"))
    assert ringform.sandbox
    ringform.sandbox.account.edit_main_number(SALES, name="Moved")
    assert face(ringform, expect_digest=approved) == 3
    assert ringform.writes == []
    approved = ringform("plan", "--digest").out.strip()
    assert face(ringform, expect_digest=approved) == 0


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_saved_plan_is_refused_once_the_account_has_moved(ringform: Ringform, face: Face) -> None:
    assert ringform.sandbox
    write(ringform, number(name="New"))
    save(ringform)
    ringform.sandbox.account.edit_main_number(SALES, no_answer_timeout_secs=50)
    assert face(ringform, saved="plan.json") == 3
    assert ringform.writes == []
    save(ringform)
    assert face(ringform, saved="plan.json", expect_digest="sha256:another") == 3
    assert face(ringform, saved="plan.json") == 0
    assert face(ringform, saved="plan.json") == 3, "it is applied once"


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_saved_plan_is_refused_once_its_dates_are_over(ringform: Ringform, face: Face) -> None:
    write(ringform, number(name="New"))
    save(ringform, valid_until="2026-01-01T09:00:00+01:00")
    assert face(ringform, saved="plan.json") == 3
    assert ringform.writes == []
    save(ringform, valid_until="2199-01-01T09:00:00+01:00")
    assert face(ringform, saved="plan.json") == 0


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_saved_plan_keeps_its_guardrails(ringform: Ringform, face: Face) -> None:
    write(ringform, {**number(name="New"), **FAILING})
    save(ringform)
    assert face(ringform, saved="plan.json") == 3
    assert ringform.writes == []
    assert face(ringform, saved="plan.json", allowed=["failing-tests"]) == 0


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_a_saved_plan_that_was_edited_is_no_plan(ringform: Ringform, face: Face) -> None:
    write(ringform, number(name="New"))
    save(ringform, digest="sha256:another")
    assert face(ringform, saved="plan.json") == 1
    assert face(ringform, saved="missing.json") == 1
    assert ringform.writes == []


def test_a_plan_of_this_process_is_refused_once_its_dates_are_over(ringform: Ringform) -> None:
    write(ringform, number(name="New"))
    plan = replace(library.plan(*_observed(ringform)), valid_until=datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(library.Refused, match="out of date"):
        library.apply(plan, _connections(ringform))
    assert ringform.writes == []


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_an_account_that_cannot_be_read_ends_it(ringform: Ringform, face: Face) -> None:
    assert ringform.sandbox
    ringform.environment |= settings_for(ringform.sandbox)["zendesk-talk"]
    write(ringform, number(name="New"))
    other = {"version": 1, "provider": "zendesk-talk", "phone_numbers": {"+353 76 680 1402": {"nickname": "New"}}}
    both = ringform.folder / "ringform"
    both.mkdir()
    (ringform.folder / "ringform.yaml").rename(both / "one.yaml")
    (both / "two.yaml").write_text(to_yaml(other), "utf-8")
    ringform.sandbox.faults.script(Fault.error(403), path="phone_numbers", times=None)
    if face is by_command:
        assert ringform("apply", "--yes", "ringform").code == 1
    else:
        manifest = library.load([both])
        with pytest.raises(library.RingformError, match="zendesk-talk"):
            library.observe(manifest, library.connect(manifest, ringform.environment))
    assert ringform.writes == []
