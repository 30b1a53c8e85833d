"""The refusals of the API, free of HTTP's machinery.

The document shows no error's body. These have the shapes that Zendesk's API uses elsewhere.
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A request that is refused with a status and a JSON body."""

    def __init__(self, status: int, error: str, description: str | None = None, **more: Any) -> None:
        super().__init__(f"{status} {error} {description} {more}")
        self.status = status
        self.body = {"error": error, **({} if description is None else {"description": description}), **more}


class BadRequestError(ApiError):
    """400: a missing or malformed parameter or body."""

    def __init__(self, description: str) -> None:
        super().__init__(400, "BadRequest", description)


class UnauthorizedError(ApiError):
    """401: no credential, or a wrong one."""

    def __init__(self) -> None:
        super().__init__(401, "Couldn't authenticate you")


class ForbiddenError(ApiError):
    """403: not for this account."""

    def __init__(self, description: str) -> None:
        super().__init__(403, "Forbidden", description)


class NotFoundError(ApiError):
    """404: absent, or another account's."""

    def __init__(self) -> None:
        super().__init__(404, "RecordNotFound", "Not found")


class InvalidError(ApiError):
    """422: failed validation, with what is wrong by the request's field."""

    def __init__(self, details: dict[str, list[dict[str, str]]]) -> None:
        super().__init__(422, "RecordInvalid", "Record validation errors", details=details)
