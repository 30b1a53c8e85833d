"""Servers of which each phase of an answer drips or never ends: every attempt ends at its deadline all the same."""

from __future__ import annotations

import itertools
import json
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cli.harness import KEY, Ringform, finish
from support import twelve
from support.raw_server import raw_port, raw_server
from support.relay import pump

from ringform.execution.http import Client, Patience
from ringform.manifest.writing import to_yaml
from ringform.model.api_error import ApiError
from ringform.providers.protocol import Endpoint
from ringform.sandbox.server import Sandbox

PATIENCE = Patience(request=0.3, total=0.5, first_backoff=0.01, attempts=2)
LONGEST = 20.0
"""Seconds after which a test gives up: that a machine is slow must not fail it."""
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def drip(first: bytes, rest: Iterable[bytes]) -> Callable[[socket.socket], None]:
    """Send ``first`` at once and ``rest`` piece by piece, each well within the time limit of a single read."""

    def serve(connection: socket.socket) -> None:
        until = time.monotonic() + 2 * LONGEST
        connection.sendall(first)
        for piece in rest:
            if time.monotonic() > until:
                return
            connection.sendall(piece)
            time.sleep(0.02)

    return serve


PHASES = {
    "silence": drip(b"", itertools.repeat(b"")),
    "status line": drip(b"HTTP/1.1 200 ", itertools.repeat(b"O")),
    "a header's bytes": drip(OK + b"X-Long: ", itertools.repeat(b"a")),
    "header lines": drip(OK, itertools.repeat(b"X-More: a\r\n")),
    "1xx": drip(b"", itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")),
    "body": drip(OK + b"Content-Length: 100000\r\n\r\n", itertools.repeat(b" ")),
    "body without a length": drip(OK + b"\r\n", itertools.repeat(b" ")),
    "chunks": drip(CHUNKED, itertools.repeat(b"1\r\n \r\n")),
    "a chunk's extension": drip(CHUNKED + b"1;", itertools.repeat(b"a")),
    "trailers": drip(CHUNKED + b"1\r\n1\r\n0\r\n", itertools.repeat(b"X-More: a\r\n")),
    "an error's body": drip(b"HTTP/1.1 403 No\r\nContent-Length: 9999\r\n\r\n", itertools.repeat(b" ")),
}


def failure(client: Client, method: str, body: str | None = None) -> tuple[ApiError, float]:
    started = time.monotonic()
    with pytest.raises(ApiError) as caught:
        client.send(method, "/x", body=body)
    return caught.value, time.monotonic() - started


@pytest.mark.parametrize("method", ["GET", "PATCH", "POST"])
@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_of_an_answer_ends_at_the_deadline(phase: str, method: str) -> None:
    with raw_server(PHASES[phase]) as url, Client(Endpoint(url, {}, ()), patience=PATIENCE) as client:
        error, seconds = failure(client, method, None if method == "GET" else "x")
    assert error.diagnostic.code == "unreachable"
    assert error.diagnostic.summary.endswith("no answer within the time limit")
    assert error.is_unclear == (method != "GET"), "nobody knows whether a write took effect"
    assert seconds < LONGEST


def test_sending_ends_at_the_deadline() -> None:
    """The server takes the request a little at a time."""

    def sip(connection: socket.socket) -> None:
        while connection.recv(1_000):
            time.sleep(0.02)

    with raw_server(sip) as url, Client(Endpoint(url, {}, ()), patience=Patience(2, 3)) as client:
        error, seconds = failure(client, "PATCH", "x" * 20_000_000)
    assert (error.diagnostic.code, error.is_unclear) == ("unreachable", True)
    assert seconds < LONGEST


RECORD = b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb"
"""How a TLS server's first message begins, which is said to have 16 kB."""


@pytest.mark.parametrize("rest", [itertools.repeat(b""), itertools.repeat(b"\x03")], ids=["silent", "drips"])
def test_a_tls_handshake_ends_at_the_deadline(rest: Iterable[bytes]) -> None:
    endless = drip(RECORD, rest)
    with (
        raw_port(endless) as port,
        Client(Endpoint(f"https://127.0.0.1:{port}", {}, ()), patience=PATIENCE) as client,
    ):
        error, seconds = failure(client, "POST", "x")
    assert (error.diagnostic.code, error.was_sent) == ("unreachable", False)
    assert seconds < LONGEST


def test_a_name_that_is_looked_up_for_ever_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    found = threading.Event()

    def look_up(*arguments: object) -> list[object]:
        found.wait(2 * LONGEST)
        raise socket.gaierror("never found")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with Client(Endpoint("https://slow.example", {}, ()), patience=PATIENCE) as client:
        error, seconds = failure(client, "POST", "x")
    found.set()
    assert (error.diagnostic.code, error.was_sent) == ("unreachable", False)
    assert seconds < LONGEST


def test_a_name_that_no_host_can_have_is_out_of_reach() -> None:
    with Client(Endpoint("https://a..b", {}, ()), patience=PATIENCE) as client:
        error, _ = failure(client, "GET")
    assert error.diagnostic.summary.endswith("no connection (no host can have that name)")


@pytest.mark.parametrize(
    "serve",
    [drip(b"", itertools.repeat(b"")), drip(b"HTTP/1.1 200 OK\r\nX-Long: ", itertools.repeat(b"a"))],
    ids=["silent", "drips"],
)
def test_a_proxy_that_opens_its_tunnel_for_ever_ends_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch, serve: Callable[[socket.socket], None]
) -> None:
    with raw_server(serve) as url:
        monkeypatch.setenv("HTTPS_PROXY", url)
        with Client(Endpoint("https://phone.example", {}, ()), patience=PATIENCE) as client:
            _, seconds = failure(client, "POST", "x")
    assert seconds < LONGEST


def test_the_first_interrupt_ends_an_apply_whose_answer_drips_at_the_deadline(tmp_path: Path) -> None:
    """The write's end is unknown, which is told, and exits with 4 however it came to it."""
    dripping = threading.Event()

    with Sandbox(twelve.account(), key=KEY) as sandbox:

        def serve(connection: socket.socket) -> None:
            there = socket.create_connection(("127.0.0.1", urlsplit(sandbox.url).port or 0))
            threading.Thread(target=pump, args=(there, connection), daemon=True).start()
            while piece := connection.recv(65_536):
                if piece.startswith(b"PATCH"):
                    dripping.set()
                    PHASES["a header's bytes"](connection)
                there.sendall(piece)

        with raw_port(serve, reads=False) as port:
            ringform = Ringform(tmp_path, sandbox)
            ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"note": "Hello"}}}))
            url = f"http://127.0.0.1:{port}{urlsplit(sandbox.url).path}"
            process = ringform.start(
                "apply", "--yes", "--format", "json", "--call-timeout", "2",
                PHONE_INC_BASE_URL=url, XDG_STATE_HOME=str(tmp_path / "state"),
            )  # fmt: skip
            assert dripping.wait(60)
            process.send_signal(signal.SIGINT)
            started = time.monotonic()
            ended = finish(process)
    assert time.monotonic() - started < LONGEST
    report = json.loads(ended.out)
    assert (ended.code, report["interrupted"], report["summary"]["unknown"]) == (4, True, 1), ended
