"""Every use case is there for a program, and tells what its command tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cli.harness import Ringform, sandbox_for_all, settings_for

import ringform as library
from operations.faces import JOURNALS
from ringform.model.address import Address
from ringform.sandbox.phone_inc.example import SALES

NUMBER = "+14155551234"
MANIFEST = f"""\
version: 1
main_numbers:
  "{NUMBER}": {{name: New, no_answer_config: {{type: VoicemailConfig, greeting: Away}}}}
tests:
  - {{name: heard, call: {{to: "{NUMBER}", at: mon 10:00}}, expect: {{plays: What nobody says}}}}
"""


@pytest.fixture
def ringform(tmp_path: Path) -> Iterator[Ringform]:
    with sandbox_for_all() as sandbox:
        yield Ringform(tmp_path, sandbox, settings_for(sandbox)["phone.inc"])


@pytest.fixture
def manifest(ringform: Ringform) -> Any:
    return library.load([ringform.write(MANIFEST)])


@pytest.fixture
def connections(ringform: Ringform, manifest: Any) -> Any:
    return library.connect(manifest, ringform.environment)


def printed(ringform: Ringform, *arguments: str) -> Any:
    """What a command prints as JSON."""
    return json.loads(ringform(*arguments, "--format", "json").out)


def test_every_name_of_the_interface_is_in_its_documentation() -> None:
    from ringform import api

    assert [
        name for name in api.__all__ if f"``{name}``" not in str(api.__doc__) and f".{name}(" not in api.__doc__
    ] == []
    assert set(dir(library)) == {"__version__", *api.__all__}


def test_an_apply_its_journal_and_the_way_back(ringform: Ringform, manifest: Any, connections: Any) -> None:
    planned = library.plan_accounts(manifest, connections)
    assert planned.complete().digest == printed(ringform, "plan")["digest"]
    file = ringform.folder / JOURNALS / "1.jsonl"
    with pytest.raises(library.Refused):
        library.apply(planned.plan, connections, journal=file)
    assert not file.exists(), "nothing is noted of what is refused"
    assert library.apply(planned.plan, connections, journal=file, allowed=["failing-tests"]).is_complete
    [applied] = library.history(ringform.folder / JOURNALS).applies
    assert applied == library.journal(file)
    assert [applied.plan_digest] == [each["plan_digest"] for each in printed(ringform, "history")["applies"]]
    back = library.plan_undo(applied, library.connect(applied, ringform.environment))
    assert (back.leaves_some, library.apply(back, connections).is_complete) == (False, True)
    assert library.plan_undo(applied, connections).is_empty


def test_an_undo_that_leaves_something_says_so(ringform: Ringform, manifest: Any, connections: Any) -> None:
    assert ringform("apply", "--yes", "--allow", "failing-tests").code == 0
    assert ringform.sandbox
    ringform.sandbox.account.edit_main_number(SALES, name="Theirs")
    back = library.plan_undo(library.journal(folder=ringform.folder / JOURNALS), connections)
    assert back.leaves_some
    assert ringform("undo", "--yes").code == 4


def test_what_callers_meet(ringform: Ringform, manifest: Any, connections: Any) -> None:
    at = datetime(2026, 3, 2, 10, 0)
    number = library.live_number(manifest, "new", connections)
    call = printed(ringform, "simulate", "--live", "--to", NUMBER, "--at", "2026-03-02 10:00")
    made = library.simulate(number, at)
    assert (made.at.isoformat(), made.is_open, str(made.call.ends)) == (call["at"], call["open"], call["ends"])
    [said] = library.numbers(manifest)
    with pytest.raises(library.RingformError, match="does not say everything"):
        library.simulate(said, at)
    plan = library.plan_accounts(manifest, connections).plan
    assert [each.address for each in library.effects_on_callers(plan)] == [Address("main_number", NUMBER)]
    [changed] = library.numbers_in_plan(plan, before=False)
    assert library.number_called([changed], "New", where="the plan") == changed
    assert [picture.number for picture in library.draw_plan(plan)] == [NUMBER]
    [drawn] = library.draw_manifest(manifest, library.observe(manifest, connections))
    assert drawn.after is not None


def test_what_a_manifest_comes_to(ringform: Ringform, manifest: Any) -> None:
    tested = library.test(manifest)
    assert (tested.passed, printed(ringform, "test")["passed"]) == (False, False)
    assert library.measure_coverage(manifest).percent == printed(ringform, "coverage")["percent"]
    [week] = library.weeks(manifest)
    assert week.problem is not None
    assert f"{NUMBER} is left out: {week.problem}." in ringform("hours").err
    assert library.agenda(manifest, 7).changes == ()


def test_what_an_account_holds(ringform: Ringform, manifest: Any, connections: Any) -> None:
    [connection] = connections.values()
    assert library.export(connection).text == ringform("export").out
    only = [Address("main_number", NUMBER)]
    assert library.export(connection, only).held == tuple(only)
    assert all(check.is_good for check in library.examine(connection))
    plan, replayed = library.replay(manifest, connections)
    assert library.replay_plan(plan, connections) == (plan, replayed)
    assert replayed.read == printed(ringform, "replay")["summary"]["read"]
    busy = library.calls_in_progress(plan, connections, is_needed=True)
    assert ([*busy.changes], busy.is_complete) == ([Address("main_number", NUMBER)], True)


def test_the_differences_of_two_states(ringform: Ringform, manifest: Any, connections: Any) -> None:
    account = library.read_accounts(manifest, connections)
    found = library.diff(account, manifest)
    plan = library.plan(manifest, account)
    assert [each.address for each in found.objects] == [each.address for each in plan.changes]
    effects = library.effects_on_callers(plan)
    assert [each.differences for each in found.effects] == [each.differences for each in effects]
    assert library.diff(manifest, manifest).is_empty
    assert set(library.name_people(found, connections).people) >= set(found.people)
    assert library.diff(library.read_accounts(plan, connections), plan, [NUMBER]).objects[0].fields
    with pytest.raises(library.RingformError, match="has no number or name"):
        library.diff(account, manifest, ["Nobody"])
