"""The exception for requests that an account did not answer usefully, with its diagnostic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ringform.model.diagnostic import Diagnostic, RingformError

ANOTHER_OBJECT = "it describes another object than the one that was asked for"
"""The reason for an answer that a cache or proxy has swapped for the answer to another request."""


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The parts of an error response: a message about the whole request, and messages by the request's field."""

    message: str | None = None
    by_field: Mapping[str, Sequence[str]] = field(default_factory=dict)


class ApiError(RingformError):
    """A request that got no usable answer, after every retry that was allowed.

    ``status`` is the HTTP status, or None when there was no answer. ``rejected`` holds the messages of a 422 by the
    request's field. ``is_unclear`` says that the request may have taken effect all the same, ``was_sent`` is False
    if it certainly never left.
    """

    def __init__(
        self,
        diagnostic: Diagnostic,
        *,
        status: int | None = None,
        rejected: Mapping[str, Sequence[str]] | None = None,
        is_unclear: bool = False,
        was_sent: bool = True,
    ) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic
        self.status = status
        self.rejected = rejected or {}
        self.is_unclear = is_unclear
        self.was_sent = was_sent

    def repeated(self, *, is_unclear: bool) -> ApiError:
        """Return this error for a request sent before; ``is_unclear`` if an earlier attempt may have worked."""
        return ApiError(
            self.diagnostic, status=self.status, rejected=self.rejected, is_unclear=is_unclear or self.is_unclear
        )

    def unclear(self) -> ApiError:
        """Return this error for a request that an earlier attempt may have put into effect."""
        return self.repeated(is_unclear=True)


def bad_answer(request: str, reason: str) -> ApiError:
    """Return the error for an answer that is not in the documented shape. ``request`` is a method and path."""
    return ApiError(
        Diagnostic(
            code="bad-answer",
            summary=f"the answer to {request} is not what the API documents: {reason}",
            hint="check that the base URL is the API's; if it is, the API may have changed since",
        )
    )
