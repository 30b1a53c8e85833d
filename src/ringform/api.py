"""The Python interface: load, observe, plan, apply, by the same code as the command line.

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

Everything that goes wrong is a ``RingformError``, whose ``diagnostics`` say what, where, and what to do. What the
command line refuses with exit code 3 is a ``Refused``, which is one: a guardrail or a routing test stands in the way,
the digest is not the one that was approved, a saved plan is out of date, another apply is under way.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ringform.execution.connection import Connection, Connections, by_provider
from ringform.execution.lock import lock_accounts
from ringform.manifest.manifest import Manifest
from ringform.operations import observation, saved_plan
from ringform.operations.apply import apply
from ringform.operations.check import check, load
from ringform.operations.plan import plan
from ringform.providers import registry

__all__ = ["apply", "check", "connect", "load", "lock_accounts", "observe", "plan", "read_plan"]

if TYPE_CHECKING:
    from ringform.model.plan import Plan
    from ringform.model.snapshot import Snapshot


def connect(about: Manifest | Plan, environment: Mapping[str, str]) -> dict[str, Connection]:
    """Return a connection to each account that a manifest or a saved plan is about, by the provider's name.

    Keys and base URLs come from the environment, never from the manifest.

    Raises:
        RingformError: A key is missing, or a base URL may not be used.
    """
    if isinstance(about, Manifest):
        providers = [part.provider for part in about.parts]
    else:
        providers = [registry.provider(name) for name in about.providers]
    return by_provider(*(Connection(provider, provider.endpoint(environment)) for provider in providers))


def observe(manifest: Manifest, connections: Connections) -> Mapping[str, Snapshot]:
    """Read what the manifest manages of each account, by provider, with as few requests as the APIs allow.

    Raises:
        RingformError: Some accounts give no usable answer; it says why, for each of them.
    """
    return observation.observe(manifest.parts, connections).complete()


def read_plan(file: str | os.PathLike[str]) -> Plan:
    """Read a plan that was saved with ``ringform plan --out``. ``apply`` holds it against the accounts first.

    Raises:
        RingformError: The file cannot be read, or is no whole plan.
    """
    return saved_plan.read(Path(file)).plan
