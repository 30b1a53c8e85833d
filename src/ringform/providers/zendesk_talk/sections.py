"""The sections of a Zendesk Talk manifest, as models: what names there are, and the JSON Schema of a whole file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from ringform.model.messages import shown
from ringform.model.values import Json
from ringform.providers.shared.field_types import (
    MAY_BE_EMPTY,
    PHONE_NAMES,
    TEMPLATE,
    Strict,
    Variables,
    Version,
    schema,
)
from ringform.providers.shared.guardrail_limits import Limits
from ringform.providers.shared.validation import at_most, refuse
from ringform.providers.zendesk_talk.fields import ZendeskDefaults, ZendeskNumber

NAME = "zendesk-talk"

_MOST_NAMES = 10_000


def read_id(value: object) -> int | None:
    """The id that a value of the manifest is, or None."""
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
    schema(
        ["integer", "string"],
        minimum=1,
        pattern=rf"^[1-9][0-9]*$|{TEMPLATE}",
        patternErrorMessage="Write an id, such as 360001.",
        examples=[360001],
    ),
]
_Ids = Annotated[dict[str, _Id], BeforeValidator(at_most(_MOST_NAMES))]


def _names(what: str) -> Any:
    description = f"Readable names for {what}, each with its id."
    return Field(default_factory=dict, description=description, json_schema_extra=MAY_BE_EMPTY)


class Sections(Strict):
    """Names for ids, of which there are several kinds."""

    brands: _Ids = _names("brands")
    groups: _Ids = _names("groups")
    ivrs: _Ids = _names("phone menus")
    schedules: _Ids = _names("schedules")
    greetings: _Ids = _names("greetings")


class ZendeskTalkDocument(Sections):
    """A ringform manifest for Zendesk Talk."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("numbers", "main_numbers"), "did you mean 'phone_numbers'?"),
        **dict.fromkeys(("variables", "var"), "did you mean 'vars'?"),
        "agents": "groups of agents are named under 'groups:'",
        "tests": "the API's documents do not say what happens to a call, so it cannot be tested",
    }

    version: Version
    provider: Literal["zendesk-talk"] = Field(description="Whose API the numbers live in.")
    vars: Variables = Field(default_factory=dict)
    defaults: Annotated[ZendeskDefaults | None, Field(description="Fields for every number that lacks them.")] = None
    phone_numbers: Annotated[
        dict[str, ZendeskNumber | None],
        Field(
            description="The account's phone numbers, by number with country code.",
            examples=[{"+15105550100": {"nickname": "Support"}}],
            json_schema_extra={**MAY_BE_EMPTY, "propertyNames": PHONE_NAMES},
        ),
    ] = Field(default_factory=dict)
    guardrails: Limits
