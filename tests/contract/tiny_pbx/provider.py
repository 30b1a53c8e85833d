"""Tiny PBX as a provider for ringform: the smallest one that keeps every promise.

Its API: ``GET /numbers`` and ``GET /numbers/:id`` show numbers, ``PATCH /numbers/:id`` changes the fields that it is
given. ``docs/adding-a-provider.md`` quotes this file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, ClassVar

from ringform import provider as rf

KEY = "TINY_PBX_KEY"
URL = "TINY_PBX_URL"


class Number(rf.Strict):
    """One number, or the defaults for all. A field that is left out is left as it is in the account."""

    READ_ONLY: ClassVar[Mapping[str, str]] = {"registered": "the account sets it itself"}

    label: rf.Text | None = rf.Field(None, description="What people call the number; null clears it.")
    ring_secs: Annotated[rf.Whole, rf.Required, rf.ROUTING] = rf.Field(0, description="How many seconds it rings.")
    forward_to: Annotated[rf.Text | None, rf.ROUTING] = rf.Field(
        None, description="Who is called in its place; null for nobody."
    )
    protect: Annotated[rf.Boolean, rf.Required] = rf.Field(
        False, description="true: changes to who answers need permission (apply --allow protected)."
    )


NUMBER = rf.Kind("tiny_pbx_number", rf.field_specs(Number), name_field="label")
MANIFEST = rf.NumberManifest(
    provider="tiny-pbx",
    vendor="Tiny PBX",
    kind=NUMBER,
    number=Number,
    example={"+4570100001": {"label": "Reception"}},
)


def normal(answer: rf.Json) -> rf.Fields:
    """A number as the API gives it, in normal form: every field, and no text where there is none.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    if not isinstance(answer, Mapping) or not {"id", "number", *NUMBER.names} <= answer.keys():
        raise ValueError("a number lacks fields")
    return {name: None if answer[name] == "" else answer[name] for name in NUMBER.names}


def resources(answer: rf.Json) -> list[rf.Resource]:
    """Every live number, from the list.

    Raises:
        ValueError: The answer does not have the documented shape.
    """
    if not isinstance(answer, list):
        raise ValueError("it is no list")
    found = []
    for each in answer:
        fields = normal(each)
        address = rf.Address(NUMBER.name, str(each["number"]))
        found.append(rf.Resource(address, str(each["id"]), NUMBER.name_of(fields), fields, each))
    return found


def normal_of(address: rf.Address, path: str, answer: rf.Json) -> rf.Fields:
    """The normal form of the number that a request was about.

    Raises:
        ValueError: The answer does not have the documented shape, or a cache has swapped it for another number's.
    """
    [found] = resources([answer])
    if (found.address, rf.path_below("/numbers", found.id)) != (address, path):
        raise ValueError(rf.ANOTHER_OBJECT)
    return found.fields


class TinyPbx:
    """Numbers of a Tiny PBX."""

    name = MANIFEST.provider
    kinds = rf.by_name(NUMBER)
    document = MANIFEST.document
    variables = (KEY, URL)
    probes = (rf.Probe("numbers", "/numbers"),)
    parse = staticmethod(MANIFEST.parse)
    export = staticmethod(MANIFEST.export)

    def endpoint(self, environment: Mapping[str, str]) -> rf.Endpoint:
        """The key and the base URL, both of which are needed."""
        missing = [name for name in (KEY, URL) if not environment.get(name)]
        if missing:
            hint = "set it, as in: export TINY_PBX_URL=https://pbx.example.com"
            raise rf.RingformError(*(rf.Diagnostic("missing-key", f"{name} is not set", hint=hint) for name in missing))
        key = environment[KEY]
        return rf.Endpoint(rf.checked_base_url(URL, environment[URL]), {"X-Pbx-Key": key}, (key,))

    def observe(self, reads: rf.Reads, scope: rf.Scope) -> rf.Snapshot:
        """One GET: the list has everything."""
        there = rf.Query("/numbers", resources).ask(reads)
        return rf.Snapshot(
            {each.address: each for each in there if scope.covers(each.address)},
            tuple(each.address for each in there if not scope.covers(each.address)),
        )

    def calls(self, live: rf.Resource | None, address: rf.Address, goal: rf.Fields | None) -> Sequence[rf.Call]:
        """One PATCH with what differs, or none."""
        if live is None or goal is None:
            raise rf.cannot_create_or_delete(address, where="the PBX's own pages")
        changed = {name: goal[name] for name in rf.changed_fields(live.fields, goal)}
        return [rf.Call("PATCH", rf.path_below("/numbers", live.id), changed, changed)] if changed else []

    def parse_response(self, change: rf.Change, call: rf.Call, answer: rf.Json) -> rf.Fields:
        """A PATCH is answered with the number."""
        return normal_of(change.address, call.path, answer)

    def recheck(self, change: rf.Change) -> rf.Query[rf.Fields | None]:
        """The number itself."""
        path = change.calls[0].path
        return rf.Query(path, partial(normal_of, change.address, path))

    def parse_error(self, body: Mapping[str, rf.Json]) -> rf.ErrorBody:
        """Texts by field."""
        return rf.ErrorBody(by_field=rf.by_field(body.get("errors")))
