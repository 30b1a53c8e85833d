"""The Python interface, which the command line uses itself: load, observe, plan, apply.

    import os
    import ringform

    manifest = ringform.load(["ringform.yaml"])
    connections = ringform.connect(manifest, os.environ)
    plan = ringform.plan(manifest, ringform.observe(manifest, connections))
    for change in plan.changes:
        print(change.address, [str(call) for call in change.calls])
    outcome = ringform.apply(plan, connections)
    assert outcome.is_complete

A manifest may be about several providers: there is a connection for each, and one plan for all.

Everything that goes wrong is a ``RingformError``, whose ``diagnostics`` say what, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from ringform.checking import check, load
from ringform.execution.buying import with_offers_of_now
from ringform.execution.connection import Connection, Connections, by_provider
from ringform.execution.executor import apply_plan
from ringform.execution.idle import IdleGate
from ringform.execution.reader import Reader
from ringform.execution.reader import observe as read_account
from ringform.manifest.manifest import Manifest, Part
from ringform.model.address import Address
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.model.messages import listed
from ringform.model.outcome import Outcome
from ringform.model.people import known_as, people_in
from ringform.model.plan import joined
from ringform.planning.calendar_notes import calendar_notes
from ringform.planning.noticing import not_joined, not_named
from ringform.planning.planner import make_plan

__all__ = ["apply", "check", "connect", "load", "observe", "plan"]

if TYPE_CHECKING:
    from ringform.execution.journaling import JournalWriter
    from ringform.model.plan import Plan
    from ringform.model.snapshot import Snapshot


def connect(manifest: Manifest, environment: Mapping[str, str]) -> dict[str, Connection]:
    """A connection to the account of each of the manifest's providers, by the provider's name.

    Keys and base URLs come from the environment, never from the manifest.

    Raises:
        RingformError: A key is missing, or a base URL may not be used.
    """
    providers = [part.provider for part in manifest.parts]
    return by_provider(*(Connection(provider, provider.endpoint(environment)) for provider in providers))


def observe(manifest: Manifest, connections: Connections) -> dict[str, Snapshot]:
    """Read what the manifest manages of each account, by provider, with as few requests as the APIs allow.

    Raises:
        RingformError: An account gives no usable answer; it tells of each that does not.
    """
    seen, failures = observe_each(manifest, connections)
    if failures:
        raise RingformError(*failures)
    return seen


def observe_each(manifest: Manifest, connections: Connections) -> tuple[dict[str, Snapshot], list[Diagnostic]]:
    """The accounts that could be read, by provider, and why the others could not."""
    seen: dict[str, Snapshot] = {}
    failures: list[Diagnostic] = []
    for part in manifest.parts:
        name = part.provider.name
        try:
            seen[name] = read_account(connections[name], Scope.of(part.desired))
        except RingformError as error:
            # Where there are several accounts it must be said whose failure it is.
            whose = f"{name}: " if len(manifest.parts) > 1 else ""
            failures += [replace(each, summary=f"{whose}{each.summary}") for each in error.diagnostics]
    return seen, failures


def plan(
    manifest: Manifest,
    live: Mapping[str, Snapshot],
    *,
    connections: Connections | None = None,
    targets: Collection[Address] = (),
) -> Plan:
    """Compare the manifest with what was observed. With ``targets``, only these objects are changed.

    With ``connections``, the names of people whom the manifest does not name are read from the accounts, for
    display, if there are any among the changes.

    Raises:
        RingformError: The manifest names what an account lacks, or asks for what no call can do.
    """
    plans = []
    found: list[Diagnostic] = []
    for part, aimed in manifest.aimed_at(targets):
        provider, seen = part.provider, live[part.provider.name]
        try:
            make = partial(make_plan, part.desired, seen, provider, part.id, locate=part.locate, targets=aimed)
            made = make()
            if made.guardrails and part.desired.is_dated:
                made = make(earlier=part.earlier())
        except RingformError as error:
            found += error.diagnostics
            continue
        if connections is not None and not seen.people:
            made = with_names(made, connections[provider.name], part)
        told = [*made.diagnostics, *not_named(made.unmanaged, provider.creatable)]
        told = [*manifest.ignores.heeded(told), *calendar_notes(part.desired, made.changes)]
        plans.append(replace(made, diagnostics=tuple(told), holds_until=_holds_until(part, made)))
    if found:
        raise RingformError(*found)
    return joined(plans, manifest.id)


def _holds_until(part: Part, made: Plan) -> datetime | None:
    """Until when a plan may be applied. One for a day that is over already holds: somebody asked for that day."""
    until = part.holds_until({change.address for change in made.changes}) if made.changes else None
    return until if until and until > datetime.now(UTC) else None


def with_names(made: Plan, connection: Connection, part: Part | None = None) -> Plan:
    """The plan with the names of people whom only the account knows, read if there are any; for display.

    With the part of a manifest that it was made of, it is also said whom of them it lets ring who cannot answer yet.

    Raises:
        RingformError: The account gives no usable answer.
    """
    provider = connection.provider
    named = people_in(made.changes, provider.people_fields, provider.routing_fields)
    unnamed = [id_ for field, id_ in named if known_as(made.people, field, id_) is None]
    if not unnamed:
        return made
    with Reader(connection) as reader:
        people = provider.people(reader)
    names = {id_: people[id_]["name"] for id_ in unnamed if "name" in people.get(id_, {})}
    found = not_joined(part.desired, people, provider.people_fields, part.locate) if part else ()
    return replace(made, people={**made.people, **names}, diagnostics=(*made.diagnostics, *found))


def apply(
    the_plan: Plan,
    connections: Connections,
    *,
    journal: JournalWriter | None = None,
    allowed: Collection[str] = (),
    when_idle: float | None = None,
) -> Outcome:
    """Make the plan's calls, account by account: objects in parallel, one object's calls in order, answers checked.

    What an account does wrong is told in the outcome, not raised. ``allowed`` names the guardrails that may be passed.
    With ``when_idle``, a number is written only while no call on it is going on; that is waited for, for so many
    seconds at most.

    Raises:
        Refused: A guardrail stands in the way, the plan changes what none of the accounts has, or what it would buy is
            not for sale any more on the terms of the plan.
        ApiError: What is for sale cannot be read.
    """
    kinds = {kind for connection in connections.values() for kind in connection.provider.kinds}
    homeless = sorted({change.address.kind for change in the_plan.changes} - kinds)
    if homeless:
        hint = "make the plan again, with this version of ringform"
        raise Refused(Diagnostic("no-account", f"there is no account for {listed(homeless)} of this plan", hint=hint))
    in_the_way = [each for each in the_plan.guardrails if each.name not in allowed]
    if in_the_way:
        raise Refused(
            *(
                Diagnostic("guardrail", each.summary, hint=f"allow {each.name} if this is really meant")
                for each in in_the_way
            )
        )
    for connection in connections.values():
        the_plan = with_offers_of_now(the_plan, connection)
    outcomes: list[Outcome] = []
    for connection in connections.values():
        mine = the_plan.limited_to(connection.provider.kinds)
        if any(outcome.was_interrupted for outcome in outcomes):
            outcomes.append(Outcome.untouched(mine))
        elif not mine.is_empty or len(connections) == 1:
            outcomes.append(_apply(mine, connection, journal, when_idle))
    return Outcome.joined(the_plan, outcomes)


def _apply(mine: Plan, connection: Connection, journal: JournalWriter | None, when_idle: float | None) -> Outcome:
    if when_idle is None:
        return apply_plan(mine, connection, journal=journal)
    with IdleGate(connection, mine.changes, max_wait=when_idle) as gate:
        return apply_plan(mine, connection, journal=journal, gate=gate)
