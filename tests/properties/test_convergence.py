"""Plan and apply, for random accounts and manifests, over a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import model, strategies
from support.sandboxes import Site, State, lines
from support.strategies import Document

from ringform.callflow.plan_view import PlanView
from ringform.execution.reader import observe, read_people
from ringform.model.desired import Scope
from ringform.model.plan import Plan
from ringform.planning.codec import decode, encode
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import Style

Property = Callable[[Site, st.DataObject], None]


SOONER = tuple(phase for phase in Phase if phase is not Phase.shrink)
"""Each example takes a tenth of a second: looking for the smallest one that fails takes minutes."""


def explore(check: Property, here: Site, examples: int, phases: Collection[Phase] = SOONER) -> None:
    """Try a property on so many random accounts."""

    @settings(max_examples=examples, deadline=None, phases=phases, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        check(here, data)

    run()


def prepared(here: Site, data: st.DataObject) -> Document:
    """Put a random account into the sandbox, and return a random manifest for it."""
    account = data.draw(strategies.accounts())
    here.hold(account)
    return data.draw(strategies.manifests(account))


def converges(here: Site, data: st.DataObject) -> None:
    """After an apply the account is as the manifest says, every call was needed, and the next plan is empty."""
    document = prepared(here, data)
    goal = model.Goal(here.state(), document)
    plan = here.plan(document)
    here.sandbox.recorder.clear()
    outcome = here.apply(plan)
    assert outcome.is_complete, outcome.results
    assert len(plan.calls) == goal.calls
    assert sorted(lines(here.writes)) == sorted(map(str, plan.calls))
    assert lines(here.requests) == lines(here.writes)
    after = here.state()
    assert model.numbers(after) == goal.numbers
    assert model.contacts(after) == goal.contacts
    assert here.plan(document).is_empty


def leaves_the_rest_alone(here: Site, data: st.DataObject) -> None:
    """What the manifest does not name is the same after an apply, to the byte."""
    document = prepared(here, data)
    before = here.state()
    plan = here.plan(document)
    assert here.apply(plan).is_complete
    after = here.state()
    assert after["employees"] == before["employees"]
    for was, now in zip(before["main_numbers"], after["main_numbers"], strict=True):
        entry = document["main_numbers"].get(was["number"])
        rewritten = {call.path.rpartition("/")[2] for call in plan.calls if was["id"] in call.path}
        for name in was:
            if entry is None or name not in entry:
                # A slot that had to be sent along for its neighbour has new recordings, and says the same.
                seen = model.main_number if name in rewritten else dict[str, Any]
                assert seen({name: now[name]}) == seen({name: was[name]})
    for was in before["contacts"]:
        if not _is_named(was["phone"], document):
            assert was in after["contacts"]
    for was, now in _same_contacts(before, after):
        unnamed = {"id", "created_at", *model.TEXTS} - document["contacts"].get(now["phone"], {}).keys()
        assert {name: now[name] for name in unnamed} == {name: was[name] for name in unnamed}


def _is_named(phone: str, document: Document) -> bool:
    entries = document["contacts"]
    is_source = any(entry.get("was") == phone for entry in entries.values())
    return phone in entries or is_source or document.get("unlisted_contacts") == "delete"


def _same_contacts(before: State, after: State) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    kept = {contact["id"]: contact for contact in after["contacts"]}
    return [(was, kept[was["id"]]) for was in before["contacts"] if was["id"] in kept]


def needs_every_call(here: Site, data: st.DataObject) -> None:
    """Without any one of its calls a plan does not reach its goal."""
    account = data.draw(strategies.accounts())
    document = data.draw(strategies.manifests(account))
    here.hold(account)
    plan = here.plan(document)
    for number in range(len(plan.calls)):
        here.hold(account)
        here.apply(without(plan, number))
        assert not here.plan(document).is_empty, plan.calls[number]


def without(plan: Plan, number: int) -> Plan:
    """The plan less one of its calls; whoever waits for the change that made it goes on."""
    changes = []
    for change in plan.changes:
        calls = tuple(call for place, call in enumerate(change.calls, -number) if place != 0)
        number -= len(change.calls)
        changes.append(replace(change, calls=calls))
    return replace(plan, changes=tuple(changes))


def survives_saving(here: Site, data: st.DataObject) -> None:
    """A plan that was saved is equal to the one that was made, and reads the same."""
    plan = here.plan(prepared(here, data))
    dumped = encode(plan, tool_version="0.1.0", created_at="2026-11-21T09:00:00Z")
    saved = decode(json.dumps(dumped, ensure_ascii=False).encode(), "plan.json").plan
    assert saved == plan
    assert text_plan.render(PlanView(saved), Style()) == text_plan.render(PlanView(plan), Style())


def of_an_export_is_empty(here: Site, data: st.DataObject) -> None:
    """The plan of an exported account is empty, and would put everything back."""
    here.hold(data.draw(strategies.accounts()))
    connection = here.connection()
    provider = connection.provider
    live = observe(connection, Scope(addresses=None, kinds=frozenset(provider.kinds)))
    live = replace(live, people=read_people(connection))
    document, left_out = PhoneInc().export(live)
    assert list(left_out) == []
    manifest = here.manifest(document)
    assert here.plan(manifest).is_empty
    assert manifest.parts[0].desired.wanted.keys() == live.resources.keys()
    for address, wanted in manifest.parts[0].desired.wanted.items():
        held = {name: value for name, value in live.resources[address].fields.items() if value is not None}
        assert held.items() <= wanted.fields.items()


def is_the_same_when_made_again(here: Site, data: st.DataObject) -> None:
    """Planning twice gives one plan: nothing in it depends on time or on the order of answers."""
    document = prepared(here, data)
    assert here.plan(document, here.connection(parallelism=10)) == here.plan(document, here.connection(parallelism=1))


PROPERTIES = [
    converges,
    leaves_the_rest_alone,
    needs_every_call,
    survives_saving,
    of_an_export_is_empty,
    is_the_same_when_made_again,
]


@pytest.mark.parametrize("check", PROPERTIES, ids=lambda check: check.__name__)
def test_a_plan(here: Site, check: Property) -> None:
    explore(check, here, 15 if check is needs_every_call else 24)


@pytest.mark.slow
@pytest.mark.parametrize("check", PROPERTIES, ids=lambda check: check.__name__)
def test_a_plan_explored_for_long(here: Site, check: Property) -> None:
    explore(check, here, 400, tuple(Phase))
