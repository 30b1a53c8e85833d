"""Proxies: what the environment may name, the ways in which they fail, and that they work."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.raw_server import raw_port
from support.relay import pump

from ringform.execution import http, proxy
from ringform.execution.http import Client, Patience
from ringform.model.api_error import ApiError
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.providers.protocol import Endpoint

PATIENCE = Patience(request=5, total=10, first_backoff=0.001, attempts=2)
VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*VARIABLES, "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)
    http._certificates.cache_clear()
    yield
    http._certificates.cache_clear()


def failure(url: str = "https://phone.example/api") -> Diagnostic:
    """What is said of a write that cannot be made: in every case it certainly had no effect."""
    with pytest.raises(RingformError) as caught, Client(Endpoint(url, {}, ()), patience=PATIENCE) as client:
        client.send("POST", "/x", body="x")
    assert not isinstance(caught.value, ApiError) or not (caught.value.is_unclear or caught.value.was_sent)
    return caught.value.diagnostics[0]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize(
    "value",
    [
        "socks5://",
        "socks4://127.0.0.1:1",
        "ftp://127.0.0.1:1",
        "://",
        "http://",
        "http://[::1",
        "http://[v1.x]:1",
        "http://127.0.0.1:port",
        "http://127.0.0.1:99999",
        "http://ÿ.example:1",
        "http://a b:1",
        "http://a\x00b:1",
    ],
)
def test_a_proxy_that_cannot_be_is_refused_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setattr(proxy, "getproxies", lambda: {variable.lower().removesuffix("_proxy"): value})
    monkeypatch.setenv(variable, value.replace("\x00", ""))
    found = failure()
    assert found.code == "bad-proxy"
    assert found.summary.startswith(f"{variable} ")


def test_a_password_in_a_proxy_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("http://me:hunter2@127.0.0.1:1", "ftp://me:hunter2@127.0.0.1:1", "http://me:hunter2@127.0.0.1:x"):
        monkeypatch.setenv("HTTPS_PROXY", value)
        assert "hunter2" not in str(failure())


def test_socks_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "find_spec", lambda name: None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    found = failure()
    assert found.code == "bad-proxy"
    assert "pip install 'ringform[socks]'" in str(found.hint)


@pytest.mark.parametrize("value", ["[::1]", "é", "é.example,[::1]:1", "*.example.com", ",,", "10.0.0.0/8"])
def test_what_stands_in_no_proxy_never_fails(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", value)
    assert failure().code == "proxy-unreachable"


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize("scheme", ["http", "https", "socks5", "socks5h"])
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
def test_a_proxy_that_is_dead_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, scheme: str) -> None:
    port = closed_port()
    monkeypatch.setenv(variable, f"{scheme}://127.0.0.1:{port}")
    found = failure()
    assert found.code == "proxy-unreachable"
    url = f"{scheme.rstrip('h') if scheme == 'socks5h' else scheme}://127.0.0.1:{port}"
    assert f"the proxy {url}, which {variable} names: no connection (" in found.summary
    assert found.hint == f"correct {variable} or unset it, or name phone.example in NO_PROXY"


@pytest.mark.parametrize(
    ("scheme", "answer", "reason"),
    [
        (
            "http",
            b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            "it answered 407 Proxy Authentication Required",
        ),
        ("http", b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nno!", "it answered 502 Bad Gateway"),
        ("http", b"nonsense\r\n\r\n", ""),
        ("http", b"", ""),
        ("socks5", b"\x05\xff", ""),
        ("socks5", b"\x04\x01", ""),
        ("socks5", b"", ""),
    ],
)
def test_a_proxy_that_refuses_is_named(
    monkeypatch: pytest.MonkeyPatch, scheme: str, answer: bytes, reason: str
) -> None:
    with raw_port(lambda connection: connection.sendall(answer)) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://127.0.0.1:{port}")
        found = failure()
    assert found.code == "proxy-unreachable", found
    assert f"which HTTPS_PROXY names: {reason}" in found.summary


def tunnel(port: int, seen: list[bytes], *answers: bytes) -> Callable[[socket.socket], None]:
    """Answer a proxy's client step by step, then connect it to the port."""

    def serve(connection: socket.socket) -> None:
        for answer in answers:
            seen.append(connection.recv(65_536))
            connection.sendall(answer)
        there = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=pump, args=(there, connection), daemon=True).start()
        pump(connection, there)

    return serve


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and its key for phone.example, signed by nobody but itself."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=phone.example"),
            *("-addext", "subjectAltName=DNS:phone.example", "-keyout", f"{path}.key", "-out", f"{path}.crt"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_text(Path(f"{path}.key").read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def tls_port(certificate: Path) -> Iterator[int]:
    """A server that speaks TLS as phone.example, and answers every request with 1."""
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(65_536)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")

    with raw_port(serve, reads=False) as port:
        yield port


SOCKS = (b"\x05\x02", b"\x01\x00", b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x01")
CONNECT = (b"HTTP/1.1 200 Connection established\r\n\r\n",)


@pytest.mark.parametrize(
    ("value", "answers", "sent"),
    [
        ("http://me:a%40b@127.0.0.1:{}", CONNECT, b"CONNECT phone.example:443 HTTP/1.1"),
        ("127.0.0.1:{}", CONNECT, b"CONNECT phone.example:443 HTTP/1.1"),
        ("socks5://me:secret@127.0.0.1:{}", SOCKS, b"\x01\x02me\x06secret"),
        ("socks5h://me:secret@127.0.0.1:{}", SOCKS, b"phone.example"),
    ],
)
def test_a_proxy_works(
    monkeypatch: pytest.MonkeyPatch,
    tls_port: int,
    certificate: Path,
    value: str,
    answers: tuple[bytes, ...],
    sent: bytes,
) -> None:
    seen: list[bytes] = []
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    with raw_port(tunnel(tls_port, seen, *answers), reads=False) as port:
        monkeypatch.setenv("HTTPS_PROXY", value.format(port))
        with Client(Endpoint("https://phone.example/api", {}, ()), patience=PATIENCE) as client:
            assert client.send("GET", "/x") == 1
    assert sent in b"".join(seen)
    if "a%40b" in value:
        assert b"Proxy-Authorization: Basic bWU6YUBi" in seen[0]


def test_a_certificate_that_is_not_trusted_names_the_variable_for_it(
    monkeypatch: pytest.MonkeyPatch, tls_port: int
) -> None:
    with raw_port(tunnel(tls_port, [], *CONNECT), reads=False) as port:
        for proxied in (True, False):
            monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{port}" if proxied else "")
            found = failure("https://phone.example" if proxied else f"https://127.0.0.1:{tls_port}")
            assert found.code == "unreachable", found.summary
            assert "its certificate is not trusted (" in found.summary
            assert "SSL_CERT_FILE" in str(found.hint)


def test_a_key_log_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "nowhere" / "keys"))
    found = failure()
    assert (found.code, found.summary.split()[0]) == ("bad-key-log", "SSLKEYLOGFILE")


@pytest.mark.parametrize("value", ["/nowhere", "/tmp", "/etc/hostname"])
def test_certificates_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", value)
    found = failure()
    assert found.code == "no-certificates"
    assert "SSL_CERT_FILE" in str(found.hint)
