"""A connection to an account: where it is, how patiently and how widely it is talked to, and who listens."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ringform.engine.events import Listener, Waiting, nobody
from ringform.providers.base import Endpoint, Provider

if TYPE_CHECKING:
    from ringform.providers.http import Client


@dataclass(frozen=True, slots=True)
class Connection:
    """An account and the manner of talking to it.

    ``parallelism`` is how many requests may be under way at once; no API names a limit, so it stays modest.
    ``request_seconds`` bounds one attempt and ``total_seconds`` one request with all its repeats and waits.
    """

    provider: Provider
    endpoint: Endpoint
    parallelism: int = 10
    request_seconds: float = 30.0
    total_seconds: float = 120.0
    listener: Listener = nobody
    stop: threading.Event = field(default_factory=threading.Event)

    def client(self) -> Client:
        """A client for one thread, to be closed by it. Setting ``stop`` ends its waits between repeats."""
        # Imported here: httpx takes 100 ms that offline commands do not pay.
        from ringform.providers.http import Client, Patience

        return Client(
            self.endpoint,
            patience=Patience(self.request_seconds, self.total_seconds),
            on_wait=lambda seconds, reason: self.listener(Waiting(seconds, reason)),
            sleep=self.stop.wait,
        )
