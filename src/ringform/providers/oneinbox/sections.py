"""The sections of a OneInbox manifest, as models: what names there are, and the JSON Schema of a whole file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

from ringform.model.messages import shown
from ringform.providers.oneinbox.fields import OneInboxNumber
from ringform.providers.shared.field_types import MAY_BE_EMPTY, TEMPLATE, Strict, Variables, Version, schema
from ringform.providers.shared.guardrail_limits import Limits
from ringform.providers.shared.validation import at_most, refuse

NAME = "oneinbox"

_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MOST_NAMES = 10_000
_UUID_ADVICE = "Write a UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a."
_BY_ID: JsonDict = {
    **MAY_BE_EMPTY,
    "propertyNames": {"pattern": f"^{_UUID}$", "patternErrorMessage": _UUID_ADVICE},
}


def read_id(value: object) -> str | None:
    """The UUID that a value of the manifest is, in lower case, or None."""
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
    schema(
        "string",
        pattern=rf"^{_UUID}$|{TEMPLATE}",
        patternErrorMessage=_UUID_ADVICE,
        examples=["3c90c3cc-0d44-4b50-8888-8dd25736052a"],
    ),
]


class Sections(Strict):
    """Names for ids."""

    agents: Annotated[
        dict[str, _Id],
        BeforeValidator(at_most(_MOST_NAMES)),
        Field(description="Readable names for agents, each with its UUID.", json_schema_extra=MAY_BE_EMPTY),
    ] = Field(default_factory=dict)


class OneInboxDocument(Sections):
    """A ringform manifest for OneInbox."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("numbers", "main_numbers"), "did you mean 'phone_numbers'?"),
        **dict.fromkeys(("variables", "var"), "did you mean 'vars'?"),
        "tests": "the API's documents do not say what happens to a call, so it cannot be tested",
    }

    version: Version
    provider: Literal["oneinbox"] = Field(description="Whose API the numbers live in.")
    vars: Variables = Field(default_factory=dict)
    defaults: Annotated[OneInboxNumber | None, Field(description="Fields for every number that lacks them.")] = None
    phone_numbers: Annotated[
        dict[str, OneInboxNumber | None],
        Field(
            description="The account's phone numbers, each by its UUID.",
            examples=[{"3c90c3cc-0d44-4b50-8888-8dd25736052a": {"friendly_name": "Reception"}}],
            json_schema_extra=_BY_ID,
        ),
    ] = Field(default_factory=dict)
    guardrails: Limits
