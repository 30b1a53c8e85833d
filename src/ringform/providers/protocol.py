"""What a provider is: the ten members that every vendor has. What only some have is in ``facets``.

A provider is pure but for ``observe``, which reads through the ``Reads`` that it is handed. It never sends a
write: it turns changes into calls, which are data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pydantic import BaseModel

from ringform.model.change import Call, Change
from ringform.model.desired import Scope
from ringform.model.snapshot import Snapshot
from ringform.model.values import Fields, Json
from ringform.planning.vendor import Vendor
from ringform.providers.parsed_document import ParsedDocument


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an account is reached, and as whom. ``headers`` hold the credential and never appear in any output."""

    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Probe:
    """A GET that shows whether a key may read something. ``is_needed``: without it the tool is of no use.

    ``is_of_nothing``: there is no such object, so that a 404 is the good answer.
    """

    what: str
    path: str
    is_needed: bool = True
    is_of_nothing: bool = False


class Reads(Protocol):
    """Reading from an account: answers as JSON, in the order asked for.

    Every method raises ``ApiError`` when the account gives no usable answer.
    """

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        """Send one GET."""

    def get_all(self, paths: Sequence[str]) -> list[Json]:
        """Send many GETs, several at a time."""

    def path_of(self, url: str) -> str:
        """Return the path and query, for ``get``, of a whole URL that an answer gave.

        Raises:
            ApiError: It is not the account's, so the key must not go there.
        """


class Provider(Vendor, Protocol):
    """One vendor: ``name``, ``kinds`` and ``calls`` of ``Vendor``, and these. Implementations are stateless."""

    @property
    def document(self) -> type[BaseModel]:
        """The model of a whole manifest file, for the JSON Schema."""

    @property
    def variables(self) -> Sequence[str]:
        """The environment variables that ``endpoint`` reads."""

    @property
    def probes(self) -> Sequence[Probe]:
        """What to try to find out whether an account can be used; the first one shows whether it answers at all."""

    def endpoint(self, environment: Mapping[str, str], /) -> Endpoint:
        """Return where the account is, from environment variables.

        Raises:
            RingformError: A variable is missing or unusable.
        """

    def parse(self, document: Mapping[str, object], today: date, /) -> ParsedDocument:
        """Read a manifest whose texts are rendered. Collects every problem; never raises for bad input.

        ``today`` decides only the warnings about past dates: whether the manifest is valid does not depend on it.
        """

    def observe(self, reads: Reads, scope: Scope, /) -> Snapshot:
        """Read what the scope asks for, with as few requests as the API allows.

        Raises:
            ApiError: The account gave no usable answer to one of the requests.
        """

    def parse_response(self, change: Change, call: Call, answer: Json, /) -> Fields:
        """Return what the answer to a call of a change shows of the object, in normal form.

        It is held against ``call.expect``.

        Raises:
            ValueError: The answer does not have the documented shape, or is about another object.
        """
