"""A connection to an account: where it is, how patiently and how widely it is talked to, and who listens."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ringform.execution.events import Exchanged, Listener, Waiting, nobody
from ringform.execution.throttle import Throttle
from ringform.model.api_error import ErrorBody
from ringform.model.pin import Pin
from ringform.providers.facets import ParsesErrors
from ringform.providers.protocol import Endpoint, Provider

if TYPE_CHECKING:
    from ringform.execution.http import Client

Connections: TypeAlias = "Mapping[str, Connection]"
"""A connection to the account of each provider that a manifest or plan is about, by the provider's name."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An account and how to talk to it.

    ``parallelism`` is how many requests may be under way at once, to begin with: an answer 429 lowers it.
    ``request_seconds`` bounds one attempt and ``total_seconds`` one request with all its repeats and waits. Setting
    ``stop`` ends waits between repeats, and no write is sent from then on. Of an account that lacks the number of the
    ``pin`` nothing else is read.
    """

    provider: Provider
    endpoint: Endpoint
    parallelism: int = 10
    request_seconds: float = 30.0
    total_seconds: float = 120.0
    listener: Listener = nobody
    stop: threading.Event = field(default_factory=threading.Event)
    pin: Pin | None = None
    confirmed: threading.Event = field(default_factory=threading.Event)
    """Set once the account has been found to have the number of the pin."""

    throttle: Throttle = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "throttle", Throttle(self.parallelism))

    @property
    def identity(self) -> str:
        """A name for the account as this key sees it, from which neither key nor URL can be read back."""
        text = "\n".join([self.provider.name, self.endpoint.base_url, *self.endpoint.secrets])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def client(self) -> Client:
        """Return a client for one thread, which closes it."""
        # Imported here: httpx takes 100 ms that offline commands do not pay.
        from ringform.execution.http import Client, Patience

        provider = self.provider
        parse_error = provider.parse_error if isinstance(provider, ParsesErrors) else lambda _: ErrorBody()
        return Client(
            self.endpoint,
            parse_error=parse_error,
            patience=Patience(self.request_seconds, self.total_seconds),
            throttle=self.throttle,
            on_exchange=lambda request, answer, seconds: self.listener(Exchanged(request, answer, seconds)),
            on_wait=lambda seconds, reason: self.listener(Waiting(seconds, reason)),
            sleep=self.stop.wait,
            is_stopped=self.stop.is_set,
        )


def by_provider(*connections: Connection) -> dict[str, Connection]:
    """Connections to accounts of different providers, as plans and applies take them."""
    return {connection.provider.name: connection for connection in connections}


def identity(connections: Connections) -> str:
    """Return one name for all the accounts together, from which neither keys nor URLs can be read back."""
    names = [connection.identity for connection in connections.values()]
    return names[0] if len(names) == 1 else hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
