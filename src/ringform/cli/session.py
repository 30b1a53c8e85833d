"""What every command that talks to an account does first: manifest, connection, plan, with progress shown."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ringform import checking
from ringform.cli.options import AccountOptions, ManifestOptions, environment
from ringform.cli.output import hide, talk
from ringform.execution.connection import Connection, Connections, by_provider
from ringform.execution.events import Event, Exchanged, nobody
from ringform.manifest.manifest import Manifest, Part
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.plan import Plan
from ringform.model.snapshot import Snapshot
from ringform.planning.calendar_notes import DATED_HOURS
from ringform.planning.guardrails import Tripped
from ringform.providers.protocol import Provider
from ringform.reports.text import diagnostics as text_diagnostics


def load(written: ManifestOptions) -> Manifest:
    """The manifest; that it has warnings is said on stderr, in one line: what a person looks at here is the plan.

    Raises:
        RingformError: It has errors.
    """
    manifest = checking.load(
        written.paths, var_files=written.var_files, assignments=written.assignments, as_of=written.as_of
    )
    if manifest.diagnostics:
        found = text_diagnostics.count_line(manifest.diagnostics)
        talk(f"The manifest has {found}: ringform validate shows them.\n")
    return manifest


def connect(providers: Iterable[Provider], account: AccountOptions) -> dict[str, Connection]:
    """Connections from the environment, by provider. Their secrets are hidden in all output from here on.

    Raises:
        RingformError: The environment lacks a key, or names a URL that may not be used.
    """
    made: list[Connection] = []
    found: list[Diagnostic] = []
    for provider in providers:
        try:
            made.append(_connect(provider, account))
        except RingformError as error:
            found += error.diagnostics
    if found:
        raise RingformError(*found)
    return by_provider(*made)


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


def connect_to(manifest: Manifest, account: AccountOptions, targets: Collection[Address] = ()) -> dict[str, Connection]:
    """Connections to every account that a manifest is about, or that the targets are in. See ``connect``."""
    return connect((part.provider for part, _ in manifest.aimed_at(targets)), account)


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
    made, failures = plan_what_can_be_read(manifest, connections, targets)
    if failures:
        raise RingformError(*failures)
    return made


def mention_dates(manifest: Manifest, made: Plan) -> None:
    """Where nothing is to be done, say that dates and rotations may have their changes on another day."""
    is_dated = any(part.desired.is_dated for part in manifest.parts)
    if is_dated and made.is_empty and not any(each.code == DATED_HOURS for each in made.diagnostics):
        talk("\nClosures, special hours and rotations take effect on their own days: ringform calendar lists them.")


def plan_what_can_be_read(
    manifest: Manifest, connections: Connections, targets: Collection[Address] = ()
) -> tuple[Plan, list[Diagnostic]]:
    """Read the accounts and plan, with progress shown: one account's failure must not hide what the others differ in.

    The failures tell of the accounts that could not be read; the plan has nothing on these.

    Raises:
        RingformError: No account can be read, or the manifest asks for what cannot be done.
    """
    aims = manifest.aimed_at(targets)
    # Imported here: commands that work offline start quickly without the HTTP client.
    from ringform import api

    with watched(connections) as watching:
        live, failures = api.observe_each(replace(manifest, parts=tuple(part for part, _ in aims)), watching)
        if not live:
            raise RingformError(*failures)
        read = [(part, aimed) for part, aimed in aims if part.provider.name in live]
        whole = replace(manifest, parts=tuple(part for part, _ in read))
        made = api.plan(whole, live, connections=watching, targets=[each for _, aimed in read for each in aimed])
    failing = [each for part, aimed in read for each in _failing_tests(part, live[part.provider.name], aimed)]
    return replace(made, guardrails=(*made.guardrails, *failing)), failures


def _failing_tests(part: Part, live: Snapshot, targets: Collection[Address]) -> list[Tripped]:
    """The routing tests that fail against what the account would be, each as a guardrail."""
    if not part.desired.tests:
        return []
    from ringform.cli.claims import run_tests
    from ringform.reports.text import routing_tests

    tripped = []
    for result in run_tests(part, live, targets):
        if not result.passed:
            place = part.locate_test(result.test.index)
            where = f" ({place.file}:{place.line})" if place else ""
            why = routing_tests.why(result, part.desired.people)
            tripped.append(
                Tripped("failing-tests", f"the test {result.test.name!r}{where} fails: {why}", (result.test.to,))
            )
    return tripped


def _log(event: Event) -> None:
    if isinstance(event, Exchanged):
        talk(f"{event.request} -> {event.answer} in {event.seconds * 1000:.0f} ms")
