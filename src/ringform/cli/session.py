"""What every command that talks to an account does first: manifest, connection, plan, with progress shown."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ringform import api
from ringform.cli.options import AccountOptions, environment
from ringform.cli.output import hide, talk
from ringform.core.address import Address
from ringform.core.guardrails import Tripped
from ringform.core.plan import Plan
from ringform.core.snapshot import Snapshot
from ringform.engine.connection import Connection, Connections, by_provider
from ringform.engine.events import Event, Exchanged, nobody
from ringform.manifest.manifest import Manifest, Part
from ringform.providers.base import Provider
from ringform.reports.text import diagnostics as text_diagnostics


def load(
    paths: Sequence[Path], var_files: Sequence[Path], assignments: Sequence[str], as_of: datetime | None = None
) -> Manifest:
    """The manifest; that it has warnings is said on stderr, in one line: what a person looks at here is the plan.

    Raises:
        RingformError: It has errors.
    """
    manifest = api.load(paths, var_files=var_files, assignments=assignments, as_of=as_of)
    if manifest.diagnostics:
        found = text_diagnostics.count_line(manifest.diagnostics)
        talk(f"The manifest has {found}: ringform validate shows them.\n")
    return manifest


def connect(providers: Iterable[Provider], account: AccountOptions) -> dict[str, Connection]:
    """Connections from the environment, by provider. Their secrets are hidden in all output from here on.

    Raises:
        RingformError: The environment lacks a key, or names a URL that may not be used.
    """
    return by_provider(*(_connect(provider, account) for provider in providers))


def _connect(provider: Provider, account: AccountOptions) -> Connection:
    endpoint = provider.endpoint(environment())
    hide(endpoint.secrets)
    return Connection(
        provider,
        endpoint,
        parallelism=account.parallelism,
        request_seconds=min(account.request_seconds, account.total_seconds),
        total_seconds=account.total_seconds,
        listener=_log if account.debug else nobody,
    )


def connect_to(manifest: Manifest, account: AccountOptions) -> dict[str, Connection]:
    """Connections to every account that a manifest is about. See ``connect``."""
    return connect((part.provider for part in manifest.parts), account)


@contextmanager
def watched(connections: Connections) -> Iterator[Connections]:
    """The connections with a progress bar, if somebody is watching."""
    if not sys.stderr.isatty() or any(each.listener is not nobody for each in connections.values()):
        yield connections
        return
    from ringform.cli.progress import progress_bar

    with progress_bar() as listener:
        yield {name: replace(connection, listener=listener) for name, connection in connections.items()}


def plan(manifest: Manifest, connections: Connections, targets: Collection[Address] = ()) -> Plan:
    """Read the accounts and plan, with progress shown.

    Raises:
        RingformError: An account cannot be read, or the manifest asks for what cannot be done.
    """
    aimed = [part for part, _ in api.aimed_at(manifest, targets)]
    with watched(connections) as watching:
        live = api.observe(replace(manifest, parts=tuple(aimed)), watching)
        made = api.plan(manifest, live, connections=watching, targets=targets)
    failing = [each for part in aimed for each in _failing_tests(part, live[part.provider.name])]
    return replace(made, guardrails=(*made.guardrails, *failing))


def _failing_tests(part: Part, live: Snapshot) -> list[Tripped]:
    """The routing tests that fail against what the account would be, each as a guardrail."""
    if not part.desired.tests:
        return []
    from ringform.cli.claims import run_tests

    return [
        Tripped("failing-tests", f"the test {result.test.name!r} fails: ringform test shows why", (result.test.to,))
        for result in run_tests(part, live)
        if not result.passed
    ]


def _log(event: Event) -> None:
    if isinstance(event, Exchanged):
        talk(f"{event.request} -> {event.answer} in {event.seconds * 1000:.0f} ms")
