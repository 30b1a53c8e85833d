"""What holds for every vendor: faults, the record of requests, and the one state file."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from ringform.sandbox.faults import Answer, Fault, Faults
from ringform.sandbox.oneinbox.account import Account as OneInboxAccount
from ringform.sandbox.oneinbox.example import FRONT_DESK
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.server import Sandbox
from ringform.sandbox.store import StateError
from ringform.sandbox.zendesk_talk.account import Account as ZendeskAccount

from .conftest import client, inbox_client, talk_client


@dataclass
class Vendor:
    """How a number is renamed, and what its name is."""

    open: Callable[[Sandbox], httpx.Client]
    method: str
    path: str
    body: Callable[[str], dict[str, Any]]
    name: Callable[[Sandbox], str | None]

    def rename(self, api: httpx.Client, name: str = "New") -> httpx.Response:
        return api.request(self.method, self.path, json=self.body(name))


VENDORS = {
    "phone_inc": Vendor(
        client,
        "PATCH",
        f"/main_numbers/{SALES}",
        lambda name: {"name": name},
        lambda sandbox: sandbox.account.main_number(SALES).name,
    ),
    "zendesk_talk": Vendor(
        talk_client,
        "PUT",
        "/phone_numbers/6",
        lambda name: {"phone_number": {"nickname": name}},
        lambda sandbox: sandbox.zendesk.phone_number(6).nickname,
    ),
    "oneinbox": Vendor(
        inbox_client,
        "PATCH",
        f"/phone-numbers/{FRONT_DESK}",
        lambda name: {"friendly_name": name},
        lambda sandbox: sandbox.oneinbox.phone_number(FRONT_DESK).friendly_name,
    ),
}


@pytest.fixture(params=VENDORS)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    return VENDORS[request.param]


@pytest.fixture
def its_api(vendor: Vendor, sandbox: Sandbox) -> Iterator[httpx.Client]:
    with vendor.open(sandbox) as opened:
        yield opened


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.parametrize("effect", [True, False])
def test_a_server_error_before_or_after_the_effect(
    vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client, status: int, *, effect: bool
) -> None:
    sandbox.faults.script(Fault.error(status, effect=effect))
    assert vendor.rename(its_api).status_code == status
    assert (vendor.name(sandbox) == "New") == effect
    assert vendor.rename(its_api).status_code == 200


@pytest.mark.parametrize(("drop", "effect"), [("before", False), ("midway", True), ("after", True)])
def test_a_dropped_connection(vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client, drop: Any, effect: bool) -> None:
    sandbox.faults.script(Fault(drop=drop))
    with pytest.raises(httpx.RemoteProtocolError):
        vendor.rename(its_api)
    assert (vendor.name(sandbox) == "New") == effect


def test_too_many_requests_say_how_long_to_wait(vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client) -> None:
    sandbox.faults.script(Fault.too_many_requests(7))
    response = vendor.rename(its_api)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert vendor.name(sandbox) != "New"


def test_the_server_stores_something_else(vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client) -> None:
    sandbox.faults.script(Fault(stores=lambda _: vendor.body("Other")))
    assert vendor.rename(its_api).status_code == 200
    assert vendor.name(sandbox) == "Other"


def test_a_ready_answer_of_any_shape(vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client) -> None:
    sandbox.faults.script(Fault(Answer.json(422, {"detail": []})))
    assert vendor.rename(its_api).json() == {"detail": []}


def test_a_fault_can_be_for_one_vendor(sandbox: Sandbox) -> None:
    sandbox.faults.script(Fault.error(500), path="^/api/v2/channels/voice/", times=None)
    statuses = {}
    for name, one in VENDORS.items():
        with one.open(sandbox) as api:
            statuses[name] = one.rename(api).status_code
    assert statuses == {"phone_inc": 200, "zendesk_talk": 500, "oneinbox": 200}


def test_latency_holds_for_every_vendor(vendor: Vendor) -> None:
    with Sandbox(faults=Faults(latency_ms=120)) as sandbox, vendor.open(sandbox) as api:
        started = time.monotonic()
        assert vendor.rename(api).status_code == 200
        assert time.monotonic() - started >= 0.12


def test_the_rate_limit_is_one_for_all() -> None:
    with Sandbox(faults=Faults(rate_limit=2)) as sandbox:
        statuses = []
        for vendor in VENDORS.values():
            with vendor.open(sandbox) as api:
                statuses.append(vendor.rename(api).status_code)
    assert statuses == [200, 200, 429]


def test_requests_are_recorded(vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client) -> None:
    vendor.rename(its_api)
    (recorded,) = sandbox.requests
    assert (recorded.method, recorded.body, recorded.status) == (vendor.method, vendor.body("New"), 200)
    assert httpx.URL(its_api.base_url).path.rstrip("/") + vendor.path == recorded.path


def test_one_vendor_s_key_is_no_other_s(vendor: Vendor, sandbox: Sandbox, its_api: httpx.Client) -> None:
    for other in VENDORS.values():
        if other is not vendor:
            with other.open(sandbox) as api:
                url = api.base_url.join(other.path.lstrip("/"))
            credentials = its_api.build_request("GET", url).headers
            kept = {name: credentials[name] for name in ("authorization", "x-api-key") if name in credentials}
            auth = its_api.auth if kept == {} else None
            with httpx.Client(verify=False) as stranger:
                assert stranger.get(url, headers=kept, auth=auth).status_code == 401


def test_every_vendor_s_write_is_kept_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with Sandbox(state=path) as sandbox:
        for vendor in VENDORS.values():
            with vendor.open(sandbox) as api:
                assert vendor.rename(api).status_code == 200
        with talk_client(sandbox) as talk:
            offer = talk.get("/phone_numbers/search?country=US&area_code=510").json()["phone_numbers"][0]
            assert talk.post("/phone_numbers", json={"phone_number": {"token": offer["token"]}}).status_code == 200
    assert list(json.loads(path.read_text("utf-8"))) == ["format", "phone_inc", "zendesk_talk", "oneinbox"]
    with Sandbox(state=path) as again:
        assert [vendor.name(again) for vendor in VENDORS.values()] == ["New"] * 3
        assert again.zendesk.to_state() == sandbox.zendesk.to_state()
        assert again.oneinbox.to_state() == sandbox.oneinbox.to_state()
        with talk_client(again) as talk:
            assert talk.get("/phone_numbers/8").status_code == 200
            body = {"phone_number": {"token": offer["token"]}}
            assert talk.post("/phone_numbers", json=body).status_code == 422
            settings = {"settings": {"overflow_number": {"number": "+1", "list": [1]}}}
            assert talk.put("/phone_numbers/8?include=settings", json={"phone_number": settings}).status_code == 200
    with Sandbox(state=path) as third:
        assert third.zendesk.phone_number(8).settings.overflow_number == {"number": "+1", "list": [1]}


def test_a_file_from_before_the_other_vendors_still_works(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with Sandbox(state=path) as sandbox:
        sandbox.account.edit_main_number(SALES, name="Kept")
    document = json.loads(path.read_text("utf-8"))
    del document["zendesk_talk"], document["oneinbox"]
    path.write_text(json.dumps(document), "utf-8")
    with Sandbox(state=path) as again:
        assert again.account.main_number(SALES).name == "Kept"
        assert list(again.zendesk.phone_numbers) == [6, 7]
        assert FRONT_DESK in again.oneinbox.phone_numbers
    assert list(json.loads(path.read_text("utf-8"))) == ["format", "phone_inc", "zendesk_talk", "oneinbox"]


@pytest.mark.parametrize(
    ("section", "content", "message"),
    [
        ("zendesk_talk", 5, "holds no sound account: the section zendesk_talk"),
        ("zendesk_talk", {**ZendeskAccount().to_state(), "groups": [{"id": "1", "name": "x"}]}, "groups.0.id"),
        ("oneinbox", {}, "phone_numbers: Field required"),
    ],
)
def test_an_unsound_section_is_a_clear_error_and_left_alone(
    tmp_path: Path, section: str, content: object, message: str
) -> None:
    path = tmp_path / "state.json"
    with Sandbox(state=path):
        pass
    text = json.dumps(json.loads(path.read_text("utf-8")) | {section: content})
    path.write_text(text, "utf-8")
    with pytest.raises(StateError, match=message):
        Sandbox(state=path)
    assert path.read_text("utf-8") == text


def test_given_accounts_are_served_and_an_empty_one_is_no_example() -> None:
    with Sandbox(zendesk=ZendeskAccount(), oneinbox=OneInboxAccount()) as sandbox:
        with talk_client(sandbox) as talk:
            assert talk.get("/phone_numbers").json()["count"] == 0
        with inbox_client(sandbox) as inbox:
            assert inbox.get(f"/phone-numbers/{FRONT_DESK}").status_code == 404


def test_two_vendors_saved_at_once_do_not_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with Sandbox(state=path) as sandbox:

        def edit(change: Callable[[str], None]) -> None:
            for number in range(40):
                change(f"N{number}")

        edits: list[Callable[[str], None]] = [
            lambda name: sandbox.account.edit_main_number(SALES, name=name),
            lambda name: sandbox.zendesk.edit_phone_number(6, nickname=name),
            lambda name: sandbox.oneinbox.edit_phone_number(FRONT_DESK, friendly_name=name),
        ]
        threads = [threading.Thread(target=edit, args=(change,), daemon=True) for change in edits]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert not any(thread.is_alive() for thread in threads)
    with Sandbox(state=path) as again:
        assert [vendor.name(again) for vendor in VENDORS.values()] == ["N39"] * 3
