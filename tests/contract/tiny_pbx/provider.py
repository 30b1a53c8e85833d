"""Tiny PBX as a provider for ringform: the smallest one that keeps every promise.

Its API: ``GET /numbers`` and ``GET /numbers/:id`` show numbers, ``PATCH /numbers/:id`` changes the fields that it is
given. ``docs/adding-a-provider.md`` quotes this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal
from urllib.parse import quote

from pydantic import BaseModel, Field

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT, ErrorBody, bad_answer
from ringform.model.change import Call, Change
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.model.problem import DocumentPath, Problem
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.urls import checked_base_url
from ringform.model.values import Fields, Json
from ringform.planning.compare import changed_fields
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.plain import PlainProvider
from ringform.providers.protocol import Endpoint, Probe, Reads
from ringform.providers.shared import entries, error_bodies, exporting
from ringform.providers.shared.entries import Dialect, Entry
from ringform.providers.shared.field_types import Boolean, Required, Strict, Text, Variables, Whole
from ringform.providers.shared.guardrail_limits import LimitSetting
from ringform.providers.shared.validation import check

NAME = "tiny-pbx"
KIND = "tiny_pbx_number"
KEY = "TINY_PBX_KEY"
URL = "TINY_PBX_URL"


class Number(Strict):
    """One number, or the defaults for all. A field that is left out is left as it is in the account."""

    READ_ONLY: ClassVar[Mapping[str, str]] = {"registered": "the account sets it itself"}

    label: Text | None = Field(None, description="What people call the number; null clears it.")
    ring_secs: Annotated[Whole, Required] = Field(0, description="How many seconds it rings.")
    forward_to: Text | None = Field(None, description="Who is called in its place; null for nobody.")
    protect: Annotated[Boolean, Required] = Field(
        False, description="true: changes to who answers need permission (apply --allow protected)."
    )


FIELDS = ("label", "ring_secs", "forward_to")
"""Every field that a manifest can manage, in the order of reports."""


class Sections(Strict):
    """The sections that only this provider has: none."""


class TinyPbxDocument(Sections):
    """A ringform manifest for Tiny PBX."""

    version: Literal[1] = Field(description="The version of the manifest's format.")
    provider: Literal["tiny-pbx"] = Field(description="Whose API the numbers live in.")
    vars: Variables = Field(default_factory=dict)
    defaults: Annotated[Number | None, Field(description="Fields for every number that lacks them.")] = None
    phone_numbers: dict[str, Number | None] = Field(
        default_factory=dict, description="The account's numbers, by number with country code."
    )
    guardrails: dict[str, LimitSetting] = Field(
        default_factory=dict, description="Other limits for guardrails, by the guardrail's name."
    )


def parse(document: Mapping[str, object]) -> ParsedDocument:
    """What a manifest wants."""
    _, found = entries.read_names(document, Sections, TinyPbxDocument, {}, lambda _: None)
    return entries.parse(document, Dialect(NAME, KIND, _key, _entry, FIELDS), people={}, found=found)


def _key(name: str, path: DocumentPath) -> str | Problem:
    try:
        return to_e164(name)
    except NotAPhoneNumber as error:
        return Problem(path, "bad-phone-number", f"{name!r} is not a phone number", hint=str(error), on_key=True)


def _entry(value: object, path: DocumentPath) -> tuple[Entry | None, list[Problem]]:
    read, found = check(Number, value, path)
    if read is None:
        return None, found
    fields = read.model_dump(mode="json", exclude_unset=True)
    return Entry(fields, fields.pop("protect", None)), []


def normal(answer: Json) -> Fields:
    """A number as the API gives it, in normal form: every field of ``FIELDS``, and no text where there is none.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    if not isinstance(answer, Mapping) or not {"id", "number", *FIELDS} <= answer.keys():
        raise ValueError("a number lacks fields")
    return {name: None if answer[name] == "" else answer[name] for name in FIELDS}


def resource(answer: Json) -> Resource:
    """A live number.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    fields = normal(answer)
    assert isinstance(answer, Mapping)
    name = fields["label"]
    address = Address(KIND, str(answer["number"]))
    return Resource(address, str(answer["id"]), name if isinstance(name, str) else None, fields, answer)


def normal_of(address: Address, path: str, answer: Json) -> Fields:
    """The normal form of the number that a request was about.

    Raises:
        ValueError: The answer does not have the documented shape, or a cache has swapped it for another number's.
    """
    found = resource(answer)
    if (found.address, path_of(found.id)) != (address, path):
        raise ValueError(ANOTHER_OBJECT)
    return found.fields


def path_of(id_: str) -> str:
    """The path of one number. The id comes from outside: it must not reach into another path."""
    return f"/numbers/{quote(id_, safe='')}"


class TinyPbx(PlainProvider):
    """Numbers of a Tiny PBX."""

    name = NAME
    variables = (KEY, URL)
    document: type[BaseModel] = TinyPbxDocument
    kinds = (KIND,)
    routing_fields = frozenset({"forward_to", "ring_secs"})
    probes = (Probe("numbers", "/numbers"),)
    lasting_fields = frozenset({"ring_secs"})

    def name_of(self, address: Address, fields: Fields) -> str | None:
        """Its label."""
        name = fields.get("label")
        return name if isinstance(name, str) else None

    def endpoint(self, environment: Mapping[str, str]) -> Endpoint:
        """The key and the base URL, both of which are needed."""
        missing = [name for name in (KEY, URL) if not environment.get(name)]
        if missing:
            hint = "set it, as in: export TINY_PBX_URL=https://pbx.example.com"
            raise RingformError(*(Diagnostic("missing-key", f"{name} is not set", hint=hint) for name in missing))
        key = environment[KEY]
        return Endpoint(checked_base_url(URL, environment[URL]), {"X-Pbx-Key": key}, (key,))

    def parse(self, document: Mapping[str, object], today: date) -> ParsedDocument:
        """What a manifest wants, on whatever day."""
        return parse(document)

    def observe(self, reads: Reads, scope: Scope) -> Snapshot:
        """One GET: the list has everything."""
        answer = reads.get("/numbers")
        if not isinstance(answer, list):
            raise bad_answer("GET /numbers", "it is no list")
        try:
            there = [resource(each) for each in answer]
        except ValueError as error:
            raise bad_answer("GET /numbers", str(error)) from None
        return Snapshot(
            {each.address: each for each in there if scope.covers(each.address)},
            tuple(each.address for each in there if not scope.covers(each.address)),
        )

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        """One PATCH with what differs, or none."""
        if live is None or goal is None:
            summary = f"{address.key} can be neither created nor deleted: the API has no call for that"
            raise RingformError(Diagnostic("cannot-delete", summary, address=address))
        changed = {name: goal[name] for name in changed_fields(live.fields, goal)}
        return [Call("PATCH", path_of(live.id), changed, changed)] if changed else []

    def shown(self, change: Change, call: Call, answer: Json) -> Fields:
        """A PATCH is answered with the number."""
        return normal_of(change.address, call.path, answer)

    def recheck(self, change: Change) -> str:
        """The number itself."""
        return change.calls[0].path

    def rechecked(self, change: Change, answer: Json) -> Fields | None:
        """The number itself."""
        return normal_of(change.address, self.recheck(change), answer)

    def parse_error(self, body: Mapping[str, Json]) -> ErrorBody:
        """Texts by field."""
        return ErrorBody(by_field=error_bodies.by_field(body.get("errors")))

    def export(self, live: Snapshot) -> tuple[Mapping[str, object], Sequence[Diagnostic]]:
        """The account as a manifest."""
        return exporting.export(live, NAME, frozenset(), parse)
