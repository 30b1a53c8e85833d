from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from ringform.sandbox.gate import KEPT_REQUESTS, LARGEST_BODY, RecordedRequest
from ringform.sandbox.phone_inc.app import SANDBOX_KEY
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox, SandboxError, serve

from .conftest import client


def test_it_can_be_started_again_and_again() -> None:
    for _ in range(5):
        with Sandbox() as sandbox, client(sandbox) as api:
            assert api.get("/main_numbers").status_code == 200


def test_it_stops_at_once_though_a_request_is_under_way(sandbox: Sandbox) -> None:
    from ringform.sandbox.faults import Fault

    outcome: list[str] = []

    def ask() -> None:
        try:
            with client(slow) as api:
                api.get("/main_numbers")
        except httpx.HTTPError as error:
            outcome.append(type(error).__name__)

    with Sandbox() as slow:
        slow.faults.script(Fault(delay=300))
        asker = threading.Thread(target=ask)
        asker.start()
        while slow.faults.pending:
            time.sleep(0.01)
        started = time.monotonic()
    asker.join(60)
    assert time.monotonic() - started < 30
    assert outcome in (["RemoteProtocolError"], ["ReadError"])


def test_a_port_in_use_is_a_clear_error(sandbox: Sandbox) -> None:
    port = httpx.URL(sandbox.url).port
    assert port is not None
    with pytest.raises(SandboxError, match=f"127.0.0.1 port {port}: Address already in use"), Sandbox(port=port):
        pass


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 0)])
def test_an_impossible_address_is_a_clear_error(host: str, port: int) -> None:
    with pytest.raises(SandboxError, match="cannot listen"), Sandbox(host=host, port=port):
        pass


def test_it_listens_on_loopback_alone(sandbox: Sandbox) -> None:
    assert sandbox.url.startswith("http://127.0.0.1:")
    assert sandbox.url.endswith("/api/v1")


def test_a_given_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with Sandbox(port=port) as sandbox, client(sandbox) as api:
        assert sandbox.url == f"http://127.0.0.1:{port}/api/v1"
        assert api.get("/employees").status_code == 200


def test_requests_are_recorded(sandbox: Sandbox, api: httpx.Client) -> None:
    before = time.monotonic()
    api.get("/calls?limit=5&state=")
    api.patch(f"/main_numbers/{SALES}", json={"name": "ø"})
    api.post("/contacts", content=b"{no", headers={"Content-Type": "application/json"})
    first, second, third = sandbox.requests
    assert first == RecordedRequest("GET", "/api/v1/calls", {"limit": "5", "state": ""}, None, 200, first.time)
    assert (second.method, second.body, second.status) == ("PATCH", {"name": "ø"}, 422)
    assert (third.body, third.status) == ("{no", 400)
    assert before < first.time < second.time < third.time
    sandbox.recorder.clear()
    assert sandbox.requests == []


def test_the_record_is_bounded(sandbox: Sandbox) -> None:
    request = RecordedRequest("GET", "/", {}, None, 200, 0.0)
    for _ in range(KEPT_REQUESTS + 5):
        sandbox.recorder.add(request)
    assert len(sandbox.requests) == KEPT_REQUESTS


def test_parallel_writes_do_not_lose_each_other(sandbox: Sandbox) -> None:
    def create(number: int) -> list[int]:
        with client(sandbox) as api:
            return [
                # Every number is sent by two threads, and one of them must win.
                api.post("/contacts", json={"phone": f"+45{20_000_000 + (number // 2) * 100 + step}"}).status_code
                for step in range(10)
            ]

    with ThreadPoolExecutor(8) as pool:
        statuses = [status for result in pool.map(create, range(8)) for status in result]
    assert sorted(statuses) == [201] * 40 + [422] * 40
    assert len(sandbox.account.contacts) == 41


def test_answers_are_not_held_back(api: httpx.Client) -> None:
    """With Nagle's algorithm every answer took 40 ms. The best of many is looked at: a busy machine holds some back."""
    times = []
    for _ in range(50):
        started = time.monotonic()
        api.get("/main_numbers")
        times.append(time.monotonic() - started)
    assert min(times) < 0.03


def test_a_long_list_is_rendered_once() -> None:
    with Sandbox(generated_account(1, 5_000)) as sandbox, client(sandbox) as api:
        assert len(api.get("/contacts").json()) == 5_000
        with sandbox.account.lock:
            first = sandbox.account.contacts_json
        api.get("/contacts")
        assert sandbox.account.contacts_json is first
        api.post("/contacts", json={"phone": "+4511223344"})
        assert len(api.get("/contacts").json()) == 5_001


SERVE = """
import sys
from pathlib import Path
from ringform.sandbox.server import serve
serve(state=Path(sys.argv[1]), numbers=3, on_ready=lambda sandbox: print(sandbox.url, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "127.1.2.3", "[::1]:80"])
def test_this_machine_s_own_names_are_answered(api: httpx.Client, host: str) -> None:
    assert api.get("/employees", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["", "evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil"])
def test_a_name_that_is_pointed_at_this_machine_is_refused(sandbox: Sandbox, api: httpx.Client, host: str) -> None:
    response = api.post("/contacts", headers={"Host": host}, json={"phone": "+4511223344"})
    assert response.status_code == 421
    assert "this machine's own addresses" in response.json()["error"]
    assert "+4511223344" not in {contact.phone for contact in sandbox.account.contacts.values()}


def test_a_body_without_end_is_refused(api: httpx.Client) -> None:
    endless = (b" " * 65536 for _ in range(LARGEST_BODY // 65536 + 1))
    assert api.post("/contacts", content=endless).status_code == 413


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_ends_cleanly_with_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path / "account.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        response = httpx.get(f"{url}/main_numbers", headers={"X-Api-Key": SANDBOX_KEY}, verify=False)
        assert len(response.json()["main_numbers"]) == 3
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, out, err) == (0, "ended\n", "")


def test_serving_gives_the_signals_back() -> None:
    def ready(sandbox: Sandbox) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    serve(on_ready=ready)
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_serving_on_a_port_in_use_is_a_clear_error(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="Address already in use"):
        serve(port=httpx.URL(sandbox.url).port or 0, on_ready=print)
