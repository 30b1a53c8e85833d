"""The JSON of requests and answers."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from starlette.requests import Request


def load(content: bytes) -> object:
    """Parse a request's body; ValueError for anything that is not JSON, or text that cannot be stored."""
    try:
        value = json.loads(content, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no text and cannot be stored
    return value


async def json_object(request: Request) -> dict[str, Any]:
    """Read a request's body, which has to be a JSON object; ValueError, with a message for the caller, if it is not."""
    content_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise ValueError("Content-Type must be application/json")
    try:
        body = load(await request.body())
    except ValueError:
        raise ValueError("The request body is not valid JSON") from None
    if not isinstance(body, dict):
        raise ValueError("The request body must be a JSON object")
    return body


def dump(value: object) -> bytes:
    """Write an answer's body."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
