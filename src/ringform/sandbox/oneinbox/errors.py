"""The refusals of the API, in FastAPI's shapes."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A request that is refused; ``detail`` is the body's only member."""

    def __init__(self, status: int, detail: str | list[dict[str, Any]]) -> None:
        super().__init__(f"{status} {detail}")
        self.status = status
        self.detail = detail


class UnauthorizedError(ApiError):
    """401: no API key, or a wrong one."""

    def __init__(self) -> None:
        super().__init__(401, "Invalid or missing API key")


class NotFoundError(ApiError):
    """404: absent, or another workspace's."""

    def __init__(self) -> None:
        super().__init__(404, "Phone number not found")


class InvalidError(ApiError):
    """422: what is wrong, and where: ``{"loc": [...], "msg": "...", "type": "..."}`` each."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(422, errors)
