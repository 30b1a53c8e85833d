"""``ringform sandbox`` as a person runs it: started, used, ended with Ctrl-C."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from cli.harness import Ended, Ringform, finish, golden, kill
from ringform.sandbox.phone_inc.app import SANDBOX_KEY


@contextmanager
def running(ringform: Ringform, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], str, str]]:
    """A sandbox's process, its base URL, and what it said so far."""
    process = ringform.start("sandbox", "--port", "0", *arguments)
    try:
        assert process.stdout
        said = "".join(process.stdout.readline().decode() for _ in range(10))
        assert "export PHONE_INC_BASE_URL=" in said, said
        yield process, said.split("BASE_URL=")[1].split()[0], said
    finally:
        kill(process)


def test_it_says_how_to_use_it_and_ends_with_ctrl_c(offline: Ringform) -> None:
    with running(offline) as (process, url, said):
        exported = offline("export", PHONE_INC_BASE_URL=url, PHONE_INC_API_KEY=SANDBOX_KEY)
        assert (exported.code, exported.err) == (0, "")
        assert '"+14155551234":' in exported.out
        ended = finish(process, interrupt=True)
    golden("sandbox", ("ringform sandbox --port 0", Ended(ended.code, said + ended.out, ended.err)))
    assert ended.code == 0


def test_the_state_file_outlives_a_restart(offline: Ringform) -> None:
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Renamed}}\n')
    for expected in ("Plan: 1 to update", "No changes"):
        with running(offline, "--state", "state.json") as (process, url, _):
            environment = {"PHONE_INC_BASE_URL": url, "PHONE_INC_API_KEY": SANDBOX_KEY}
            applied = offline("apply", "--yes", **environment)
            assert applied.code == 0
            assert expected in applied.out
            process.send_signal(signal.SIGTERM)
            assert finish(process).code == 0
    assert json.loads((offline.folder / "state.json").read_text("utf-8"))["format"] == "ringform-sandbox/1"


def test_size_and_faults_are_options(offline: Ringform) -> None:
    options = ("--numbers", "7", "--contacts", "3", "--rate-limit", "2", "--latency-ms", "1")
    with running(offline, *options) as (process, url, _), httpx.Client(base_url=url, verify=False) as api:
        api.headers["X-Api-Key"] = SANDBOX_KEY
        answers = [api.get(path) for path in ("/main_numbers", "/contacts", "/contacts", "/contacts")]
        assert (len(answers[0].json()["main_numbers"]), len(answers[1].json())) == (7, 3)
        assert 429 in [answer.status_code for answer in answers]
        assert finish(process, interrupt=True).code == 0


def test_every_vendor_has_as_many_numbers_as_are_asked_for(offline: Ringform) -> None:
    with running(offline, "--numbers", "5", "--state", "state.json") as (process, _, _):
        assert finish(process, interrupt=True).code == 0
    state = json.loads((offline.folder / "state.json").read_text("utf-8"))
    assert len(state["phone_inc"]["main_numbers"]) == 5
    assert len(state["zendesk_talk"]["phone_numbers"]) == 5
    assert len(state["oneinbox"]["phone_numbers"]) == 5


@pytest.mark.parametrize(
    ("name", "content"),
    [("damaged", '{"format": "ringform-sandbox/1", '), ("report", '{"format": "other"}'), ("unsound", None)],
)
def test_a_state_file_that_is_none(offline: Ringform, name: str, content: str | None) -> None:
    unsound = {"format": "ringform-sandbox/1", "phone_inc": {"counters": {}, "employees": []}}
    path = offline.write(content or json.dumps(unsound), f"{name}.json")
    before = path.read_bytes()
    ended = offline("sandbox", "--port", "0", "--state", f"{name}.json")
    assert ended.code == 1
    assert path.read_bytes() == before
    golden(f"sandbox-state-{name}", (f"ringform sandbox --port 0 --state {name}.json", ended))


def test_a_port_that_is_taken(offline: Ringform) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = offline("sandbox", "--port", str(port))
    assert ended.code == 1
    assert ended.err == (
        f"error[sandbox-failed]: The sandbox cannot listen on 127.0.0.1 port {port}: Address already in use.\n"
        "  = hint: choose another --port, or --port 0 for a free one\n"
    )


def test_more_than_it_can_hold(offline: Ringform) -> None:
    ended = offline("sandbox", "--numbers", "5001")
    assert ended.code == 64
    golden("sandbox-too-many", ("ringform sandbox --numbers 5001", ended))
