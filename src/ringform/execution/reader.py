"""Reading an account: GET and nothing else, several at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from ringform.execution.connection import Connection, Connections
from ringform.execution.events import ObjectRead, ReadingStarted
from ringform.model import urls
from ringform.model.desired import Scope
from ringform.model.diagnostic import Refused
from ringform.model.snapshot import Snapshot
from ringform.model.values import Json
from ringform.providers.facets import FindsNumbers, HasDirectory


def observe(connection: Connection, scope: Scope) -> Snapshot:
    """Read what the scope asks for.

    Raises:
        ApiError: The account gave no usable answer.
    """
    began = time.monotonic()
    with Reader(connection) as reader:
        return replace(connection.provider.observe(reader, scope), read_at=began)


def observe_all(connections: Connections, scope: Scope) -> Snapshot:
    """Read what the scope asks for of several accounts, each as far as it has such objects.

    Raises:
        ApiError: An account gave no usable answer.
    """
    snapshots = [
        observe(connection, mine)
        for connection in connections.values()
        if (mine := scope.limited_to(connection.provider.kinds)).kinds
    ]
    return Snapshot(
        {address: resource for each in snapshots for address, resource in each.resources.items()},
        tuple(address for each in snapshots for address in each.unmanaged),
        {id_: person for each in snapshots for id_, person in each.people.items()},
        is_whole=all(each.is_whole for each in snapshots),
    )


def read_people(connection: Connection) -> Mapping[str, Mapping[str, str]]:
    """Return the account's people as ``Snapshot.people`` has them, for display; none where they cannot be read.

    Raises:
        ApiError: The account gave no usable answer.
    """
    if not isinstance(connection.provider, HasDirectory):
        return {}
    with Reader(connection) as reader:
        return connection.provider.people(reader)


class Reader:
    """The reads of one account. There is no way to make it send anything but a GET.

    Raises:
        Refused: It is not the account that the manifest is for.
        ApiError: The account gave no usable answer to the question whether it is.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._client = connection.client()

    def __enter__(self) -> Self:
        try:
            self._confirm()
        except BaseException:
            self._client.__exit__(None, None, None)
            raise
        return self

    def _confirm(self) -> None:
        """Refuse an account that lacks the number of the pin, before anything else is read."""
        connection = self._connection
        if connection.pin is None or connection.confirmed.is_set():
            return
        provider = connection.provider
        if not isinstance(provider, FindsNumbers):
            raise Refused(connection.pin.unknown(provider.name))
        if not provider.has_number(self, connection.pin.address):
            raise Refused(connection.pin.mismatch())
        connection.confirmed.set()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._client.__exit__(kind, error, _)

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        """One GET. See ``Reads.get``."""
        return self._client.send("GET", path, params=params)

    def path_of(self, url: str) -> str:
        """The path of a whole URL. See ``Reads.path_of``."""
        return urls.path_below(self._connection.endpoint.base_url, url)

    def get_all(self, paths: Sequence[str]) -> list[Json]:
        """Many GETs side by side, their answers in order. The first failure ends them all and is raised."""
        connection, own = self._connection, threading.local()
        connection.listener(ReadingStarted(len(paths)))
        clients = ExitStack()
        pool = ThreadPoolExecutor(min(connection.parallelism, len(paths)) or 1, thread_name_prefix="read")

        def read(path: str) -> Json:
            if connection.stop.is_set():
                return None
            if not hasattr(own, "client"):  # one for each thread
                own.client = clients.enter_context(connection.client())
            answer: Json = own.client.send("GET", path)
            connection.listener(ObjectRead(path))
            return answer

        try:
            answers = [pool.submit(read, path) for path in paths]
            for answer in as_completed(answers):
                answer.result()
        except Exception:
            pool.shutdown(cancel_futures=True)
            raise
        except BaseException:
            # After Ctrl-C nobody waits for an answer that is under way. Its thread still uses its client.
            pool.shutdown(wait=False, cancel_futures=True)
            clients.pop_all()
            raise
        finally:
            clients.close()
        pool.shutdown()
        return [answer.result() for answer in answers]
