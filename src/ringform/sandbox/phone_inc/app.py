"""Phone.inc's API as an application: credentials, bodies, routes and errors."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringform.sandbox.json_text import dump, json_object
from ringform.sandbox.phone_inc.account import Account
from ringform.sandbox.phone_inc.calls import list_calls, retrieve_call
from ringform.sandbox.phone_inc.contacts import (
    create_contact,
    delete_contact,
    list_contacts,
    retrieve_contact,
    update_contact,
)
from ringform.sandbox.phone_inc.employees import list_employees
from ringform.sandbox.phone_inc.errors import ApiError, BadRequestError, UnauthorizedError
from ringform.sandbox.phone_inc.main_numbers import (
    list_main_numbers,
    replace_incoming_call_config,
    replace_no_answer_config,
    replace_outside_opening_hours_config,
    retrieve_main_number,
    update_main_number,
)

KEY_PREFIX = "phk_"
SANDBOX_KEY = KEY_PREFIX + "SANDBoX" * 4
"""A key of the real form, 28 base58 characters, that is plainly none."""

Operation = Callable[[Account, Request, dict[str, Any]], object]


def phone_inc_app(account: Account, key: str) -> Starlette:
    """Build the application; ``key`` is the one that is accepted."""

    def route(method: str, path: str, operation: Operation, status: int = 200) -> Route:
        return Route(path, _endpoint(account, key, operation, status), methods=[method])

    def by_id(write: Callable[[Account, str, dict[str, Any]], object]) -> Operation:
        return lambda a, r, b: write(a, r.path_params["id"], b)

    main_number = "/main_numbers/{id}"
    app = Starlette(
        routes=[
            route("GET", "/main_numbers", lambda a, r, b: list_main_numbers(a)),
            route("GET", main_number, lambda a, r, b: retrieve_main_number(a, r.path_params["id"])),
            route("PATCH", main_number, by_id(update_main_number)),
            route("PUT", f"{main_number}/incoming_call_config", by_id(replace_incoming_call_config)),
            route(
                "PUT",
                f"{main_number}/outside_opening_hours_config",
                by_id(replace_outside_opening_hours_config),
            ),
            route("PUT", f"{main_number}/no_answer_config", by_id(replace_no_answer_config)),
            route("GET", "/contacts", lambda a, r, b: list_contacts(a, r.query_params.get("phone"))),
            route("POST", "/contacts", lambda a, r, b: create_contact(a, b), 201),
            route("GET", "/contacts/{id}", lambda a, r, b: retrieve_contact(a, r.path_params["id"])),
            route("PATCH", "/contacts/{id}", by_id(update_contact)),
            route("DELETE", "/contacts/{id}", lambda a, r, b: delete_contact(a, r.path_params["id"]), 204),
            route("GET", "/calls", lambda a, r, b: list_calls(a, r.query_params)),
            route("GET", "/calls/{id}", lambda a, r, b: retrieve_call(a, r.path_params["id"])),
            route("GET", "/employees", lambda a, r, b: list_employees(a)),
        ],
        exception_handlers={ApiError: _refused, HTTPException: _not_routed},
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(
    account: Account, key: str, operation: Operation, status: int
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        _authenticate(request, key)
        body = await _body(request) if request.method in ("POST", "PUT", "PATCH") else {}
        with account.lock:
            result = operation(account, request, body)
            content = b"" if result is None else result if isinstance(result, bytes) else dump(result)
        return Response(content, status, media_type=None if result is None else "application/json")

    return endpoint


def _authenticate(request: Request, key: str) -> None:
    given = request.headers.get("x-api-key")
    if given is None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = token.strip() if scheme.lower() == "bearer" else ""
    right = secrets.compare_digest(given.encode(), key.encode())
    if not right:
        raise UnauthorizedError


async def _body(request: Request) -> dict[str, Any]:
    """Read a JSON object. Anything else, another content type too, counts as a malformed request."""
    try:
        return await json_object(request)
    except ValueError as error:
        raise BadRequestError(str(error)) from None


def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return Response(dump(error.body), error.status, media_type="application/json")


def _not_routed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"error": error.detail}
    return Response(dump(body), error.status_code, headers=error.headers, media_type="application/json")
