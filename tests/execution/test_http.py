"""The one client, against a server that misbehaves in every way that a script can tell it to."""

from __future__ import annotations

import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from support.raw_server import raw_server
from support.sandboxes import lines

from ringform.execution import http
from ringform.execution.http import Client, Patience
from ringform.execution.throttle import Throttle
from ringform.model.api_error import ApiError
from ringform.model.values import Json
from ringform.providers.phone_inc.error_body import parse_error
from ringform.providers.protocol import Endpoint
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.server import Sandbox

NUMBER = f"/main_numbers/{SALES}"
WRITES: list[tuple[str, str, Json]] = [
    ("PATCH", NUMBER, {"name": "New"}),
    ("PUT", f"{NUMBER}/incoming_call_config", {"type": "RejectConfig", "message": "No"}),
    ("DELETE", "/contacts/01JVWX", None),
]
PATIENCE = Patience(request=5.0)
NEW: Json = {"phone": "+4520999999", "name": "Ida"}


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    now: float = 1000.0
    sleeps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> bool:
        self.sleeps.append(seconds)
        self.now += seconds
        return False

    def read(self) -> float:
        return self.now


@dataclass
class Desk:
    """A client at work: its server, and what it waited for."""

    sandbox: Sandbox
    clock: Clock
    client: Client
    waits: list[tuple[float, str]]

    def fault(self, fault: Fault, *, times: int | None = 1, at: int = 1) -> None:
        self.sandbox.faults.script(fault, times=times, at=at)

    @property
    def sent(self) -> list[str]:
        return lines(self.sandbox.requests)


@contextmanager
def desk(sandbox: Sandbox, patience: Patience = PATIENCE) -> Iterator[Desk]:
    clock, waits = Clock(), list[tuple[float, str]]()
    endpoint = Endpoint(sandbox.url, {"X-Api-Key": sandbox.key}, (sandbox.key,))
    client = Client(
        endpoint,
        parse_error=parse_error,
        patience=patience,
        throttle=Throttle(1, clock=clock.read),
        on_wait=lambda seconds, reason: waits.append((seconds, reason)),
        sleep=clock.sleep,
    )
    with client:
        yield Desk(sandbox, clock, client, waits)


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def at_desk(server: Sandbox) -> Iterator[Desk]:
    server.faults.clear()
    server.recorder.clear()
    with desk(server) as opened:
        yield opened


def failure(act: Callable[[], object]) -> ApiError:
    with pytest.raises(ApiError) as caught:
        act()
    return caught.value


def test_an_answer_comes_back_as_json(at_desk: Desk) -> None:
    answer = at_desk.client.send("GET", "/main_numbers")
    assert isinstance(answer, Mapping)
    assert list(answer) == ["main_numbers"]
    assert at_desk.client.send("GET", "/contacts", params={"phone": "+45 20 12 34 56"}) != []
    assert at_desk.client.send("GET", "/contacts?phone=%2B4520123456") != []
    assert at_desk.client.send("GET", "/contacts?phone=%2B4520123457") == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "bad-request"),
        (401, "unauthorized"),
        (402, "bad-request"),
        (403, "forbidden"),
        (404, "not-found"),
        (409, "conflict"),
        (418, "bad-request"),
        (422, "rejected"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PATCH", "POST", "DELETE"])
def test_a_refusal_is_final_and_explained(at_desk: Desk, method: str, status: int, code: str) -> None:
    at_desk.fault(Fault.error(status, "Because I say so"))
    error = failure(lambda: at_desk.client.send(method, NUMBER, body=None if method == "GET" else {}))
    assert (error.diagnostic.code, error.status, error.is_unclear) == (code, status, False)
    assert error.diagnostic.detail == "Because I say so"
    assert f"{status} to {method} {NUMBER}" in error.diagnostic.summary
    assert len(at_desk.sent) == 1
    assert at_desk.clock.sleeps == []


def test_a_422_names_its_fields(at_desk: Desk) -> None:
    at_desk.fault(Fault.invalid({"name": ["is too long", "is ugly"], "timezone": ["is unknown"]}))
    error = failure(lambda: at_desk.client.send("PATCH", NUMBER, body={}))
    assert error.rejected == {"name": ["is too long", "is ugly"], "timezone": ["is unknown"]}
    assert error.diagnostic.detail == "name: is too long, is ugly; timezone: is unknown"


@pytest.mark.parametrize("body", [b"[]", b'{"errors": ["x"]}', b'{"errors": {"a": null}}', b"null", b"", b"\xff\xfe"])
def test_an_error_body_of_any_shape_is_survived(at_desk: Desk, body: bytes) -> None:
    at_desk.fault(Fault(Answer(422, {"content-type": "application/json"}, body)))
    error = failure(lambda: at_desk.client.send("PATCH", NUMBER, body={}))
    assert error.diagnostic.code == "rejected"


@pytest.mark.parametrize("method", ["GET", "PATCH", "POST"])
def test_after_a_429_the_request_is_sent_again_when_the_account_says(at_desk: Desk, method: str) -> None:
    at_desk.fault(Fault.too_many_requests(7), times=2)
    path, body = ("/contacts", NEW) if method == "POST" else (NUMBER, {} if method == "PATCH" else None)
    at_desk.client.send(method, path, body=body)
    assert at_desk.sent == [f"{method} {path}"] * 3
    assert at_desk.clock.sleeps == [7.0, 7.0]
    assert [seconds for seconds, _ in at_desk.waits] == [7.0, 7.0]
    if method == "POST":
        with at_desk.sandbox.account.changing():
            at_desk.sandbox.account.contacts.popitem()


@pytest.mark.parametrize("asked", [None, "-5", "soon", "1.5", "", "0x10", "Mon, 99 Xyz 2026", "1e9", "+3"])
def test_a_retry_after_that_says_nothing_means_a_second(at_desk: Desk, asked: str | None) -> None:
    at_desk.fault(Fault.too_many_requests(asked))
    at_desk.client.send("GET", "/main_numbers")
    assert at_desk.clock.sleeps == [1.0]


@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0200"])
def test_a_retry_after_can_be_a_date(at_desk: Desk, zone: str) -> None:
    at = datetime.now(UTC) + timedelta(seconds=20)
    text = {
        "GMT": format_datetime(at, usegmt=True),
        "-0000": format_datetime(at.replace(tzinfo=None)),
        "+0200": format_datetime(at + timedelta(hours=2)).replace("+0000", "+0200"),
    }[zone]
    at_desk.fault(Fault.too_many_requests(text))
    at_desk.client.send("GET", "/main_numbers")
    assert at_desk.clock.sleeps == [pytest.approx(20, abs=2)]


@pytest.mark.parametrize("asked", ["3600", "9" * 400])
def test_a_wait_beyond_all_patience_is_not_begun(at_desk: Desk, asked: str) -> None:
    at_desk.fault(Fault.too_many_requests(asked))
    error = failure(lambda: at_desk.client.send("GET", "/main_numbers"))
    assert (error.diagnostic.code, error.status) == ("rate-limited", 429)
    assert at_desk.clock.sleeps == []
    assert len(at_desk.sent) == 1


def test_an_account_that_asks_to_wait_for_no_time_is_not_flooded(at_desk: Desk) -> None:
    at_desk.fault(Fault.too_many_requests(0), times=30)
    at_desk.client.send("GET", "/main_numbers")
    assert at_desk.clock.sleeps == [0.25] * 30


@pytest.mark.parametrize(("asked", "pause"), [(None, 0.25), ("7", 7.0)])
def test_a_503_slows_everybody_down(at_desk: Desk, asked: str | None, pause: float) -> None:
    at_desk.fault(Fault.too_many_requests(asked, 503))
    seen: list[float] = []
    at_desk.fault(Fault(meanwhile=lambda: seen.append(at_desk.clock.now)), at=2)
    before = at_desk.clock.now
    at_desk.client.send("GET", "/main_numbers")
    assert seen == [pytest.approx(before + pause)]


def test_a_503_is_no_failure_while_the_account_answers_others(at_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at_desk.fault(Fault.html(503), times=9)
    throttle: Throttle = at_desk.client._throttle
    sleep = at_desk.clock.sleep

    def answer_another(seconds: float) -> bool:
        throttle.speed_up()
        return sleep(seconds)

    monkeypatch.setattr(at_desk.client, "_sleep", answer_another)
    assert isinstance(at_desk.client.send("GET", "/main_numbers"), Mapping)
    assert len(at_desk.sent) == 10
    at_desk.sandbox.faults.clear()
    at_desk.sandbox.recorder.clear()
    monkeypatch.setattr(at_desk.client, "_sleep", sleep)
    at_desk.fault(Fault.html(503), times=None)
    assert failure(lambda: at_desk.client.send("GET", "/main_numbers")).diagnostic.code == "server-error"
    assert len(at_desk.sent) == 6, "a server that is down answers nobody"


def test_that_a_wait_is_too_long_is_said_only_if_it_is_so(at_desk: Desk) -> None:
    at_desk.fault(Fault.too_many_requests(7), times=2)
    at_desk.client.send("GET", "/main_numbers")
    assert {reason for _, reason in at_desk.waits} == {"the account asked to slow down (429 to GET /main_numbers)"}
    at_desk.fault(Fault.too_many_requests(3600))
    error = failure(lambda: at_desk.client.send("GET", "/main_numbers"))
    assert error.diagnostic.summary == (
        "the account asked to slow down for longer than ringform waits: 3600 more seconds before GET /main_numbers"
    )


def test_a_wait_that_the_account_asks_of_several_at_once_is_said_once(server: Sandbox) -> None:
    throttle, waits = Throttle(3), list[float]()
    held = threading.Barrier(3)
    server.faults.clear()
    server.faults.script(replace(Fault.too_many_requests(1), delay=0.3), times=3)

    def ask() -> None:
        endpoint = Endpoint(server.url, {"X-Api-Key": server.key}, ())
        with Client(endpoint, throttle=throttle, on_wait=lambda seconds, reason: waits.append(seconds)) as client:
            held.wait()
            client.send("GET", "/main_numbers")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert waits == [1.0]


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize(("method", "path", "body"), [("GET", NUMBER, None), *WRITES])
def test_what_can_be_repeated_is_repeated(at_desk: Desk, method: str, path: str, body: Json, status: int) -> None:
    ok = Answer.json(200, {"fine": True})
    at_desk.fault(Fault.error(status), times=3)
    at_desk.fault(Fault(ok), at=4)
    assert at_desk.client.send(method, path, body=body) == {"fine": True}
    assert at_desk.sent == [f"{method} {path}"] * 4
    assert [request.body for request in at_desk.sandbox.requests] == [body] * 4


def test_the_waits_between_repeats_grow_and_are_jittered(at_desk: Desk) -> None:
    at_desk.fault(Fault.error(500), times=5)
    at_desk.client.send("GET", "/main_numbers")
    for wait, longest in zip(at_desk.clock.sleeps, [0.25, 0.5, 1.0, 2.0, 4.0], strict=True):
        assert longest / 2 <= wait <= longest
    assert [seconds for seconds, _ in at_desk.waits] == at_desk.clock.sleeps
    assert all("server failed (500 to GET /main_numbers)" in reason for _, reason in at_desk.waits)


@pytest.mark.parametrize("fault", [Fault.error(500), Fault(drop="before"), Fault(drop="midway")])
def test_patience_ends_after_six_attempts(at_desk: Desk, fault: Fault) -> None:
    at_desk.fault(fault, times=None)
    assert not failure(lambda: at_desk.client.send("GET", "/main_numbers")).is_unclear
    assert len(at_desk.sent) == 6
    at_desk.sandbox.recorder.clear()
    assert failure(lambda: at_desk.client.send("PATCH", NUMBER, body={"name": "New"})).is_unclear
    assert len(at_desk.sent) == 6


@pytest.mark.parametrize(
    "fault",
    [
        Fault.error(500),
        Fault.error(503, effect=True),
        Fault(drop="before"),
        Fault(drop="midway"),
        Fault(drop="after"),
        Fault.truncated(),
        Fault.html(200),
    ],
    ids=["500", "503", "before", "midway", "after", "truncated", "html"],
)
def test_a_post_without_a_clear_answer_is_never_repeated(at_desk: Desk, fault: Fault) -> None:
    account = at_desk.sandbox.account
    before = dict(account.contacts)
    at_desk.fault(fault)
    error = failure(lambda: at_desk.client.send("POST", "/contacts", body=NEW))
    assert error.is_unclear
    assert at_desk.sent == ["POST /contacts"]
    with account.changing():
        account.contacts = before


@pytest.mark.parametrize("drop", ["before", "midway", "after"])
@pytest.mark.parametrize(("method", "path", "body"), [("GET", NUMBER, None), *WRITES[:2]])
def test_a_dropped_connection_is_no_end(at_desk: Desk, method: str, path: str, body: Json, drop: str) -> None:
    fault = {"before": Fault(drop="before"), "midway": Fault(drop="midway"), "after": Fault(drop="after")}[drop]
    at_desk.fault(fault, times=2)
    answer = at_desk.client.send(method, path, body=body)
    assert isinstance(answer, Mapping)
    assert answer["id"] == SALES
    assert at_desk.sent == [f"{method} {path}"] * 3


def test_a_refusal_after_a_lost_answer_leaves_the_request_unclear(at_desk: Desk) -> None:
    """The first attempt may have worked: that the second was refused says nothing of it."""
    at_desk.fault(Fault(drop="after"))
    at_desk.fault(Fault.error(403), at=2)
    error = failure(lambda: at_desk.client.send("PATCH", NUMBER, body={"name": "New"}))
    assert (error.status, error.is_unclear) == (403, True)


def test_an_interrupted_wait_gives_the_request_up(server: Sandbox) -> None:
    server.faults.clear()
    server.recorder.clear()
    server.faults.script(Fault.too_many_requests(1), times=None)
    with Client(Endpoint(server.url, {"X-Api-Key": server.key}, ()), sleep=lambda seconds: True) as client:
        failure(lambda: client.send("GET", "/main_numbers"))
    assert len(server.requests) == 1


def test_an_html_error_page_is_quoted_in_short(at_desk: Desk) -> None:
    at_desk.fault(Fault.html(502), times=None)
    error = failure(lambda: at_desk.client.send("GET", "/main_numbers"))
    assert error.diagnostic.code == "server-error"
    assert error.diagnostic.detail is not None
    assert error.diagnostic.detail.startswith("It begins: <!DOCTYPE html><html>")
    assert len(error.diagnostic.detail) < 400


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.html(200), "text/html"),
        (Fault.content_type("text/plain"), "text/plain"),
        (Fault(Answer(200, {}, b"{}")), "nothing named"),
        (Fault.truncated(), "damaged JSON"),
        (Fault(Answer(200, {"content-type": "application/json"}, b"")), "damaged JSON"),
        (Fault(Answer(200, {"content-type": "application/json"}, b"[" * 100_000)), "damaged JSON"),
        (Fault(Answer(200, {"content-type": "application/json"}, b"1" * 5_000)), "damaged JSON"),
    ],
    ids=["html", "text", "no type", "truncated", "empty", "deep", "long number"],
)
def test_an_answer_that_is_no_json_is_an_error(at_desk: Desk, fault: Fault, kind: str) -> None:
    at_desk.fault(fault)
    error = failure(lambda: at_desk.client.send("GET", "/main_numbers"))
    assert error.diagnostic.code == "bad-answer"
    assert error.diagnostic.summary == f"the answer to GET /main_numbers is not JSON but {kind}"
    at_desk.fault(fault)
    assert failure(lambda: at_desk.client.send("PATCH", NUMBER, body={"name": "New"})).is_unclear


def test_json_of_any_kind_is_json(at_desk: Desk) -> None:
    at_desk.fault(Fault.content_type("application/vnd.phone+json; charset=utf-8"))
    assert isinstance(at_desk.client.send("GET", "/main_numbers"), Mapping)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_a_redirect_is_never_followed(at_desk: Desk, method: str, status: int) -> None:
    with Sandbox() as elsewhere:
        at_desk.fault(Fault.redirect(f"{elsewhere.url}/main_numbers?key=1", status))
        error = failure(lambda: at_desk.client.send(method, "/contacts", body=None if method == "GET" else {}))
        assert elsewhere.requests == []
    assert error.diagnostic.code == "redirected"
    host = elsewhere.url.split("/")[2]
    assert error.diagnostic.summary == f"{method} /contacts was redirected to {host}, and redirects are not followed"
    assert len(at_desk.sent) == 1


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("/login", "redirected"),
        ("//", "redirected"),
        ("", "redirected"),
        ("http://[::1", "unreachable"),
        ("http://[bad]/", "unreachable"),
        ("http://a:b:c/", "unreachable"),
    ],
)
def test_a_redirect_to_nowhere_is_no_traceback(at_desk: Desk, location: str, code: str) -> None:
    at_desk.fault(Fault.redirect(location), times=None)
    assert failure(lambda: at_desk.client.send("GET", "/contacts")).diagnostic.code == code


def test_no_message_holds_the_key(at_desk: Desk) -> None:
    """Not even when the server sends it back, in any of the places that a message quotes."""
    key = at_desk.sandbox.key
    header = {"content-type": "application/json"}
    faults = [
        Fault.error(401, f"{key} is not a key"),
        Fault.invalid({key: [f"is {key}"], "name": [f"not {key}"]}),
        Fault(Answer(403, {"content-type": "text/html"}, f"<p>X-Api-Key: {key}</p>".encode())),
        Fault(Answer(200, {"content-type": "text/html"}, f"<p>X-Api-Key: {key}</p>".encode())),
        Fault(Answer(200, {"content-type": f"text/{key}"}, b"x")),
        Fault(Answer(200, header, f'{{"key": "{key}"'.encode())),
        Fault.redirect(f"https://{key}.example.com/{key}"),
        Fault.redirect(f"https://{key}@example.com/{key}"),
    ]
    for fault in faults:
        at_desk.fault(fault)
        error = failure(lambda: at_desk.client.send("PATCH", NUMBER, body={}))
        assert key not in f"{error} {error.diagnostic} {error.rejected!r} {error.__cause__!r}"
    assert key not in repr(Endpoint("https://x.example", {"X-Api-Key": key}, (key,)))


def test_a_long_prefix_of_the_key_is_hidden_too(at_desk: Desk) -> None:
    key = at_desk.sandbox.key
    for length in range(max(8, (len(key) + 1) // 2), len(key) + 1):
        at_desk.fault(Fault.error(401, f"no such key: {key[:length]}***"))
        error = failure(lambda: at_desk.client.send("PATCH", NUMBER, body={}))
        assert error.diagnostic.detail == "no such key: ******"


def test_a_huge_answer_is_not_read_to_its_end(at_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LARGEST_ANSWER", 2 * 1024 * 1024)
    at_desk.fault(Fault.huge(3))
    error = failure(lambda: at_desk.client.send("GET", "/contacts"))
    assert error.diagnostic.summary == "the answer to GET /contacts is larger than 2 MB, so it was not read"
    at_desk.fault(Fault.huge(1))
    assert at_desk.client.send("GET", "/contacts") == "0" * 1_000_000


def bomb(megabytes: int) -> bytes:
    """A gzipped JSON string of zeros, made without ever holding it unpacked."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = pack.compress(b'"') + pack.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers back, so that one block can stand there many times.
    block = pack.compress(b"0" * 1_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes


def test_a_gzip_bomb_takes_little_memory(at_desk: Desk) -> None:
    packed = bomb(4_000)
    at_desk.fault(Fault(Answer(200, {"content-type": "application/json", "content-encoding": "gzip"}, packed)))
    tracemalloc.start()
    try:
        error = failure(lambda: at_desk.client.send("GET", "/contacts"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.diagnostic.code == "bad-answer"
    assert peak < 30_000_000


def test_damaged_compression_is_a_lost_answer(at_desk: Desk) -> None:
    header = {"content-type": "application/json", "content-encoding": "gzip"}
    at_desk.fault(Fault(Answer(200, header, b"\x1f\x8b nonsense")))
    assert isinstance(at_desk.client.send("GET", "/main_numbers"), Mapping)
    assert len(at_desk.sent) == 2


def test_a_server_that_does_not_answer_in_time_is_asked_again(server: Sandbox) -> None:
    server.faults.clear()
    server.recorder.clear()
    server.faults.script(Fault(delay=0.6))
    with desk(server, Patience(request=0.2)) as opened:
        assert isinstance(opened.client.send("GET", "/main_numbers"), Mapping)
        assert opened.waits[0][1].endswith("no answer within the time limit")
        server.faults.script(Fault(delay=0.6), times=None)
        error = failure(lambda: opened.client.send("POST", "/contacts", body={"phone": "nonsense"}))
    assert (error.diagnostic.code, error.is_unclear) == ("unreachable", True)
    server.faults.clear()


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", b"\x00" * 99]
)
def test_what_is_no_http_is_no_answer(answer: bytes) -> None:
    with (
        raw_server(lambda connection: connection.sendall(answer)) as url,
        Client(Endpoint(url, {}, ()), patience=Patience(1, 2, 0.001, 2)) as client,
    ):
        error = failure(lambda: client.send("GET", "/x"))
    assert error.diagnostic.code == "unreachable"
    assert error.diagnostic.summary.startswith(f"no answer from {url[7:]} to GET /x: ")


ONE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1"
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n"
EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"
STALE = ONE[:-1] + b"9"


@pytest.mark.parametrize("first", [ONE, CHUNKED, EMPTY], ids=["length", "chunked", "empty"])
@pytest.mark.parametrize("more", [STALE, STALE[:40], b"\r\n", b"x"], ids=["an answer", "half of one", "a line", "x"])
def test_bytes_after_an_answer_are_never_the_next_answer(first: bytes, more: bytes) -> None:
    """They end the connection: the next request goes out on a new one, and takes what comes there."""
    connections = 0

    def serve(connection: socket.socket) -> None:
        nonlocal connections
        connections += 1
        connection.sendall(first + more)
        while connection.recv(65_536):
            connection.sendall(ONE)

    with raw_server(serve) as url, Client(Endpoint(url, {}, ())) as client:
        assert client.send("GET", "/a") == (None if first is EMPTY else 1)
        assert client.send("GET", "/b") == (None if first is EMPTY else 1)
    assert connections == 2


class Elsewhere(httpx.SyncByteStream):
    """What httpx has around a stream, with its names changed."""

    def __init__(self, stream: Any) -> None:
        self.inner = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self.inner

    def close(self) -> None:
        self.inner.close()


def test_where_it_cannot_be_seen_what_follows_no_connection_is_used_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("httpx._transports.default.ResponseStream", Elsewhere)
    with raw_server(lambda connection: connection.sendall(ONE + STALE)) as url, Client(Endpoint(url, {}, ())) as client:
        assert [client.send("GET", "/a") for _ in range(3)] == [1, 1, 1]


def test_a_connection_is_kept_for_the_next_request() -> None:
    connections = 0

    def serve(connection: socket.socket) -> None:
        nonlocal connections
        connections += 1
        connection.sendall(ONE)
        while connection.recv(65_536):
            connection.sendall(ONE)

    with raw_server(serve) as url, Client(Endpoint(url, {}, ())) as client:
        assert [client.send("GET", "/a") for _ in range(3)] == [1, 1, 1]
    assert connections == 1


def test_nobody_there_is_clearly_no_effect() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    clock = Clock()
    with Client(Endpoint(f"http://127.0.0.1:{port}", {}, ()), sleep=clock.sleep) as client:
        error = failure(lambda: client.send("POST", "/contacts", body=NEW))
    assert (error.diagnostic.code, error.is_unclear) == ("unreachable", False)
    assert len(clock.sleeps) == 5


def test_plain_http_goes_through_no_proxy(at_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        with desk(at_desk.sandbox) as opened:
            opened.client.send("GET", "/main_numbers")
        assert proxy.requests == []
