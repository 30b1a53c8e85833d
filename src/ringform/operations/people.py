"""Find the names of people whom a plan or a comparison mentions by id, and say who of them cannot answer yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ringform.execution.connection import Connection, Connections
from ringform.execution.reader import read_people
from ringform.manifest.manifest import Part
from ringform.model.people import known_as, people_in, people_in_object
from ringform.model.plan import Plan
from ringform.planning.account_notes import pending_invitations
from ringform.planning.state_diff import StateDiff


def with_names(plan: Plan, connection: Connection, part: Part | None = None) -> Plan:
    """Return the plan with the names that only the account knows, for display. Nothing is read if none are missing.

    With the ``part`` of a manifest that it was made from, warn of everybody who rings and has not joined yet.

    Raises:
        RingformError: The account gives no usable answer.
    """
    provider = connection.provider
    unnamed = _unnamed(people_in(plan.changes, provider.kinds), plan.people)
    if not unnamed:
        return plan
    people = read_people(connection)
    names = _names(unnamed, people)
    invitations = pending_invitations(part.desired, part.people, people, provider.kinds, part.locate) if part else ()
    return replace(plan, people={**plan.people, **names}, diagnostics=(*plan.diagnostics, *invitations))


def name_people(diff: StateDiff, connections: Connections) -> StateDiff:
    """Return the differences with the names that only the accounts know. Nothing is read if none are missing.

    Raises:
        RingformError: An account gives no usable answer.
    """
    names: dict[str, str] = {}
    for connection in connections.values():
        kinds = connection.provider.kinds
        named = [
            each
            for object_ in diff.objects
            if (kind := kinds.get(object_.address.kind))
            for each in people_in_object(
                (*object_.fields, *object_.unshared), (object_.before or {}, object_.after or {}), kind
            )
        ]
        if unnamed := _unnamed(named, diff.people):
            names |= _names(unnamed, read_people(connection))
    return replace(diff, people={**diff.people, **names})


def _unnamed(named: Iterable[tuple[str, str]], people: Mapping[str, str]) -> list[str]:
    return [id_ for field, id_ in named if known_as(people, field, id_) is None]


def _names(ids: Iterable[str], people: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {id_: people[id_]["name"] for id_ in ids if "name" in people.get(id_, {})}
