"""Credentials, malformed requests, unknown paths and employees."""

from __future__ import annotations

import re

import httpx
import pytest

from ringform.sandbox.phone_inc.app import SANDBOX_KEY
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.server import Sandbox


def test_the_key_has_the_vendor_s_form() -> None:
    assert re.fullmatch(r"phk_[1-9A-HJ-NP-Za-km-z]{28}", SANDBOX_KEY)


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Api-Key": ""}, {"X-Api-Key": "sk_x"}, {"Authorization": "Bearer x"}, {"Authorization": "Basic phk_x"}],
)
@pytest.mark.parametrize("path", ["/main_numbers", f"/main_numbers/{SALES}", "/contacts", "/calls", "/employees"])
def test_no_credential_or_a_wrong_one_is_401(sandbox: Sandbox, headers: dict[str, str], path: str) -> None:
    with httpx.Client(verify=False) as api:
        response = api.get(sandbox.url + path, headers=headers)
    assert response.status_code == 401
    assert response.json() == {"error": "Invalid or missing API key"}


def test_either_header_will_do(sandbox: Sandbox) -> None:
    with httpx.Client(verify=False) as api:
        for headers in ({"X-Api-Key": sandbox.key}, {"Authorization": f"Bearer {sandbox.key}"}):
            assert api.get(f"{sandbox.url}/employees", headers=headers).status_code == 200


def test_a_wrong_key_of_the_form_can_be_rehearsed(sandbox: Sandbox) -> None:
    response = httpx.get(f"{sandbox.url}/employees", headers={"X-Api-Key": "phk_anything"}, verify=False)
    assert (response.status_code, response.json()) == (401, {"error": "Invalid or missing API key"})


def test_a_configured_key_is_the_only_one() -> None:
    with Sandbox(key="phk_mine") as sandbox, httpx.Client(verify=False) as api:
        assert sandbox.key == "phk_mine"
        statuses = [
            api.get(f"{sandbox.url}/employees", headers={"X-Api-Key": key}).status_code
            for key in (sandbox.key, SANDBOX_KEY, "phk_min")
        ]
    assert statuses == [200, 401, 401]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b'"name"', "application/json"),
        (b'{"name": NaN}', "application/json"),
        (b'{"name": "\xff"}', "application/json"),
        (b'{"name": "\\ud800"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"name": "x"}', "text/plain"),
        (b"name=x", "application/x-www-form-urlencoded"),
    ],
)
def test_a_malformed_body_is_400(api: httpx.Client, content: bytes, content_type: str) -> None:
    for method, path in (("POST", "/contacts"), ("PATCH", f"/main_numbers/{SALES}")):
        response = api.request(method, path, content=content, headers={"Content-Type": content_type})
        assert response.status_code == 400
        assert set(response.json()) == {"error"}


def test_the_charset_of_json_may_be_named(api: httpx.Client) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert api.patch(f"/main_numbers/{SALES}", content=b"{}", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/main_numbers/", f"/main_numbers/{SALES}/nothing", "/"])
def test_an_unknown_path_is_404(api: httpx.Client, path: str) -> None:
    response = api.get(path)
    assert (response.status_code, response.json()) == (404, {"error": "Not Found"})


def test_a_path_of_no_vendor_is_404(sandbox: Sandbox, api: httpx.Client) -> None:
    response = api.get(sandbox.url.removesuffix("/api/v1") + "/v2/anything")
    assert (response.status_code, response.json()) == (404, {"error": "Not Found"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/main_numbers"),
        ("PUT", "/contacts"),
        ("DELETE", f"/main_numbers/{SALES}"),
        ("GET", f"/main_numbers/{SALES}/no_answer_config"),
        ("POST", "/calls"),
        ("POST", "/employees"),
    ],
)
def test_another_method_is_405(api: httpx.Client, method: str, path: str) -> None:
    response = api.request(method, path)
    assert (response.status_code, response.json()) == (405, {"error": "Method Not Allowed"})


def test_employees(api: httpx.Client) -> None:
    employees = api.get("/employees").json()["employees"]
    assert [employee["id"] for employee in employees] == [
        "019daef1-085e-7000-aaaa-000000000001",
        "019daef1-085e-7000-aaaa-000000000002",
        "0193f4b0-aaaa-7c00-9e3d-2b2b8a7f1c20",
    ]
    fields = ["id", "name", "email", "phone", "invitation_pending", "created_at", "updated_at"]
    assert [list(employee) for employee in employees] == [fields] * 3
    assert [employee["invitation_pending"] for employee in employees] == [False, True, False]
    assert employees[1]["phone"] is None
