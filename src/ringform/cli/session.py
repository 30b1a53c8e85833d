"""What every command that talks to an account does first: manifest, connection, plan, with progress shown."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ringform import api
from ringform.cli.options import environment
from ringform.cli.output import talk
from ringform.core.address import Address
from ringform.core.plan import Plan
from ringform.engine.connection import Connection
from ringform.engine.events import Listener, nobody
from ringform.manifest.manifest import Manifest
from ringform.providers.base import Provider
from ringform.reports.text import diagnostics as text_diagnostics


def load(paths: Sequence[Path], var_files: Sequence[Path], assignments: Sequence[str]) -> Manifest:
    """The manifest; that it has warnings is said on stderr, in one line: what a person looks at here is the plan.

    Raises:
        RingformError: It has errors.
    """
    manifest = api.load(paths, var_files=var_files, assignments=assignments)
    if manifest.diagnostics:
        found = text_diagnostics.count_line(manifest.diagnostics)
        talk(f"The manifest has {found}: ringform validate shows them.\n")
    return manifest


@contextmanager
def connected(provider: Provider, *, parallelism: int, total_seconds: float) -> Iterator[Connection]:
    """A connection from the environment, with a progress bar if somebody is watching.

    Raises:
        RingformError: The environment lacks a key, or names a URL that may not be used.
    """
    endpoint = provider.endpoint(environment())
    with _progress() as listener:
        yield Connection(
            provider,
            endpoint,
            parallelism=parallelism,
            request_seconds=min(30.0, total_seconds),
            total_seconds=total_seconds,
            listener=listener,
        )


def plan(manifest: Manifest, connection: Connection, targets: Collection[Address] = ()) -> Plan:
    """Read the account and plan.

    Raises:
        RingformError: The account cannot be read, or the manifest asks for what cannot be done.
    """
    return api.plan(manifest, api.observe(manifest, connection), connection=connection, targets=targets)


@contextmanager
def _progress() -> Iterator[Listener]:
    if not sys.stderr.isatty():
        yield nobody
        return
    from ringform.cli.progress import progress_bar

    with progress_bar() as listener:
        yield listener
