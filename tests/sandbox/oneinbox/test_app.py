"""Credentials, malformed requests and unknown paths."""

from __future__ import annotations

import httpx
import pytest

from ringform.sandbox.oneinbox.app import SANDBOX_JWT, SANDBOX_KEY
from ringform.sandbox.oneinbox.example import FRONT_DESK
from ringform.sandbox.server import Sandbox

ONE = f"/phone-numbers/{FRONT_DESK}"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer sk_x"},
        {"Authorization": "Bearer oi_sk_anything"},
        {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30.x"},
        {"Authorization": "Basic oi_sk_x"},
        {"X-Api-Key": "oi_sk_x"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_no_credential_or_a_wrong_one_is_401(sandbox: Sandbox, headers: dict[str, str], method: str) -> None:
    with httpx.Client(verify=False) as api:
        response = api.request(method, sandbox.oneinbox_url + ONE, headers=headers)
    assert (response.status_code, response.json()) == (401, {"detail": "Invalid or missing API key"})


def test_a_configured_key_is_the_only_one() -> None:
    with Sandbox(oneinbox_key="oi_sk_mine") as sandbox, httpx.Client(verify=False) as api:
        assert sandbox.oneinbox_key == "oi_sk_mine"
        statuses = [
            api.get(sandbox.oneinbox_url + ONE, headers={"Authorization": f"Bearer {key}"}).status_code
            for key in ("oi_sk_mine", SANDBOX_KEY)
        ]
    assert statuses == [200, 401]


def test_the_dashboard_s_jwt_is_accepted_on_the_same_header(sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {SANDBOX_JWT}"}
    assert httpx.get(sandbox.oneinbox_url + ONE, headers=headers, verify=False).status_code == 200


def test_an_unknown_number_is_404(inbox: httpx.Client) -> None:
    unknown = "/phone-numbers/00000000-0000-4000-8000-000000000000"
    for response in (inbox.get(unknown), inbox.patch(unknown, json={"friendly_name": "x"})):
        assert (response.status_code, response.json()) == (404, {"detail": "Phone number not found"})


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_an_id_that_is_no_uuid_is_422(inbox: httpx.Client, method: str) -> None:
    response = inbox.request(method, "/phone-numbers/+14155550142", json={} if method == "PATCH" else None)
    assert response.status_code == 422
    (detail,) = response.json()["detail"]
    assert set(detail) == {"loc", "msg", "type"}
    assert (detail["loc"], detail["type"]) == (["path", "phone_id"], "uuid_parsing")


def test_an_id_in_capitals_is_the_same(inbox: httpx.Client) -> None:
    assert inbox.get(f"/phone-numbers/{FRONT_DESK.upper()}").json()["id"] == FRONT_DESK


@pytest.mark.parametrize("path", ["/phone-numbers", "/phone-numbers/", "/api-keys", "/agents", "/"])
def test_there_is_no_list_nor_anything_else(inbox: httpx.Client, path: str) -> None:
    response = inbox.get(path)
    assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_another_method_is_405(inbox: httpx.Client, method: str) -> None:
    response = inbox.request(method, ONE)
    assert (response.status_code, response.json()) == (405, {"detail": "Method Not Allowed"})


@pytest.mark.parametrize(
    ("content", "content_type", "kind"),
    [
        (b"", "application/json", "missing"),
        (b"{", "application/json", "json_invalid"),
        (b'{"friendly_name": "\\ud800"}', "application/json", "json_invalid"),
        (b"[]", "application/json", "model_type"),
        (b"null", "application/json", "model_type"),
        (b"{}", "text/plain", "model_type"),
    ],
)
def test_a_malformed_body_is_422(inbox: httpx.Client, content: bytes, content_type: str, kind: str) -> None:
    response = inbox.patch(ONE, content=content, headers={"Content-Type": content_type})
    assert response.status_code == 422
    (detail,) = response.json()["detail"]
    assert (detail["loc"][0], detail["type"]) == ("body", kind)
