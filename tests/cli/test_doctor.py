"""``ringform doctor``: what is wrong with the key, the way, the permissions or the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from cli.harness import Ringform, golden, golden_json, sandbox_for_all, settings_for
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


@pytest.mark.parametrize(
    "path",
    ["", "/api", "/api/v1/api/v1", "/api/v1/main_numbers", "/api/v2/channels/voice", "/v1"],
    ids=["no-path", "half", "doubled", "request", "other-vendor", "third-vendor"],
)
def test_a_wrong_base_url_is_called_that(ringform: Ringform, sandbox: Sandbox, path: str) -> None:
    """Red before: the account has no such object, plan again."""
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {name: New}}\n')
    base_url = sandbox.url.removesuffix("/api/v1") + path
    doctor = ringform("doctor", PHONE_INC_BASE_URL=base_url)
    plan = ringform("plan", PHONE_INC_BASE_URL=base_url)
    assert (doctor.code, plan.code) == (1, 1)
    for said in (doctor.out, plan.err):
        assert f"error[not-found]: there is no such list at {base_url} (404 to GET /main_numbers)" in said
        assert "hint: check the base URL (the variable that ends in _BASE_URL, if it is set), path and all" in said
        assert "plan again" not in said
    assert len(doctor.out.splitlines()) == 5, "once is enough"


@pytest.mark.parametrize("status", [200, 404])
def test_another_site_that_answers_with_web_pages(ringform: Ringform, sandbox: Sandbox, status: int) -> None:
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {name: New}}\n')
    sandbox.faults.script(Fault.html(status), times=None)
    for ended in (ringform("doctor"), ringform("plan")):
        assert (ended.code, "base URL" in ended.out + ended.err) == (1, True)


def test_a_wrong_address_of_another_vendor(tmp_path: Path) -> None:
    with sandbox_for_all() as running:
        talk = Ringform(tmp_path, running, settings_for(running)["zendesk-talk"])
        ended = talk("doctor", ZENDESK_BASE_URL=running.zendesk_url + "/phone_numbers")
    assert (ended.code, "/phone_numbers (404 to GET /phone_numbers)" in ended.out) == (1, True)
