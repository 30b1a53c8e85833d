"""The Python interface, which the command line uses itself: load, observe, plan, apply.

    import os
    import ringform

    manifest = ringform.load(["ringform.yaml"])
    connection = ringform.connect(manifest, os.environ)
    plan = ringform.plan(manifest, ringform.observe(manifest, connection))
    for change in plan.changes:
        print(change.address, [str(call) for call in change.calls])
    outcome = ringform.apply(plan, connection)
    assert outcome.is_complete

Everything that goes wrong is a ``RingformError``, whose ``diagnostics`` say what, where, and what to do.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ringform.core.address import Address
from ringform.core.desired import Scope
from ringform.core.diagnostic import Diagnostic, Refused
from ringform.core.people import people_in
from ringform.engine.applying import apply_plan
from ringform.engine.calendar_notes import calendar_notes
from ringform.engine.connection import Connection
from ringform.engine.planning import make_plan
from ringform.engine.reading import Reader
from ringform.engine.reading import observe as read_account
from ringform.manifest.manifest import Manifest, load_manifest

if TYPE_CHECKING:
    from ringform.core.outcome import Outcome
    from ringform.core.plan import Plan
    from ringform.core.snapshot import Snapshot
    from ringform.engine.journaling import JournalWriter


def load(
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    var_files: Sequence[str | os.PathLike[str]] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Manifest:
    """Read and check the manifest in files and folders; without any, ``ringform.yaml`` or the folder ``ringform``.

    ``var_files`` and ``assignments`` (``name=value``) give variables for the templates in it. Its closures, special
    hours and rotations come to what they have to be ``as_of`` (None: now); without a zone that is a time on each
    number's own clock.

    Raises:
        RingformError: It has errors; all of them are in it.
    """
    return load_manifest(
        [Path(path) for path in paths],
        var_files=[Path(path) for path in var_files],
        assignments=assignments,
        as_of=as_of,
    )


def connect(manifest: Manifest, environment: Mapping[str, str]) -> Connection:
    """A connection to the manifest's account. Key and base URL come from the environment, never from the manifest.

    Raises:
        RingformError: The key is missing, or the base URL may not be used.
    """
    return Connection(manifest.provider, manifest.provider.endpoint(environment))


def observe(manifest: Manifest, connection: Connection) -> Snapshot:
    """Read what the manifest manages of the account, with as few requests as the API allows.

    Raises:
        RingformError: The account gives no usable answer.
    """
    return read_account(connection, Scope.of(manifest.desired))


def plan(
    manifest: Manifest,
    live: Snapshot,
    *,
    connection: Connection | None = None,
    targets: Collection[Address] = (),
) -> Plan:
    """Compare the manifest with what was observed. With ``targets``, only these objects are changed.

    With a ``connection``, the names of employees that the manifest does not name are read from the account, for
    display, if there are any among the changes.

    Raises:
        RingformError: The manifest names what the account lacks, or asks for what no call can do.
    """
    make = partial(
        make_plan, manifest.desired, live, manifest.provider, manifest.id, locate=manifest.locate, targets=targets
    )
    made = make()
    if made.guardrails and manifest.desired.is_dated:
        made = make(earlier=manifest.earlier())
    made = replace(made, diagnostics=(*made.diagnostics, *calendar_notes(manifest.desired, made.changes)))
    return made if connection is None or live.people else with_names(made, connection)


def with_names(made: Plan, connection: Connection) -> Plan:
    """The plan with the names of people whom only the account knows, read if there are any; for display.

    Raises:
        RingformError: The account gives no usable answer.
    """
    provider = connection.provider
    named = people_in(made.changes, provider.people_fields, provider.routing_fields)
    unnamed = [id_ for id_ in named if id_ not in made.people]
    if not unnamed:
        return made
    with Reader(connection) as reader:
        people = provider.people(reader)
    names = {id_: people[id_]["name"] for id_ in unnamed if "name" in people.get(id_, {})}
    return replace(made, people={**made.people, **names})


def apply(
    the_plan: Plan, connection: Connection, *, journal: JournalWriter | None = None, allowed: Collection[str] = ()
) -> Outcome:
    """Make the plan's calls: different objects in parallel, one object's calls in order, every answer checked.

    What an account does wrong is told in the outcome, not raised. ``allowed`` names the guardrails that may be passed.

    Raises:
        Refused: A guardrail stands in the way.
    """
    in_the_way = [each for each in the_plan.guardrails if each.name not in allowed]
    if in_the_way:
        raise Refused(
            *(
                Diagnostic("guardrail", each.summary, hint=f"allow {each.name} if this is really meant")
                for each in in_the_way
            )
        )
    return apply_plan(the_plan, connection, journal=journal)
