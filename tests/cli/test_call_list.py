"""``ringform calls``: the account's latest calls, and one of them."""

from __future__ import annotations

import json
import re

import pytest
from support.calls import forget_calls, put_call

from cli.harness import Ended, Ringform, golden, golden_json, sandbox_for_all, settings_for
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import ALEX, SALES, SUPPORT

COPENHAGEN = {"TZ": "Europe/Copenhagen"}
ENDED = "0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11"
CALLERS = ("4085550199", "20123456", "20998811")
SAID = ("order", "invoice", "recording.mp3")


def run(ringform: Ringform, *arguments: str) -> tuple[str, Ended]:
    ended = ringform("calls", *arguments, **COPENHAGEN)
    out = re.sub(r"[0-9a-f]{24}", "EACH-TIME-ANOTHER", ended.out)
    return " ".join(["ringform calls", *arguments]), Ended(ended.code, out, ended.err)


def ids(ringform: Ringform, *arguments: str) -> list[str]:
    """The last two characters of the ids of the calls that are listed."""
    ended = ringform("calls", "--format", "json", *arguments)
    assert ended.code == 0, ended.err
    return [call["id"][-2:] for call in json.loads(ended.out)["calls"]]


def test_the_latest_calls_and_one_of_them(ringform: Ringform) -> None:
    steps = [
        run(ringform),
        run(ringform, "--limit", "2", "--show-personal-data"),
        run(ringform, ENDED),
        run(ringform, ENDED, "--show-personal-data"),
        run(ringform, "--state", "recording"),
    ]
    assert {ended.code for _, ended in steps} == {0}
    for arguments, ended in steps:
        if "--show-personal-data" not in arguments:
            assert not any(text in ended.out + ended.err for text in (*CALLERS, *SAID))
    assert max(len(line) for _, ended in steps[:3] for line in ended.out.splitlines()) <= 80
    assert {request.split()[0] for request in ringform.requests} == {"GET"}
    golden("calls", *steps)


def test_calls_for_a_program(ringform: Ringform) -> None:
    listed, shown = run(ringform, "--format", "json")[1], run(ringform, ENDED, "--format", "json")[1]
    assert json.loads(shown.out)["calls"] == [json.loads(listed.out)["calls"][1]]
    assert not any(text in listed.out for text in (*CALLERS, *SAID))
    golden_json("calls", listed)
    golden_json("calls-personal", run(ringform, ENDED, "--format", "json", "--show-personal-data")[1])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["12", "11", "10", "09"]),
        (("--limit", "1"), ["12"]),
        (("--direction", "outbound"), ["10"]),
        (("--state", "ended"), ["11", "10", "09"]),
        (("--state", "ended", "--direction", "inbound", "--limit", "1"), ["11"]),
        # The account's own number, by its name in any case, and in any writing.
        (("--number", "sales"), ["12", "11"]),
        (("--number", "+1 (415) 555-1234", "--state", "bridged"), ["12"]),
        (("--number", "Support", "--limit", "1"), ["10"]),
        # The other party's, with its country code or without.
        (("--number", "+45 20 12 34 56"), ["10", "09"]),
        (("--number", "20123456", "--direction", "inbound"), ["09"]),
        (("--number", "+45 99 99 99 99"), []),
    ],
)
def test_calls_are_filtered(ringform: Ringform, arguments: tuple[str, ...], expected: list[str]) -> None:
    assert ids(ringform, *arguments) == expected


def test_calls_between_two_numbers_of_the_account_belong_to_both(ringform: Ringform) -> None:
    assert ringform.sandbox
    forget_calls(ringform.sandbox.account)
    put_call(ringform.sandbox.account, SALES, caller="+14155555678", direction="outbound", answered_by=ALEX)
    assert len(ids(ringform, "--number", "Sales")) == len(ids(ringform, "--number", "Support")) == 1


def test_the_own_number_is_looked_for_among_all_calls_that_the_account_gives(ringform: Ringform) -> None:
    assert ringform.sandbox
    forget_calls(ringform.sandbox.account)
    put_call(ringform.sandbox.account, SUPPORT, started_at="2026-11-20T10:00:00Z")
    for minute in range(49):
        put_call(ringform.sandbox.account, SALES, started_at=f"2026-11-20T11:{minute:02}:00Z")
    ended = ringform("calls", "--number", "Support")
    assert (ended.code, len(ended.out.splitlines())) == (0, 2)
    assert ended.err == "\nFound among the account's last 50 calls.\n"
    assert ringform.requests == ["GET /main_numbers", "GET /calls"]


def test_what_cannot_be_listed_or_shown(ringform: Ringform) -> None:
    steps = [
        run(ringform, "--number", "Sals"),
        run(ringform, "--state", "brigded"),
        run(ringform, "--state", "gone"),
        run(ringform, "0193f4ba-1234-7c00-9e3d-2b2b8a7f1c99"),
        run(ringform, "../main_numbers"),
    ]
    assert {ended.code for _, ended in steps} == {1}
    assert "GET /main_numbers/" not in ringform.requests
    usage = [run(ringform, ENDED, "--state", "ended"), run(ringform, "--limit", "0")]
    assert {ended.code for _, ended in usage} == {64}
    golden("calls-not-shown", *steps, *usage)


def test_only_some_vendors_show_calls(ringform: Ringform) -> None:
    with sandbox_for_all() as sandbox:
        ringform.environment |= settings_for(sandbox)["phone.inc"] | settings_for(sandbox)["oneinbox"]
        assert len(ids(ringform)) == 4, "that of Phone.inc, though there is a key for OneInbox too"
        ended = ringform("calls", "--provider", "oneinbox")
    assert (ended.code, "oneinbox does not show an account's calls" in ended.err) == (1, True)


@pytest.mark.parametrize("arguments", [(), (ENDED,)], ids=["list", "one"])
def test_an_account_that_does_not_show_them(ringform: Ringform, arguments: tuple[str, ...]) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault.error(403), times=None)
    ended = ringform("calls", *arguments)
    assert (ended.code, "this key may not read the account's calls" in ended.err) == (1, True)


def test_what_callers_say_and_are_called_cannot_steer_a_terminal(ringform: Ringform) -> None:
    assert ringform.sandbox
    hostile = "\x1b[31m\u202e\n##vso[x]"
    entry = {
        "id": "x", "direction": "inbound", "state": hostile, "from": f"sip:{hostile}", "main_number": f"+{hostile}",
        "main_number_name": hostile * 9, "employees": [{"name": hostile * 9}], "summary": hostile,
        "transcription": hostile, "recording_url": hostile, "started_at": "0001-01-01T00:00:00Z",
    }  # fmt: skip
    ringform.sandbox.faults.script(Fault(answer=Answer.json(200, {"calls": [entry]})), times=1)
    ringform.sandbox.faults.script(Fault(answer=Answer.json(200, entry)), times=1)
    for arguments in (("--show-personal-data",), ("x", "--show-personal-data")):
        ended = ringform("calls", *arguments, TZ="America/New_York")
        assert ended.code == 0, ended.err
        assert not any(bad in ended.out for bad in ("\x1b", "\u202e", "##vso"))


def test_another_call_than_was_asked_for_is_a_bad_answer(ringform: Ringform) -> None:
    assert ringform.sandbox
    entry = {"id": "y", "direction": "inbound", "state": "ended"}
    ringform.sandbox.faults.script(Fault(answer=Answer.json(200, entry)))
    ended = ringform("calls", "x")
    assert (ended.code, "it describes another object than the one that was asked for" in ended.err) == (1, True)
