"""List and show: pages, the minimal form, and what is included."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ringform.sandbox.server import Sandbox
from ringform.sandbox.zendesk_talk.generator import generated_account

from ..conftest import talk_client


@pytest.mark.parametrize("sizes", [[3, 3, 1], [3, 3], [1], [0]])
def test_pages_are_followed_by_whole_addresses(sizes: list[int]) -> None:
    with Sandbox(zendesk=generated_account(sum(sizes))) as sandbox, talk_client(sandbox) as talk:
        sandbox.zendesk.page_size = 3
        url: str | None = f"{sandbox.zendesk_url}/phone_numbers.json?minimal_mode=true"
        seen: list[dict[str, Any]] = []
        while url is not None:
            assert url.startswith(sandbox.zendesk_url)
            page = talk.get(url).json()
            assert list(page) == ["count", "next_page", "phone_numbers", "previous_page"]
            assert page["count"] == sum(sizes)
            if page["previous_page"] is not None:
                assert talk.get(page["previous_page"]).json()["next_page"] == url
            seen.append(page)
            url = page["next_page"]
    assert [len(page["phone_numbers"]) for page in seen] == sizes
    assert seen[0]["previous_page"] is None
    ids = [number["id"] for page in seen for number in page["phone_numbers"]]
    assert ids == list(sandbox.zendesk.phone_numbers)
    # The address of the next page keeps what was asked for.
    assert all("number" not in number for page in seen for number in page["phone_numbers"])


def test_a_page_holds_a_hundred() -> None:
    with Sandbox(zendesk=generated_account(201)) as sandbox, talk_client(sandbox) as talk:
        first = talk.get("/phone_numbers").json()
        assert len(first["phone_numbers"]) == 100
        second = talk.get(first["next_page"]).json()
        assert len(talk.get(second["next_page"]).json()["phone_numbers"]) == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "٢"])
def test_a_page_that_cannot_be_is_the_first(talk: httpx.Client, page: str) -> None:
    answer = talk.get("/phone_numbers", params={"page": page}).json()
    assert (len(answer["phone_numbers"]), answer["previous_page"]) == (2, None)


def test_a_page_past_the_end_is_empty(talk: httpx.Client) -> None:
    answer = talk.get("/phone_numbers?page=5").json()
    assert (answer["phone_numbers"], answer["next_page"], answer["count"]) == ([], None, 2)


def test_the_minimal_form(talk: httpx.Client) -> None:
    number = talk.get("/phone_numbers?minimal_mode=true").json()["phone_numbers"][0]
    assert number == {
        "id": 6,
        "country_code": "US",
        "external": False,
        "nickname": "Awesome Support Line",
        "display_number": "+353 76 680 1402",
        "capabilities": {"sms": True, "mms": False, "voice": True},
        "sms_enabled": True,
        "priority": 0,
        "outbound_enabled": True,
    }


@pytest.mark.parametrize("query", ["", "?minimal_mode=", "?minimal_mode=false"])
def test_the_list_s_full_form_is_that_of_show(talk: httpx.Client, query: str) -> None:
    numbers = talk.get(f"/phone_numbers{query}").json()["phone_numbers"]
    assert numbers == [talk.get(f"/phone_numbers/{number['id']}").json()["phone_number"] for number in numbers]


def test_every_property_of_the_document_is_there_but_the_token(talk: httpx.Client) -> None:
    number = talk.get("/phone_numbers/7").json()["phone_number"]
    assert list(number) == sorted(number)
    for name in ("ivr_id", "schedule_id", "failover_number", "line_type", "voice_enabled", "brand_id"):
        assert name in number
    assert "token" not in number


@pytest.mark.parametrize("nickname", [None, "", " "])
def test_the_name_without_a_nickname_is_the_display_number(
    sandbox: Sandbox, talk: httpx.Client, nickname: str | None
) -> None:
    sandbox.zendesk.edit_phone_number("+353766801402", nickname=nickname)
    assert talk.get("/phone_numbers/6").json()["phone_number"]["name"] == "+353 76 680 1402"


@pytest.mark.parametrize(
    ("include", "first"),
    [
        ("all_greetings", {"id": 1, "name": "Voicemail on holidays"}),
        ("all_groups", {"id": 1, "name": "Support"}),
        ("all_schedules", {"id": 1, "name": "Weekdays"}),
        ("ivrs", {"id": 1, "name": "Main menu"}),
    ],
)
def test_the_account_s_names_can_be_included(talk: httpx.Client, include: str, first: dict[str, Any]) -> None:
    number = talk.get(f"/phone_numbers/6?include={include}").json()["phone_number"]
    assert number[include][0] == first
    assert "settings" not in number


@pytest.mark.parametrize("include", ["setting", "settings,groups", "Settings"])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_an_include_that_is_not_allowed_is_400(talk: httpx.Client, method: str, include: str) -> None:
    body = {"phone_number": {"nickname": "x"}} if method == "PUT" else None
    response = talk.request(method, f"/phone_numbers/6?include={include}", json=body)
    assert response.status_code == 400
    assert talk.get("/phone_numbers/6").json()["phone_number"]["nickname"] == "Awesome Support Line"


def test_a_trial_account_has_no_list_and_no_search(sandbox: Sandbox, talk: httpx.Client) -> None:
    sandbox.zendesk.trial = True
    assert talk.get("/phone_numbers").status_code == 403
    assert talk.get("/phone_numbers/search?country=US").status_code == 403
    assert talk.get("/phone_numbers/6").status_code == 200


def test_a_generated_account_passes_the_api_s_own_checks() -> None:
    with Sandbox(zendesk=generated_account(40)) as sandbox, talk_client(sandbox) as talk:
        for key in sandbox.zendesk.phone_numbers:
            url = f"/phone_numbers/{key}?include=settings"
            before = talk.get(url).json()
            sent = {**before["phone_number"], "settings": dict(before["phone_number"]["settings"])}
            if sent["settings"]["overflow_number"] is None:
                del sent["settings"]["overflow_number"]
            response = talk.put(url, json={"phone_number": sent})
            assert (response.status_code, response.json()) == (200, before)
    assert generated_account(40) != generated_account(40, seed=2)
    assert generated_account(40).to_state() == generated_account(40).to_state()
    with pytest.raises(ValueError, match="9,999"):
        generated_account(10_000)
