"""Ids in a Zendesk Talk manifest, and the sections with names for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from ringform.model.messages import shown
from ringform.model.values import Json
from ringform.providers.shared.field_types import MAY_BE_EMPTY, matching
from ringform.providers.shared.number_manifest import NumberSections
from ringform.providers.shared.validation import at_most, refuse

_MOST_NAMES = 10_000


def read_id(value: object) -> int | None:
    """Return the id that a value of the manifest is, or None."""
    if isinstance(value, bool):
        return None
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,17}", text) else None


def _id(value: object) -> Json:
    id_ = read_id(value)
    if id_ is None:
        hint = "write the number that Zendesk shows in its address, such as 360001"
        raise refuse("bad-id", f"{shown(value)} is not an id", hint=hint)
    return id_


_Id = Annotated[
    int,
    BeforeValidator(_id),
    WithJsonSchema(
        matching("^[1-9][0-9]*$", "Write an id, such as 360001.", 360001, kind=["integer", "string"], minimum=1)
    ),
]
_Ids = Annotated[dict[str, _Id], BeforeValidator(at_most(_MOST_NAMES))]


def _names(what: str) -> Any:
    description = f"Readable names for {what}, each with its id."
    return Field(default_factory=dict, description=description, json_schema_extra=MAY_BE_EMPTY)


class ZendeskNames(NumberSections):
    """Names for ids, of which there are several kinds."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **NumberSections.ADVICE,
        "agents": "groups of agents are named under 'groups:'",
    }

    brands: _Ids = _names("brands")
    groups: _Ids = _names("groups")
    ivrs: _Ids = _names("phone menus")
    schedules: _Ids = _names("schedules")
    greetings: _Ids = _names("greetings")
