"""Find the names of people whom a plan mentions by id, and say who of them cannot answer yet."""

from __future__ import annotations

from dataclasses import replace

from ringform.execution.connection import Connection
from ringform.execution.reader import read_people
from ringform.manifest.manifest import Part
from ringform.model.people import known_as, people_in
from ringform.model.plan import Plan
from ringform.planning.account_notes import pending_invitations


def with_names(plan: Plan, connection: Connection, part: Part | None = None) -> Plan:
    """Return the plan with the names that only the account knows, for display. Nothing is read if none are missing.

    With the ``part`` of a manifest that it was made from, warn of everybody who rings and has not joined yet.

    Raises:
        RingformError: The account gives no usable answer.
    """
    provider = connection.provider
    named = people_in(plan.changes, provider.kinds)
    unnamed = [id_ for field, id_ in named if known_as(plan.people, field, id_) is None]
    if not unnamed:
        return plan
    people = read_people(connection)
    names = {id_: people[id_]["name"] for id_ in unnamed if "name" in people.get(id_, {})}
    invitations = pending_invitations(part.desired, part.people, people, provider.kinds, part.locate) if part else ()
    return replace(plan, people={**plan.people, **names}, diagnostics=(*plan.diagnostics, *invitations))
