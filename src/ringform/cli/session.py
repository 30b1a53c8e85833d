"""What every command that talks to an account does first: manifest, connection, plan, with progress shown."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ringform.cli.options import AccountOptions, ManifestOptions, environment
from ringform.cli.output import echo_err, hide
from ringform.execution.connection import Connection, Connections
from ringform.execution.events import Event, Exchanged, nobody
from ringform.manifest.manifest import Manifest
from ringform.model.address import Address
from ringform.model.plan import Plan
from ringform.operations import accounts, check
from ringform.reports.text import diagnostics as text_diagnostics
from ringform.reports.text.style import Style

if TYPE_CHECKING:
    from ringform.operations.plan import Planned


def load(written: ManifestOptions, revision: str | None = None) -> Manifest:
    """Read the manifest, of a git revision if one is named.

    Its warnings are counted in one line on stderr: what a person looks at here is the plan.

    Raises:
        RingformError: It has errors.
    """
    manifest = check.load(
        written.paths,
        var_files=written.var_files,
        assignments=written.assignments,
        as_of=written.as_of,
        revision=revision,
    )
    if manifest.diagnostics:
        warnings = text_diagnostics.count_line(manifest.diagnostics)
        echo_err(f"The manifest has {warnings}: ringform validate shows them.\n")
    return manifest


def connect(about: accounts.About, account: AccountOptions) -> dict[str, Connection]:
    """Return connections from the environment, by provider, as ``operations.accounts.connect`` does.

    Their secrets are hidden in all output from here on.

    Raises:
        RingformError: The environment lacks a key, or names a URL that may not be used.
    """
    connections = accounts.connect(
        about,
        environment(),
        parallelism=account.parallelism,
        request_seconds=min(account.request_seconds, account.total_seconds),
        total_seconds=account.total_seconds,
        listener=_log if account.debug else nobody,
    )
    hide([secret for connection in connections.values() for secret in connection.endpoint.secrets])
    return connections


def connect_to(manifest: Manifest, account: AccountOptions, targets: Collection[Address] = ()) -> dict[str, Connection]:
    """Return connections to every account of a manifest, or only to those that the targets are in. See ``connect``."""
    return connect(replace(manifest, parts=tuple(part for part, _ in manifest.select(targets))), account)


@contextmanager
def watched(connections: Connections) -> Iterator[Connections]:
    """Give the connections a progress bar, if somebody is watching."""
    if not sys.stderr.isatty() or any(each.listener is not nobody for each in connections.values()):
        yield connections
        return
    from ringform.cli.progress import progress_bar

    with progress_bar() as listener:
        yield {name: replace(connection, listener=listener) for name, connection in connections.items()}


def plan(
    manifest: Manifest, connections: Connections, targets: Collection[Address] = (), *, only_calendar: bool = False
) -> Planned:
    """Read the accounts and plan, with progress shown. See ``operations.plan.plan_accounts``.

    Raises:
        RingformError: No account can be read, or the manifest asks for what cannot be done.
    """
    # Imported here: commands that work offline start quickly without the HTTP client.
    from ringform.operations.plan import plan_accounts

    if only_calendar and not any(part.document.is_dated for part in manifest.parts):
        echo_err("Nothing in the manifest depends on the date: --calendar has nothing to change.\n")
    with watched(connections) as watching:
        return plan_accounts(manifest, watching, targets, only_calendar=only_calendar)


def dates_ahead(plan: Plan, written: ManifestOptions, style: Style) -> str:
    """Return what the manifest's dates, of which there are some, ask of later applies, and the command to run."""
    from ringform.reports.text import dates

    return dates.render(plan.dates, shlex.join(written.nightly), style, written.as_of)


def _log(event: Event) -> None:
    if isinstance(event, Exchanged):
        echo_err(f"{event.request} -> {event.answer} in {event.seconds * 1000:.0f} ms")
