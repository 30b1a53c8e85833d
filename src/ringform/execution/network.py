"""Connections of which nothing outlasts the deadline of an attempt: every byte, whatever it is part of, passes here.

httpx limits single waits only. A server that drips its status line, header lines, 1xx answers, chunk extensions or
trailers never makes one wait long, and all of them together endless.
"""

from __future__ import annotations

import math
import ssl
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any

import httpcore

from ringform.execution.proxy import Proxy

_PIECE = 16 * 1024
"""Bytes that are sent at once, before the clock is looked at again."""


def pool(proxy: Proxy | None, certificates: ssl.SSLContext | None, network: Network) -> httpcore.ConnectionPool:
    """Return a pool of one connection, through a proxy if there is one."""
    options: dict[str, Any] = {
        "ssl_context": certificates,
        "max_connections": 1,
        "keepalive_expiry": 5.0,
        "network_backend": network,
    }
    if proxy is None:
        return httpcore.ConnectionPool(**options)
    if proxy.is_socks:
        return httpcore.SOCKSProxy(proxy.url, proxy.auth, **options)
    return httpcore.HTTPProxy(proxy.url, proxy.auth, **options)


class Network(httpcore.NetworkBackend):
    """Opens connections to a host, or to a proxy that is to lead there, for one thread.

    ``ends_at`` is when its present attempt ends, on the monotonic clock. ``is_through`` says that the connection is
    encrypted to the host itself: what goes wrong before that is a proxy's doing, and no request was sent.
    """

    def __init__(self, host: str | None) -> None:
        self.ends_at = math.inf
        self.is_through = False
        self._host = host
        self._opened: httpcore.NetworkStream | None = None
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect within the limit, which nothing else puts to looking a name up and to trying all its addresses."""
        self.is_through = False
        limit = self.remaining(timeout, httpcore.ConnectTimeout)
        opening: Future[httpcore.NetworkStream] = Future()

        def connect() -> None:
            try:
                opening.set_result(self._system.connect_tcp(host, port, limit, local_address, socket_options))
            except UnicodeError:
                opening.set_exception(httpcore.ConnectError("no host can have that name"))
            except BaseException as error:
                opening.set_exception(error)

        threading.Thread(target=connect, name="connect", daemon=True).start()
        try:
            self._opened = opening.result(limit)
            return _Stream(self._opened, self)
        except TimeoutError:
            opening.add_done_callback(_close)
            raise httpcore.ConnectTimeout from None

    def close(self) -> None:
        """Close the connection, which httpcore forgets where a SOCKS proxy refuses it."""
        if self._opened is not None:
            self._opened.close()

    def note_encrypted(self, host: str | None) -> None:
        """Note that all that follows can be read by this host only."""
        self.is_through = host == self._host

    def remaining(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
        """Return for how many seconds the next wait may last: ``timeout``, or what is left of the attempt if less.

        Raises:
            TimeoutException: ``late``: nothing is left.
        """
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise late
        return left if timeout is None else min(timeout, left)


def _close(opening: Future[httpcore.NetworkStream]) -> None:
    if opening.exception() is None:
        opening.result().close()


class _Stream(httpcore.NetworkStream):
    """A connection, encrypted or not."""

    def __init__(self, stream: httpcore.NetworkStream, network: Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.remaining(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            limit = self._network.remaining(timeout, httpcore.WriteTimeout)
            self._stream.write(buffer[start : start + _PIECE], limit)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = self._network.remaining(timeout, httpcore.ConnectTimeout)
        encrypted = self._stream.start_tls(ssl_context, server_hostname, limit)
        self._network.note_encrypted(server_hostname)
        return _Stream(encrypted, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
