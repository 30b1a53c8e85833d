"""Reading an account: GET and nothing else, several at a time."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

from ringform.execution.connection import Connection, Connections
from ringform.execution.events import ObjectRead, ReadingStarted
from ringform.model import urls
from ringform.model.desired import Scope
from ringform.model.snapshot import Snapshot
from ringform.model.values import Json


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


class Reader:
    """The reads of one account. There is no way to make it send anything but a GET."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._client = connection.client()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._client.__exit__(kind, error, _)

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        """One GET. See ``Reads.get``."""
        return self._client.send("GET", path, params=params)

    def path_of(self, url: str) -> str:
        """The path of a whole URL. See ``Reads.path_of``."""
        return urls.path_below(self._connection.endpoint.base_url, url)

    def get_all(self, paths: Sequence[str]) -> list[Json]:
        """Many GETs, by a fixed set of threads that take from one queue, each with a client of its own.

        The first failure ends them all and is raised.
        """
        self._connection.listener(ReadingStarted(len(paths)))
        work: queue.SimpleQueue[int] = queue.SimpleQueue()
        for position in range(len(paths)):
            work.put(position)
        answers: list[Json] = [None] * len(paths)
        failures: list[BaseException] = []

        def run() -> None:
            try:
                with self._connection.client() as client:
                    while not failures and not self._connection.stop.is_set():
                        position = work.get_nowait()
                        answers[position] = client.send("GET", paths[position])
                        self._connection.listener(ObjectRead(paths[position]))
            except queue.Empty:
                pass
            except BaseException as error:
                failures.append(error)

        threads = [
            threading.Thread(target=run, name=f"read-{number}", daemon=True)
            for number in range(min(self._connection.parallelism, len(paths)))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        return answers
