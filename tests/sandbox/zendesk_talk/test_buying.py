"""'Search for Available Phone Numbers' and 'Create Phone Number'."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from ringform.sandbox.server import Sandbox
from ringform.sandbox.zendesk_talk.example import ADDRESS_SID, TOKEN

from ..conftest import talk_client


def search(talk: httpx.Client, **query: str) -> list[dict[str, Any]]:
    response = talk.get("/phone_numbers/search", params=query)
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()["phone_numbers"]
    return found


def buy(talk: httpx.Client, token: object, **more: object) -> httpx.Response:
    return talk.post("/phone_numbers", json={"phone_number": {"token": token}, **more})


def fields_at_fault(response: httpx.Response) -> list[str]:
    assert (response.status_code, response.json()["error"]) == (422, "RecordInvalid")
    return list(response.json()["details"])


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"country": "US"}, ["+12403123885", "+18005550142", "+15105550123", "+14157499255"]),
        ({"country": "us"}, ["+12403123885", "+18005550142", "+15105550123", "+14157499255"]),
        ({"country": "US", "toll_free": "false", "area_code": "415"}, ["+14157499255"]),
        ({"country": "US", "toll_free": "", "area_code": "", "contains": "5550*2"}, ["+15105550123"]),
        ({"country": "US", "contains": "55501*2"}, ["+18005550142"]),
        (
            {"country": "US", "contains": "***********"},
            ["+12403123885", "+18005550142", "+15105550123", "+14157499255"],
        ),
        ({"country": "GB"}, ["+441134960123"]),
        ({"country": "CA", "area_code": "510"}, []),
        ({"country": "DK"}, []),
    ],
)
def test_filters_combine(talk: httpx.Client, query: dict[str, str], numbers: list[str]) -> None:
    assert [number["number"] for number in search(talk, **query)] == numbers


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"country": " "},
        {"country": "GB", "area_code": "113"},
        {"country": "US", "contains": "[0-9]+"},
        {"country": "US", "contains": "5.5"},
        {"country": "US", "toll_free": "yes"},
    ],
)
def test_a_search_that_is_not_documented_is_400(talk: httpx.Client, query: dict[str, str]) -> None:
    response = talk.get("/phone_numbers/search", params=query)
    assert (response.status_code, response.json()["error"]) == (400, "BadRequest")


def test_a_search_comes_in_pages(sandbox: Sandbox, talk: httpx.Client) -> None:
    sandbox.zendesk.page_size = 3
    first = talk.get("/phone_numbers/search?country=US").json()
    second = talk.get(first["next_page"]).json()
    assert (first["count"], len(first["phone_numbers"]), len(second["phone_numbers"])) == (4, 3, 1)


def test_a_token_buys_its_number(talk: httpx.Client) -> None:
    offer = search(talk, country="US", area_code="510")[0]
    response = buy(talk, offer["token"])
    assert response.status_code == 200
    number = response.json()["phone_number"]
    for field in ("number", "display_number", "country_code", "location", "toll_free", "nickname"):
        assert number[field] == offer[field]
    assert (number["id"], number["name"]) == (8, "+1 (510) 5550123")
    assert talk.get("/phone_numbers/8").json() == {"phone_number": number}
    assert [listed["id"] for listed in talk.get("/phone_numbers").json()["phone_numbers"]] == [6, 7, 8]
    assert talk.put("/phone_numbers/8", json={"phone_number": {"nickname": "New"}}).status_code == 200


def test_a_token_buys_once(talk: httpx.Client) -> None:
    assert buy(talk, TOKEN).status_code == 200
    assert fields_at_fault(buy(talk, TOKEN)) == ["token"]
    assert search(talk, country="US", area_code="240") == []
    assert talk.get("/phone_numbers").json()["count"] == 3


def test_a_token_buys_once_though_many_ask(sandbox: Sandbox) -> None:
    def ask(_: int) -> int:
        with talk_client(sandbox) as talk:
            return buy(talk, TOKEN).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(ask, range(6))) == [200] + [422] * 5
    assert len(sandbox.zendesk.phone_numbers) == 3


@pytest.mark.parametrize("token", ["unknown", "", None, 5, [TOKEN], {"token": TOKEN}])
def test_an_unknown_token_is_422(talk: httpx.Client, token: object) -> None:
    assert fields_at_fault(buy(talk, token)) == ["token"]
    assert fields_at_fault(talk.post("/phone_numbers", json={"phone_number": {}})) == ["token"]
    assert talk.get("/phone_numbers").json()["count"] == 2


def test_nothing_but_the_token_is_read(talk: httpx.Client) -> None:
    body = {"phone_number": {"token": TOKEN, "nickname": "New", "number": "+1"}}
    number = talk.post("/phone_numbers", json=body).json()["phone_number"]
    assert (number["nickname"], number["number"]) == (None, "+12403123885")


def test_a_number_that_needs_an_address_is_not_had_without(talk: httpx.Client) -> None:
    offer = search(talk, country="GB")[0]
    assert offer["address_requirements"] == "local"
    assert fields_at_fault(buy(talk, offer["token"])) == ["address_sid"]
    assert fields_at_fault(buy(talk, offer["token"], address_sid=None)) == ["address_sid"]
    for wrong in ("ADnobody", 5, [ADDRESS_SID]):
        assert fields_at_fault(buy(talk, offer["token"], address_sid=wrong)) == ["address_sid"]
    assert talk.get("/phone_numbers").json()["count"] == 2
    assert buy(talk, offer["token"], address_sid=ADDRESS_SID).json()["phone_number"]["number"] == "+441134960123"


def test_a_number_that_needs_a_verified_business_cannot_be_had(talk: httpx.Client) -> None:
    offer = search(talk, country="FR")[0]
    assert fields_at_fault(buy(talk, offer["token"], address_sid=ADDRESS_SID)) == ["token"]
