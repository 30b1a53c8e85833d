"""Diff: what differs between two states of accounts: as manifests, plans or the accounts themselves have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeAlias

from ringform.callflow.effects import goal
from ringform.execution.connection import Connections
from ringform.manifest.manifest import Manifest, Part
from ringform.model.address import Address
from ringform.model.change import Action
from ringform.model.desired import Desired, Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.number_lookup import UnknownNumberError, find_objects
from ringform.model.plan import Plan
from ringform.model.snapshot import Resource, Snapshot
from ringform.operations.accounts import providers_of
from ringform.planning.state_diff import State, StateDiff, diff_states, merge_diffs
from ringform.providers import registry
from ringform.providers.protocol import Provider

Side: TypeAlias = Manifest | Plan | Mapping[str, Snapshot]
"""A manifest; a plan, which stands for what it leaves of the objects that it changes; or accounts, by provider."""


def diff(before: Side, after: Side, targets: Sequence[str] = ()) -> StateDiff:
    """Return the differences between two sides, and what callers notice of them.

    With ``targets``, only of these objects: by address, number, name or pattern.

    Raises:
        RingformError: A target is on neither side, or a manifest names somebody whom the account lacks.
    """
    providers = {each.name: each for side in (before, after) for each in _providers(side)}
    states = [(_state(before, each, after), _state(after, each, before)) for each in providers.values()]
    on = _day(after) or _day(before) or datetime.now(UTC).date()
    found = merge_diffs([diff_states(then, now, on) for then, now in states])
    return found.limited_to(_chosen(states, targets)) if targets else found


def read_accounts(about: Manifest | Plan, connections: Connections) -> Mapping[str, Snapshot]:
    """Read what a manifest manages, or a plan changes, of the accounts, by provider.

    Raises:
        RingformError: An account gives no usable answer.
    """
    # Imported here: two sides that are offline do not need the HTTP client.
    from ringform.execution.reader import observe as read_account
    from ringform.operations.observation import observe

    if isinstance(about, Manifest):
        return observe(about.with_accounts, connections).complete()
    changed = _changed(about)
    scope = Scope(changed, frozenset(address.kind for address in changed))
    return {
        each.name: read_account(connections[each.name], scope.limited_to(each.kinds)) for each in providers_of(about)
    }


def _providers(side: Side) -> list[Provider]:
    return [registry.provider(name) for name in side] if isinstance(side, Mapping) else providers_of(side)


def _day(side: Side) -> date | None:
    return side.reading.as_of.date() if isinstance(side, Manifest) else None


def _changed(plan: Plan) -> frozenset[Address]:
    return frozenset(
        address for change in plan.changes for address in (change.address, change.previous) if address is not None
    )


def _state(side: Side, provider: Provider, other: Side) -> State:
    """Return what a side says of one provider's account."""
    match side:
        case Manifest():
            part = next((part for part in side.parts if part.provider.name == provider.name), None)
            return _of_part(part, other) if part else State(provider, Desired({}))
        case Plan():
            return _of_plan(side.limited_to(provider.kinds), provider)
        case _:
            account = side.get(provider.name, Snapshot({}))
            people = {id_: each["name"] for id_, each in account.people.items() if "name" in each}
            return State(provider, account, people=people)


def _of_part(part: Part, other: Side) -> State:
    """Return what a part of a manifest wants, with the ids of people as the other side has them, if it can tell."""
    match other:
        case Plan():
            ids = {name: id_ for id_, name in other.people.items()}
            known = {token: ids[name] for token, name in part.document.people.items() if name in ids}
            part = replace(part, ids=known)
        case Mapping():
            part, unknown = part.resolved(other.get(part.provider.name, Snapshot({})))
            if unknown:
                raise RingformError(*unknown)
    # Not ``part.desired``, which may have been asked for before the ids were known.
    return State(
        part.provider, part.desired_as_of(part.as_of), people=part.people, locate=part.locate, as_of=part.as_of
    )


def _of_plan(plan: Plan, provider: Provider) -> State:
    left = {
        change.address: Resource(change.address, "", change.name, goal(change), {})
        for change in plan.changes
        if change.action is not Action.DELETE
    }
    return State(provider, Snapshot(left), covers=_changed(plan), people=plan.people)


def _chosen(states: Sequence[tuple[State, State]], targets: Sequence[str]) -> set[Address]:
    """Return the objects that are meant by addresses, numbers, names and patterns."""
    names = {address: name for sides in states for state in sides for address, name in state.names.items()}
    chosen: set[Address] = set()
    problems = []
    for each in targets:
        try:
            chosen.update(find_objects(each, names, where="the comparison"))
        except UnknownNumberError as error:
            problems.append(Diagnostic("unknown-target", str(error), hint=error.hint))
    if problems:
        raise RingformError(*problems)
    return chosen
