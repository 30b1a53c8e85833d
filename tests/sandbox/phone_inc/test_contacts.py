from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import httpx
import pytest

from ringform.sandbox.server import Sandbox


def test_the_newest_comes_first_even_within_a_second(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.account.clock = lambda: datetime(2026, 6, 11, 9, 0, 0, tzinfo=UTC)
    for number in range(3):
        assert api.post("/contacts", json={"phone": f"+452000000{number}"}).status_code == 201
    phones = [contact["phone"] for contact in api.get("/contacts").json()]
    assert phones == ["+4520000002", "+4520000001", "+4520000000", "+4520123456"]


@pytest.mark.parametrize(
    "text", ["+45 20 12 34 56", "+4520123456", "4520123456", "(+45) 20.12-34/56", "tel:+4520123456"]
)
def test_a_number_is_normalised(api: httpx.Client, text: str) -> None:
    found = api.get("/contacts", params={"phone": text}).json()
    assert [contact["name"] for contact in found] == ["Niklas Stephenson"]
    contact_id = found[0]["id"]
    assert api.delete(f"/contacts/{contact_id}").status_code == 204
    assert api.post("/contacts", json={"phone": text}).json()["phone"] == "+4520123456"


@pytest.mark.parametrize("text", ["", "abc", "0045 20 12 34 56", "20 12", "+4520123457", "٤٥٢٠١٢٣٤٥٦"])
def test_a_filter_that_finds_nothing_gives_an_empty_list(api: httpx.Client, text: str) -> None:
    response = api.get("/contacts", params={"phone": text})
    assert (response.status_code, response.json()) == (200, [])


def test_a_plus_in_the_query_may_go_unencoded(api: httpx.Client) -> None:
    assert len(api.get("/contacts?phone=+4520123456").json()) == 1


def test_a_contact_with_a_number_alone(api: httpx.Client) -> None:
    created = api.post("/contacts", json={"phone": "+14155552671", "unknown": 1, "id": "mine"}).json()
    assert created["phone_formatted"] == "+1 415-555-2671"
    assert [created[field] for field in ("name", "email", "company_name", "note")] == [None] * 4
    assert len(created["id"]) == 26
    assert created["created_at"] == created["updated_at"]
    assert api.get(f"/contacts/{created['id']}").json() == created


def test_an_update_changes_what_is_sent(sandbox: Sandbox, api: httpx.Client) -> None:
    minutes = count(1)
    sandbox.account.clock = lambda: datetime(2026, 6, 11, 9, next(minutes), tzinfo=UTC)
    path = f"/contacts/{next(iter(sandbox.account.contacts))}"
    before = api.get(path).json()

    same = api.patch(path, json={"name": "Niklas Stephenson", "phone": "45 20 12 34 56"}).json()
    assert same == before
    changed = api.patch(path, json={"name": None, "email": "", "note": "ø" * 10_000, "phone": "+4520123499"}).json()
    assert changed == before | {
        "name": None,
        "email": "",
        "note": "ø" * 10_000,
        "phone": "+4520123499",
        "phone_formatted": "+45 20 12 34 99",
        "updated_at": "2026-06-11T09:01:00Z",
    }
    assert api.get("/contacts").json() == [changed]


def test_a_deleted_contact_is_gone_and_its_number_free(sandbox: Sandbox, api: httpx.Client) -> None:
    path = f"/contacts/{next(iter(sandbox.account.contacts))}"
    assert api.get("/contacts").json() != []
    assert api.delete(path).status_code == 204
    assert api.get("/contacts").json() == []
    answers = [api.get(path), api.patch(path, json={"name": "x"}), api.delete(path)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, {"error": "Contact not found"})] * 3
    assert api.post("/contacts", json={"phone": "+4520123456"}).status_code == 201


def test_ids_depend_on_the_requests_alone() -> None:
    made = []
    for _ in range(2):
        with Sandbox() as sandbox, httpx.Client(base_url=sandbox.url, verify=False) as api:
            headers = {"X-Api-Key": sandbox.key}
            made.append(api.post("/contacts", json={"phone": "+4520111111"}, headers=headers).json()["id"])
    assert made[0] == made[1]
