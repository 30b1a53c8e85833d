"""A server below HTTP: each connection gets whatever bytes a test sends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Serve = Callable[[socket.socket], None]


@contextmanager
def raw_port(serve: Serve, *, reads: bool = True) -> Iterator[int]:
    """A port of this machine: ``serve`` gets each connection, in a thread, after its first bytes were read."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def handle(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                if reads:
                    connection.recv(65_536)
                serve(connection)

        def run() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=handle, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@contextmanager
def raw_server(serve: Serve) -> Iterator[str]:
    """The base URL of such a server."""
    with raw_port(serve) as port:
        yield f"http://127.0.0.1:{port}"
