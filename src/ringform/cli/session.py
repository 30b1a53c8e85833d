"""What every command that talks to an account does first: manifest, connection, plan, with progress shown."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
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
from ringform.engine.connection import Connection
from ringform.engine.events import Event, Exchanged, nobody
from ringform.manifest.manifest import Manifest
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


def connect(provider: Provider, account: AccountOptions) -> Connection:
    """A connection from the environment. Its secrets are hidden in all output from here on.

    Raises:
        RingformError: The environment lacks a key, or names a URL that may not be used.
    """
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


@contextmanager
def watched(connection: Connection) -> Iterator[Connection]:
    """The connection with a progress bar, if somebody is watching."""
    if not sys.stderr.isatty() or connection.listener is not nobody:
        yield connection
        return
    from ringform.cli.progress import progress_bar

    with progress_bar() as listener:
        yield replace(connection, listener=listener)


def plan(manifest: Manifest, connection: Connection, targets: Collection[Address] = ()) -> Plan:
    """Read the account and plan, with progress shown.

    Raises:
        RingformError: The account cannot be read, or the manifest asks for what cannot be done.
    """
    with watched(connection) as watching:
        live = api.observe(manifest, watching)
        made = api.plan(manifest, live, connection=watching, targets=targets)
    return replace(made, guardrails=(*made.guardrails, *_failing_tests(manifest, live)))


def _failing_tests(manifest: Manifest, live: Snapshot) -> list[Tripped]:
    """The routing tests that fail against what the account would be, each as a guardrail."""
    if not manifest.desired.tests:
        return []
    from ringform.cli.claims import run_tests

    return [
        Tripped("failing-tests", f"the test {result.test.name!r} fails: ringform test shows why", (result.test.to,))
        for result in run_tests(manifest, live)
        if not result.passed
    ]


def _log(event: Event) -> None:
    if isinstance(event, Exchanged):
        talk(f"{event.request} -> {event.answer} in {event.seconds * 1000:.0f} ms")
