"""``ringform doctor``: what is wrong with the key, the way, the permissions or the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from cli.harness import Ringform, golden, golden_json
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.server import Sandbox


def answered_at(moment: datetime) -> Fault:
    """The vendor's own answer with the hour at which it is sent."""

    def dated(answer: Answer) -> Answer:
        return replace(answer, headers={**answer.headers, "date": format_datetime(moment, usegmt=True)})

    return Fault(dated)


def test_a_healthy_account(ringform: Ringform, sandbox: Sandbox) -> None:
    sandbox.faults.script(answered_at(datetime.now(UTC)), times=None)
    text, as_json = ringform("doctor"), ringform("doctor", "--format", "json")
    assert (text.code, as_json.code) == (0, 0)
    assert ringform.writes == []
    golden("doctor-healthy", ("ringform doctor", text))
    golden_json("doctor-healthy", as_json)


def test_a_wrong_key(ringform: Ringform) -> None:
    text = ringform("doctor", PHONE_INC_API_KEY="phk_wrong")
    as_json = ringform("doctor", "--format", "json", PHONE_INC_API_KEY="phk_wrong")
    assert (text.code, as_json.code) == (1, 1)
    assert "phk_wrong" not in text.out + text.err + as_json.out + as_json.err
    golden("doctor-wrong-key", ("ringform doctor", text))
    golden_json("doctor-wrong-key", as_json)


def test_employees_may_be_hidden(ringform: Ringform, sandbox: Sandbox) -> None:
    sandbox.faults.script(Fault.error(403, "Forbidden"), path="/employees", times=None)
    ended = ringform("doctor")
    assert ended.code == 0
    golden("doctor-employees-forbidden", ("ringform doctor", ended))


@pytest.mark.parametrize(("hours", "name"), [(-3, "ahead"), (3, "behind")])
def test_a_wrong_clock(ringform: Ringform, sandbox: Sandbox, hours: int, name: str) -> None:
    sandbox.faults.script(answered_at(datetime.now(UTC) + timedelta(hours=hours)), times=None)
    ended = ringform("doctor")
    assert ended.code == 0
    golden(f"doctor-clock-{name}", ("ringform doctor", ended))


def test_nobody_there(ringform: Ringform) -> None:
    ended = ringform("doctor", "--timeout", "1", PHONE_INC_BASE_URL="http://127.0.0.1:9/api/v1")
    assert ended.code == 1
    golden("doctor-unreachable", ("ringform doctor --timeout 1", ended))
