"""What goes wrong outside ringform: each time one paragraph with a hint and exit code 1, and never a traceback."""

from __future__ import annotations

import os
import threading

import pytest

from cli.harness import KEY, Ended, Ringform, finish, golden
from ringform.sandbox.faults import Fault

MANIFEST = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe}}\n'


def is_one_paragraph_with_a_hint(ended: Ended) -> None:
    assert ended.code == 1
    assert ended.err.startswith("error[")
    assert "\n\n" not in ended.err
    assert ended.err.count("error[") == ended.err.count("= hint: ") == 1


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("missing-key", {"PHONE_INC_API_KEY": ""}),
        ("malformed-key", {"PHONE_INC_API_KEY": f"{KEY} and more"}),
        ("wrong-key", {"PHONE_INC_API_KEY": "phk_wrong"}),
        ("unreachable", {"PHONE_INC_BASE_URL": "http://127.0.0.1:9/api/v1"}),
        ("plain-http", {"PHONE_INC_BASE_URL": "http://app.phone.inc/api/v1"}),
        ("no-url", {"PHONE_INC_BASE_URL": "app.phone.inc"}),
        ("key-in-url", {"PHONE_INC_BASE_URL": f"https://{KEY}@app.phone.inc/api/v1"}),
        ("no-certificates", {"PHONE_INC_BASE_URL": "https://127.0.0.1:9", "SSL_CERT_FILE": "/nowhere.pem"}),
    ],
)
def test_the_environment(ringform: Ringform, name: str, environment: dict[str, str]) -> None:
    ringform.write(MANIFEST)
    ended = ringform("plan", "--timeout", "1", **environment)
    is_one_paragraph_with_a_hint(ended)
    assert "phk_wrong" not in ended.err
    golden(f"error-{name}", ("ringform plan --timeout 1", ended))


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("html", Fault.html(200)),
        ("login-page", Fault.content_type("text/html")),
        ("truncated", Fault.truncated()),
        ("redirect", Fault.redirect("https://elsewhere.example.com/api/v1/main_numbers")),
        ("server-error", Fault.error(500)),
        ("rate-limit", Fault.too_many_requests(3600)),
    ],
)
def test_the_account_s_answer(ringform: Ringform, name: str, fault: Fault) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(fault, path="/main_numbers$", times=None)
    ringform.write(MANIFEST)
    ended = ringform("plan", "--timeout", "1")
    is_one_paragraph_with_a_hint(ended)
    golden(f"error-{name}", ("ringform plan --timeout 1", ended))


def test_the_reader_goes_away(big: Ringform) -> None:
    assert big.sandbox
    entries = "".join(f'  "{contact.phone}": {{note: New}}\n' for contact in big.sandbox.account.contacts.values())
    big.write(f"version: 1\ncontacts:\n{entries}")
    for arguments in ("plan", "plan --format json"):
        ended = big.shell(f'$RINGFORM {arguments} | head -1; exit "${{PIPESTATUS[0]}}"')
        is_one_paragraph_with_a_hint(ended)
        assert len(ended.out.splitlines()) == 1
        golden("error-closed-pipe", ("ringform plan | head -1", Ended(ended.code, "", ended.err)))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has /dev/full")
def test_the_disk_is_full(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    for arguments in ("plan", "export", "--help"):
        is_one_paragraph_with_a_hint(ringform.shell(f"$RINGFORM {arguments} > /dev/full"))
    ended = ringform.shell("$RINGFORM plan > /dev/full")
    golden("error-disk-full", ("ringform plan > /dev/full", ended))
    assert ringform.shell("$RINGFORM plan 2> /dev/full").code == 0


def test_streams_that_are_closed_from_the_start(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    whole = ringform("plan")
    assert ringform.shell("$RINGFORM plan >&-") == Ended(0, "", "")
    assert ringform.shell("$RINGFORM plan 2>&-") == whole
    assert ringform.shell("$RINGFORM plan <&-") == whole


@pytest.mark.parametrize("option", ["--out", "--report"])
def test_a_file_that_cannot_be_written(ringform: Ringform, option: str) -> None:
    ringform.write(MANIFEST)
    target = {"--out": "no/such/folder/plan", "--report": "json=no/such/folder/plan"}[option]
    ended = ringform("plan", option, target)
    is_one_paragraph_with_a_hint(ended)
    assert ended.out == ""
    assert ringform.requests == []
    golden(f"error-unwritable{option[1:]}", (f"ringform plan {option} {target}", ended))


@pytest.mark.parametrize(
    ("option", "target", "example"),
    [("--out", "plans/", "plans/plan.json"), ("--report", "text=plans/", "plans/report.text")],
)
def test_a_folder_in_the_place_of_a_file(ringform: Ringform, option: str, target: str, example: str) -> None:
    ringform.write(MANIFEST)
    ended = ringform("plan", option, target)
    assert (ended.code, ringform.requests) == (64, [])
    assert f"plans is a folder; name a file in it, such as {example}" in ended.err


@pytest.mark.parametrize("command", ["plan", "export", "doctor"])
def test_an_interrupt_while_reading(ringform: Ringform, command: str) -> None:
    has_asked, may_answer = threading.Event(), threading.Event()

    def hold_back() -> None:
        has_asked.set()
        may_answer.wait(60)

    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault(meanwhile=hold_back))
    ringform.write(MANIFEST)
    process = ringform.start(command)
    assert has_asked.wait(60)
    ended = finish(process, interrupt=True)
    may_answer.set()
    assert ended.code == 130
    assert ended.err == "\ninterrupted\n"
