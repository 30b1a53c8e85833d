"""What a provider is: everything that ringform needs to know of one vendor, and nothing it does itself.

A provider is pure but for ``observe``, which reads through the ``Reads`` that it is handed. It never sends a
write: it turns changes into calls, which are data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pydantic import BaseModel

from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.api_error import ErrorBody
from ringform.model.call_record import CallRecord, UnderWay
from ringform.model.change import Call, Change
from ringform.model.desired import Desired, Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields, Json
from ringform.planning.guardrails import Guardrail
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
        """One GET."""

    def get_all(self, paths: Sequence[str]) -> list[Json]:
        """Many GETs, several at a time."""

    def path_of(self, url: str) -> str:
        """The path and query, for ``get``, of a whole URL that an answer gave.

        Raises:
            ApiError: It is not the account's, so the key must not go there.
        """


class Provider(Protocol):
    """One vendor. Implementations are stateless."""

    @property
    def name(self) -> str:
        """The word after ``provider:`` in a manifest, such as ``phone.inc``."""

    @property
    def variables(self) -> Sequence[str]:
        """The environment variables that say where an account is, and as whom it is used."""

    @property
    def document(self) -> type[BaseModel]:
        """The model of a whole manifest file, for the JSON Schema."""

    @property
    def kinds(self) -> Sequence[str]:
        """Every kind of object that a manifest can hold, in the order of reports."""

    @property
    def creatable(self) -> frozenset[str]:
        """The kinds of which the API can create objects."""

    @property
    def guardrails(self) -> Sequence[Guardrail]:
        """Rules against plans that are valid and probably not meant, beside those for every vendor."""

    @property
    def routing_fields(self) -> frozenset[str]:
        """The fields that decide who answers: the ones that ``protect: true`` protects."""

    @property
    def probes(self) -> Sequence[Probe]:
        """What to try to find out whether an account can be used; the first one shows whether it answers at all."""

    @property
    def people_fields(self) -> frozenset[str]:
        """The fields, at any depth, whose values are ids of people or things: they are shown by name."""

    @property
    def partial_fields(self) -> frozenset[str]:
        """The fields of which a manifest manages each entry by itself; in normal form they are taken apart."""

    @property
    def lasting_fields(self) -> frozenset[str]:
        """The fields that may have no value, and yet cannot be cleared once they have one: undo leaves them."""

    @property
    def numbers(self) -> frozenset[str]:
        """The kinds that are phone numbers, which people call, whether or not it is documented what a caller meets."""

    @property
    def answering(self) -> Mapping[str, Sequence[str]]:
        """The kinds that callers can call, each with the fields without which it cannot be said what a caller meets.

        A kind of which the vendor's documents do not tell what happens to a call is not among them.
        """

    def call_flow(self, fields: Fields) -> CallFlow:
        """How an object of a kind in ``answering`` answers, from its fields in normal form.

        A needed field that is missing counts as not set: that is good enough to look at the flows that are there, but
        not to say what callers meet.
        """

    def recent_calls(self, reads: Reads) -> Sequence[CallRecord] | None:
        """The latest calls of callers, newest first, as many as one request gives; None: the API has no calls.

        Raises:
            ApiError: The account gave no usable answer.
        """

    def calls_under_way(self, reads: Reads) -> UnderWay | None:
        """The calls that are going on, with as few requests as the API allows; None: the API has no calls.

        Raises:
            ApiError: The account gave no usable answer.
        """

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """What people call an object, from its fields in normal form; None where they do not say."""

    def endpoint(self, environment: Mapping[str, str]) -> Endpoint:
        """Where the account is, from environment variables.

        Raises:
            RingformError: A variable is missing or unusable.
        """

    def parse(self, document: Mapping[str, object], today: date) -> ParsedDocument:
        """Read a manifest whose texts are rendered. Collects every problem; never raises for bad input.

        ``today`` decides only what is said of dates that are over: whether the manifest is valid does not depend on it.
        """

    def observe(self, reads: Reads, scope: Scope) -> Snapshot:
        """Read what the scope asks for, with as few requests as the API allows.

        Raises:
            ApiError: The account gave no usable answer to one of the requests.
        """

    def people(self, reads: Reads) -> Mapping[str, Mapping[str, str]]:
        """The account's people as ``Snapshot.people`` has them, for display; empty when the key may not read them."""

    def bind(self, desired: Desired, live: Snapshot) -> tuple[Desired, Sequence[Diagnostic]]:
        """Put ids in the place of references, from the account's people."""

    def blank(self, address: Address) -> Fields:
        """The fields of an object that does not exist yet, each as the API would have it if it is not given."""

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """The fewest calls that take a live object (None: there is none) to the goal (None: it goes), in order.

        ``goal`` is complete: what the manifest does not manage has been copied from live.

        Raises:
            RingformError: The API has no call for it.
        """

    def renewed(self, reads: Reads, purchases: Sequence[Change]) -> Sequence[Change]:
        """Creates of what has to be bought, as the vendor sells it now: searched for again just before an apply.

        Raises:
            Refused: A price or a term is not what was planned any more, or there is nothing to be bought.
            ApiError: The account gave no usable answer.
        """

    def shown(self, change: Change, call: Call, answer: Json) -> Fields:
        """What an answer to a call shows of the object, in normal form, to be held against ``call.expect``.

        Raises:
            ValueError: The answer does not have the documented shape, or is about another object.
        """

    def recheck(self, change: Change) -> str:
        """The path and query that shows, in one GET, what a change is about to touch."""

    def rechecked(self, change: Change, answer: Json) -> Fields | None:
        """What the answer to ``recheck`` shows of the object, in normal form; None when it is not there.

        Raises:
            ValueError: The answer does not have the documented shape, or is about another object.
        """

    def created_id(self, answer: Json) -> str:
        """The id of what a create has made, from its answer, for the calls on the same object that follow it.

        Raises:
            ValueError: The answer does not have the documented shape.
        """

    def lookup(self, call: Call) -> str | None:
        """The path and query that finds what a create may have made, for an answer that was lost."""

    def found(self, call: Call, answer: Json) -> Json:
        """The object that a create may have made, out of the answer to ``lookup``; None when it is not there.

        Raises:
            ApiError: That cannot be told, or the create must not be sent again in any case.
        """

    def parse_error(self, body: Mapping[str, Json]) -> ErrorBody:
        """Return what the body of an answer that says no has to say; nothing, if it is not as documented."""

    def blamed_field(self, call: Call, key: str) -> str:
        """The field, in normal form, that a refusal names by one of the request's keys."""

    def export(self, live: Snapshot) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """The account as a manifest document whose plan is empty, and what could not be written down."""
