"""Ids in a OneInbox manifest, and the section with names for them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic.config import JsonDict

from ringform.model.messages import shown
from ringform.providers.shared.field_types import MAY_BE_EMPTY, matching
from ringform.providers.shared.number_manifest import NumberSections
from ringform.providers.shared.validation import at_most, refuse

_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MOST_NAMES = 10_000
_UUID_ADVICE = "Write a UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a."
KEY_SCHEMA: JsonDict = {"pattern": f"^{_UUID}$", "patternErrorMessage": _UUID_ADVICE}


def read_id(value: object) -> str | None:
    """Return the UUID that a value of the manifest is, in lower case, or None."""
    return value.lower() if isinstance(value, str) and re.fullmatch(_UUID, value) else None


def _id(value: object) -> str:
    id_ = read_id(value)
    if id_ is None:
        hint = "write a UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a"
        raise refuse("bad-id", f"{shown(value)} is not an id", hint=hint)
    return id_


_Id = Annotated[
    str,
    BeforeValidator(_id),
    WithJsonSchema(matching(f"^{_UUID}$", _UUID_ADVICE, "3c90c3cc-0d44-4b50-8888-8dd25736052a")),
]


class OneInboxNames(NumberSections):
    """Names for ids."""

    agents: Annotated[
        dict[str, _Id],
        BeforeValidator(at_most(_MOST_NAMES)),
        Field(description="Readable names for agents, each with its UUID.", json_schema_extra=MAY_BE_EMPTY),
    ] = Field(default_factory=dict)
