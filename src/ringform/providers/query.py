"""One GET and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ringform.model.api_error import bad_answer
from ringform.model.values import Json
from ringform.providers.protocol import Reads

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A ``path``, with its query, and how its answer is read.

    ``parse`` raises ``ValueError`` for an answer that does not have the documented shape.
    """

    path: str
    parse: Callable[[Json], T]

    def read(self, answer: Json) -> T:
        """Return the parsed answer.

        Raises:
            ApiError: It does not have the documented shape.
        """
        try:
            return self.parse(answer)
        except ValueError as error:
            raise bad_answer(f"GET {self.path}", str(error)) from None

    def ask(self, reads: Reads) -> T:
        """Send it, and return the parsed answer.

        Raises:
            ApiError: There is no answer, or it does not have the documented shape.
        """
        return self.read(reads.get(self.path))
