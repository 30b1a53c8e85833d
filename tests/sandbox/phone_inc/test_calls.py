from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox


@pytest.fixture(scope="module")
def busy() -> Iterator[httpx.Client]:
    with (
        Sandbox(generated_account(6, 200)) as sandbox,
        httpx.Client(base_url=sandbox.url, headers={"X-Api-Key": sandbox.key}, verify=False) as api,
    ):
        yield api


@pytest.mark.parametrize(
    ("limit", "length"),
    [
        (None, 10),
        ("25", 25),
        ("50", 50),
        ("51", 50),
        ("999999999999", 10),
        ("0", 10),
        ("-1", 10),
        ("ten", 10),
        ("", 10),
    ],
)
def test_the_limit(busy: httpx.Client, limit: str | None, length: int) -> None:
    params = {} if limit is None else {"limit": limit}
    assert len(busy.get("/calls", params=params).json()["calls"]) == length


def test_the_newest_comes_first(busy: httpx.Client) -> None:
    started = [call["started_at"] for call in busy.get("/calls?limit=50").json()["calls"]]
    assert started[0] is None
    assert started[1:] == sorted(started[1:], reverse=True)


def test_filters_combine(busy: httpx.Client) -> None:
    calls = busy.get("/calls?direction=outbound&state=ended&limit=50").json()["calls"]
    assert calls
    assert {(call["direction"], call["state"]) for call in calls} == {("outbound", "ended")}


@pytest.mark.parametrize("query", ["state=sleeping", "state=", "direction=sideways", "phone_number=", "nonsense=1"])
def test_unknown_values_are_ignored(busy: httpx.Client, query: str) -> None:
    plain, filtered = (busy.get(path).json()["calls"] for path in ("/calls", f"/calls?{query}"))
    assert [call["id"] for call in filtered] == [call["id"] for call in plain]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+4520123456", 2),
        ("4520123456", 2),
        ("+45 20 12 34 56", 2),
        ("0045 20 12 34 56", 2),
        ("20 12 34 56", 2),
        ("(408) 555-0199", 1),
        ("0199", 0),
        ("+14155551234", 0),
        ("nobody", 0),
    ],
)
def test_the_remote_side_is_matched(api: httpx.Client, text: str, found: int) -> None:
    calls = api.get("/calls", params={"phone_number": text}).json()["calls"]
    assert len(calls) == found


def test_who_placed_the_call_is_said_of_outbound_ones_alone(busy: httpx.Client) -> None:
    calls = busy.get("/calls?limit=50").json()["calls"]
    for call in calls:
        assert ("initiated_by" in call) == (call["direction"] == "outbound")
        assert busy.get(f"/calls/{call['id']}").json()["from"] == call["from"]


def test_a_recording_has_a_new_address_at_every_request(api: httpx.Client) -> None:
    path = "/calls/0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11"
    assert api.get(path).json()["recording_url"] != api.get(path).json()["recording_url"]


def test_calls_follow_their_number_s_name(api: httpx.Client) -> None:
    api.patch(f"/main_numbers/{SALES}", json={"name": "Hotline"})
    names = {call["main_number_name"] for call in api.get("/calls").json()["calls"]}
    assert names == {"Hotline", "Support"}


def test_a_call_outlives_its_number_and_employees(sandbox: Sandbox, api: httpx.Client) -> None:
    with sandbox.account.changing():
        sandbox.account.main_numbers.clear()
        sandbox.account.employees.clear()
    call = api.get("/calls/0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11").json()
    assert (call["main_number_id"], call["main_number_name"]) == (SALES, None)
    assert call["employees"][0]["name"] is None


def test_an_unknown_call_is_404(api: httpx.Client) -> None:
    response = api.get("/calls/nope")
    assert (response.status_code, response.json()) == (404, {"error": "Call not found"})
