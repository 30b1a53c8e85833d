"""Zendesk Talk's API as an application: credentials, bodies, routes and errors."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringform.sandbox.json_text import dump, json_object
from ringform.sandbox.zendesk_talk.account import Account
from ringform.sandbox.zendesk_talk.available_numbers import create_phone_number, search_available_numbers
from ringform.sandbox.zendesk_talk.errors import ApiError, BadRequestError, UnauthorizedError
from ringform.sandbox.zendesk_talk.phone_numbers import list_phone_numbers, show_phone_number, update_phone_number

SANDBOX_EMAIL = "agent@example.com"
SANDBOX_TOKEN = "sandbox-token-of-no-account"  # noqa: S105 - plainly none
SUFFIXES = ("", ".json")

Operation = Callable[[Account, Request, dict[str, Any]], object]


def zendesk_talk_app(account: Account, email: str, token: str) -> Starlette:
    """Build the application. Every path can end with .json, as in the code samples."""

    def route(method: str, path: str, operation: Operation) -> Route:
        return Route(path, _endpoint(account, f"{email}/token:{token}", operation), methods=[method])

    def listed(a: Account, r: Request, _body: dict[str, Any]) -> object:
        return list_phone_numbers(a, r.url, r.query_params)

    def found(a: Account, r: Request, _body: dict[str, Any]) -> object:
        return search_available_numbers(a, r.url, r.query_params)

    one = "/phone_numbers/{id}"  # the suffix is taken off the id
    app = Starlette(
        routes=[
            *(route("GET", f"/phone_numbers{suffix}", listed) for suffix in SUFFIXES),
            *(
                route("POST", f"/phone_numbers{suffix}", lambda a, r, b: create_phone_number(a, b))
                for suffix in SUFFIXES
            ),
            *(route("GET", f"/phone_numbers/search{suffix}", found) for suffix in SUFFIXES),
            route("GET", one, lambda a, r, b: show_phone_number(a, r.path_params["id"], r.query_params)),
            route("PUT", one, lambda a, r, b: update_phone_number(a, r.path_params["id"], r.query_params, b)),
        ],
        exception_handlers={ApiError: _refused, HTTPException: _not_routed},
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(account: Account, credentials: str, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        _authenticate(request, credentials)
        body = await _body(request) if request.method in ("POST", "PUT") else {}
        with account.lock:
            content = dump(operation(account, request, body))
        return Response(content, media_type="application/json")

    return endpoint


def _authenticate(request: Request, credentials: str) -> None:
    """The code samples' -u {email_address}/token:{api_token}."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        given = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        given = b""
    if scheme.lower() != "basic" or not secrets.compare_digest(given, credentials.encode()):
        raise UnauthorizedError


async def _body(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request)
    except ValueError as error:
        raise BadRequestError(str(error)) from None


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return Response(dump(error.body), error.status, media_type="application/json")


def _not_routed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"error": "InvalidEndpoint" if error.status_code == 404 else error.detail, "description": error.detail}
    return Response(dump(body), error.status_code, headers=error.headers, media_type="application/json")
