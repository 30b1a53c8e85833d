"""A sandbox with any account in it, and the way to it as a user of the Python interface goes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import ringform
from ringform.execution.connection import Connection, by_provider
from ringform.execution.events import Listener, nobody
from ringform.execution.executor import apply_plan
from ringform.manifest.manifest import Manifest
from ringform.manifest.writing import to_yaml
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.sandbox.gate import RecordedRequest
from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.server import Sandbox

State = dict[str, Any]


class Impatient(threading.Event):
    """In the place of ``Connection.stop``: waits between repeats are noted in ``waits`` and take hardly any time."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return super().wait(0.001)


class Site:
    """A running sandbox and a folder for manifests."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder

    def hold(self, account: Account) -> None:
        """Put another account in the place of the present one, and forget requests and faults."""
        here = self.sandbox.account
        with here.changing():
            for name in ("employees", "main_numbers", "contacts", "calls", "counters"):
                setattr(here, name, deepcopy(getattr(account, name)))
        self.sandbox.faults.clear()
        self.sandbox.recorder.clear()

    @property
    def environment(self) -> dict[str, str]:
        return {"PHONE_INC_API_KEY": self.sandbox.key, "PHONE_INC_BASE_URL": self.sandbox.url}

    def connection(
        self,
        *,
        parallelism: int = 4,
        request_seconds: float = 5.0,
        total_seconds: float = 60.0,
        listener: Listener = nobody,
        stop: threading.Event | None = None,
    ) -> Connection:
        """A connection that waits for nothing between repeats, unless it is given another ``stop``."""
        provider = PhoneInc()
        return Connection(
            provider,
            provider.endpoint(self.environment),
            parallelism=parallelism,
            request_seconds=request_seconds,
            total_seconds=total_seconds,
            listener=listener,
            stop=stop or Impatient(),
        )

    def manifest(self, document: str | Mapping[str, object], name: str = "ringform.yaml") -> Manifest:
        """The manifest that a text, or a document written as YAML, comes to."""
        path = self.folder / name
        path.write_text(document if isinstance(document, str) else to_yaml(document), "utf-8")
        return ringform.load([path])

    def plan(self, document: str | Mapping[str, object] | Manifest, connection: Connection | None = None) -> Plan:
        """Observe and plan."""
        manifest = document if isinstance(document, Manifest) else self.manifest(document)
        connection = connection or self.connection()
        connections = by_provider(connection)
        return ringform.plan(manifest, ringform.observe(manifest, connections), connections=connections)

    def apply(self, plan: Plan, connection: Connection | None = None) -> Outcome:
        """Make the plan's calls, whatever the guardrails think of them, without a lock or a second look."""
        return apply_plan(plan, connection or self.connection())

    def state(self) -> State:
        """A copy of everything in the account, as JSON holds it."""
        copy: State = json.loads(json.dumps(self.sandbox.account.to_state()))
        return copy

    @property
    def requests(self) -> list[RecordedRequest]:
        return self.sandbox.requests

    @property
    def writes(self) -> list[RecordedRequest]:
        """The requests that were not GETs."""
        return [request for request in self.requests if request.method != "GET"]


@contextmanager
def site(folder: Path, account: Account | None = None) -> Iterator[Site]:
    """Start a sandbox."""
    with Sandbox(account) as sandbox:
        yield Site(sandbox, folder)


def lines(requests: list[RecordedRequest]) -> list[str]:
    """Requests as ``GET /main_numbers``, without the path at which the API is mounted."""
    return [f"{each.method} {each.path.removeprefix('/api/v1')}" for each in requests]
