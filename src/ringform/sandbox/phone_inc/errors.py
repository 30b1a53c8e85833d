"""The refusals of the API, free of HTTP's machinery."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A request that is refused with a status and a JSON body."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


class BadRequestError(ApiError):
    """400: a missing or malformed parameter."""

    def __init__(self, message: str) -> None:
        super().__init__(400, {"error": message})


class UnauthorizedError(ApiError):
    """401: no credential, or a wrong one."""

    def __init__(self) -> None:
        super().__init__(401, {"error": "Invalid or missing API key"})


class NotFoundError(ApiError):
    """404: absent, or another company's."""

    def __init__(self, noun: str) -> None:
        super().__init__(404, {"error": f"{noun} not found"})


class InvalidError(ApiError):
    """422: failed validation, with messages by the request's field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(422, {"errors": errors})
