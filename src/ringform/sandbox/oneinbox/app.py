"""OneInbox's API as an application: credentials, bodies, routes and errors."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringform.sandbox.json_text import dump, load
from ringform.sandbox.oneinbox.account import Account
from ringform.sandbox.oneinbox.errors import ApiError, InvalidError, UnauthorizedError
from ringform.sandbox.oneinbox.phone_numbers import retrieve_phone_number, update_phone_number

KEY_PREFIX = "oi_sk_"
SANDBOX_KEY = KEY_PREFIX + "sandbox" * 4
"""A key of the document's form that is plainly none."""
SANDBOX_JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW5kYm94In0.sandbox"
"""A dashboard's JWT, which is "also accepted on this header for the same endpoints"; as plainly none."""


def oneinbox_app(account: Account, key: str) -> Starlette:
    """Build the application; ``key`` is accepted, and the dashboard's ``SANDBOX_JWT``.

    There is no list of numbers, as none is documented.
    """

    async def retrieve(request: Request) -> object:
        with account.lock:
            return retrieve_phone_number(account, request.path_params["phone_id"])

    async def update(request: Request) -> object:
        body = await _body(request)
        with account.lock:
            return update_phone_number(account, request.path_params["phone_id"], body)

    path = "/phone-numbers/{phone_id}"
    app = Starlette(
        routes=[
            Route(path, _endpoint(retrieve, key), methods=["GET"]),
            Route(path, _endpoint(update, key), methods=["PATCH"]),
        ],
        exception_handlers={ApiError: _refused, HTTPException: _not_routed},
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(operation: Callable[[Request], Awaitable[object]], key: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        _authenticate(request, key)
        return Response(dump(await operation(request)), media_type="application/json")

    return endpoint


def _authenticate(request: Request, key: str) -> None:
    """'Authorizations': the API key, or a dashboard's JWT, as a Bearer credential."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else ""
    if not any(secrets.compare_digest(given.encode(), right.encode()) for right in (key, SANDBOX_JWT)):
        raise UnauthorizedError


async def _body(request: Request) -> object:
    content = await request.body()
    if not content:
        raise InvalidError([{"loc": ["body"], "msg": "Field required", "type": "missing"}])
    try:
        # FastAPI takes a body of another content type for text, which is then no object.
        content_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
        return load(content) if content_type == "application/json" else content.decode()
    except ValueError:
        raise InvalidError([{"loc": ["body", 0], "msg": "JSON decode error", "type": "json_invalid"}]) from None


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return Response(dump({"detail": error.detail}), error.status, media_type="application/json")


def _not_routed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"detail": error.detail}
    return Response(dump(body), error.status_code, headers=error.headers, media_type="application/json")
