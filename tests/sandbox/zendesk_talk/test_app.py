"""Credentials, malformed requests and unknown paths."""

from __future__ import annotations

import httpx
import pytest

from ringform.sandbox.server import Sandbox


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("agent@example.com", "sandbox-token-of-no-account"),  # as if the token were a password
        ("agent@example.com/token", "other"),
        ("agent@example.com/token", ""),
        ("other@example.com/token", "sandbox-token-of-no-account"),
        ("", ""),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("GET", "/6"), ("PUT", "/6"), ("GET", "/search")]
)
def test_wrong_credentials_are_401(sandbox: Sandbox, user: str, password: str, method: str, path: str) -> None:
    url = f"{sandbox.zendesk_url}/phone_numbers{path}"
    with httpx.Client(verify=False) as api:
        response = api.request(method, url, auth=(user, password))
    assert (response.status_code, response.json()) == (401, {"error": "Couldn't authenticate you"})


@pytest.mark.parametrize("header", [b"", b"Basic", b"Basic !", "Basic ø".encode(), b"Bearer phk_x"])
def test_no_credentials_are_401(sandbox: Sandbox, header: bytes) -> None:
    with httpx.Client(verify=False) as api:
        response = api.get(f"{sandbox.zendesk_url}/phone_numbers", headers={b"Authorization": header})
        without = api.get(f"{sandbox.zendesk_url}/phone_numbers")
    assert (response.status_code, without.status_code) == (401, 401)


def test_other_credentials_can_be_set() -> None:
    with Sandbox(zendesk_email="me@example.com", zendesk_token="t") as sandbox, httpx.Client(verify=False) as api:
        url = f"{sandbox.zendesk_url}/phone_numbers"
        assert api.get(url, auth=("me@example.com/token", "t")).status_code == 200
        assert api.get(url, auth=("agent@example.com/token", "sandbox-token-of-no-account")).status_code == 401


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"phone_number": NaN}', "application/json"),
        (b'{"phone_number": {"nickname": "\\ud800"}}', "application/json"),
        (b'{"nickname": "x"}', "application/json"),
        (b'{"phone_number": null}', "application/json"),
        (b'{"phone_number": []}', "application/json"),
        (b'{"phone_number": {}}', "text/plain"),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/phone_numbers"), ("PUT", "/phone_numbers/6")])
def test_a_malformed_body_is_400(talk: httpx.Client, method: str, path: str, content: bytes, content_type: str) -> None:
    response = talk.request(method, path, content=content, headers={"Content-Type": content_type})
    assert response.status_code == 400
    assert response.json()["error"] == "BadRequest"


@pytest.mark.parametrize("path", ["/phone_numbers/", "/ivrs", "/phone_numbers/6/settings", "/", "/groups"])
def test_an_unknown_path_is_404(talk: httpx.Client, path: str) -> None:
    response = talk.get(path)
    assert (response.status_code, response.json()["error"]) == (404, "InvalidEndpoint")


@pytest.mark.parametrize("key", ["99", "x", "6x", "-6", "9" * 5000, "٦", "99.json"])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_an_unknown_number_is_404(talk: httpx.Client, method: str, key: str) -> None:
    response = talk.request(method, f"/phone_numbers/{key}", json={"phone_number": {}} if method == "PUT" else None)
    assert (response.status_code, response.json()) == (404, {"error": "RecordNotFound", "description": "Not found"})


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/phone_numbers/6"), ("PATCH", "/phone_numbers/6"), ("PUT", "/phone_numbers")]
)
def test_another_method_is_405(talk: httpx.Client, method: str, path: str) -> None:
    response = talk.request(method, path)
    assert (response.status_code, response.json()["error"]) == (405, "Method Not Allowed")
