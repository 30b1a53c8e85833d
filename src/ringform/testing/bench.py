"""A provider's account with a manifest beside it, to be used by the command and from Python."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ringform as library
from ringform.execution.connection import Connection, by_provider
from ringform.execution.reader import observe
from ringform.manifest.manifest import Manifest
from ringform.manifest.writing import to_yaml
from ringform.model.address import Address
from ringform.model.change import Call
from ringform.model.desired import Scope
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.providers import registry
from ringform.providers.facets import Exports
from ringform.testing.case import Case, Emulator, State
from ringform.testing.process import Ended, Run

_numbers = itertools.count()


class Impatient(threading.Event):
    """In the place of ``Connection.stop``: waits between repeats take hardly any time."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a moment, whatever was asked for."""
        return super().wait(0.001)


class Bench:
    """The account holds ``seed`` to begin with, and ``ringform.yaml`` is the case's manifest."""

    def __init__(self, case: Case, account: Emulator, seed: State, folder: Path, run: Run) -> None:
        self.case = case
        self.account = account
        self.seed = seed
        self.folder = folder
        self.file = folder / "ringform.yaml"
        self.file.write_text(case.manifest, "utf-8")
        self._run = run
        account.hold(seed)

    def ringform(self, *arguments: str, **settings: str) -> Ended:
        """Run the command in the folder. Neither a secret nor a traceback may be in its output."""
        ended = self._run(arguments, self.folder, {**self.account.environment, **settings})
        everything = ended.out + ended.err
        assert not any(secret in everything for secret in self.case.secrets), "a secret is in the output"
        assert "Traceback" not in everything, everything
        assert "error[defect]" not in everything, everything
        return ended

    @property
    def allowed(self) -> list[str]:
        """The arguments that let the manifest's plan past its guardrails."""
        return [text for name in self.case.allowed for text in ("--allow", name)]

    def line_of(self, key: str) -> int:
        """Return the first line of the manifest that begins with this."""
        lines = self.file.read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if line.startswith(key))

    def connection(self, *, request_seconds: float = 5.0, total_seconds: float = 60.0) -> Connection:
        """Return a connection that makes one call after the other, and waits for nothing between repeats."""
        provider = registry.provider(self.case.name)
        endpoint = provider.endpoint(self.account.environment)
        return Connection(
            provider,
            endpoint,
            parallelism=1,
            request_seconds=request_seconds,
            total_seconds=total_seconds,
            stop=Impatient(),
        )

    def load(self, text: str | None = None) -> Manifest:
        """Return the manifest, or another one."""
        path = self.file
        if text is not None:
            path = self.folder / f"other-{next(_numbers)}.yaml"
            path.write_text(text, "utf-8")
        return library.load([path])

    def plan(self, text: str | None = None) -> Plan:
        """Observe and plan."""
        manifest = self.load(text)
        connections = by_provider(self.connection())
        return library.plan(manifest, library.observe(manifest, connections))

    def apply(self, plan: Plan, connection: Connection | None = None) -> tuple[Outcome, Path]:
        """Make the plan's calls, whatever the guardrails think of them, with a journal."""
        connections = by_provider(connection or self.connection())
        path = self.folder / f"journal-{next(_numbers)}.jsonl"
        allowed = [each.name for each in plan.guardrails]
        return library.apply(plan, connections, journal=path, allowed=allowed), path

    def exported(self) -> str:
        """Return the account as a manifest."""
        return to_yaml(self.exported_document())

    def exported_document(self) -> Mapping[str, Any]:
        """Return the account as a manifest's document."""
        connection = self.connection()
        provider = connection.provider
        listing = self.case.listing(self.account.read())
        only = frozenset(Address.parse(text) for text in listing if not text.startswith("--"))
        live = observe(connection, Scope(only or None, frozenset(provider.kinds)))
        assert isinstance(provider, Exports)
        document, left_out = provider.export(live)
        assert not left_out
        return document


def without(plan: Plan, index: int) -> Plan:
    """Return the plan less one of its calls."""
    return _with_calls(plan, index, [])


def with_body(plan: Plan, index: int, body: dict[str, Any]) -> Plan:
    """Return the plan with another body for one of its calls."""
    return _with_calls(plan, index, [replace(plan.calls[index], body=body)])


def _with_calls(plan: Plan, index: int, calls: Sequence[Call]) -> Plan:
    changes, first = [], 0
    for change in plan.changes:
        here = index - first
        first += len(change.calls)
        if 0 <= here < len(change.calls):
            changes.append(replace(change, calls=(*change.calls[:here], *calls, *change.calls[here + 1 :])))
        else:
            changes.append(change)
    return replace(plan, changes=tuple(changes))
