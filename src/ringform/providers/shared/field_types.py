"""Fields that every provider's manifest has. A manifest's scalars are text until one of these reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic.config import JsonDict

from ringform.model.messages import shown
from ringform.providers.shared.calendar import timezones
from ringform.providers.shared.validation import MOST_FIELDS, at_most, refuse

TEMPLATE = r"\{\{"
"""What a pattern lets pass as well: what stands in the place of {{ ... }} is not known to an editor."""

_PHONE_PATTERN = "^\\s*\\+[0-9 ()./\u00a0\u2010-\u2015-]+$|^[1-9][0-9]{6,14}$"
"""The second form is what some readers of YAML make of a number without quotes."""

PHONE_ADVICE = "Write the number with its country code, like +45 20 12 34 56."
PHONE_NAMES: JsonDict = {"pattern": _PHONE_PATTERN, "patternErrorMessage": PHONE_ADVICE}
"""What an editor knows of a phone number before a colon, in any way of writing it."""

PHONE_VALUE_PATTERN = f"{_PHONE_PATTERN}|{TEMPLATE}"

MAY_BE_EMPTY: JsonDict = {"type": ["object", "null"]}
"""A section in which every line is still a comment."""

_Variable = Annotated[str | int | float | bool, WithJsonSchema({"type": ["string", "number", "boolean"]})]

Variables = Annotated[
    dict[str, _Variable],
    Field(
        description="Values for {{ name }} in texts.",
        examples=[{"company": "Acme Phones"}],
        json_schema_extra=MAY_BE_EMPTY,
    ),
]


class Strict(BaseModel):
    """A mapping in which an unknown key is an error.

    ``ADVICE`` has hints for some unknown keys, and ``READ_ONLY`` says of others why they cannot be set.
    """

    # Built when first used: most models only stand within others, which build them over again.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    ADVICE: ClassVar[Mapping[str, str]] = {}
    READ_ONLY: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _is_small(cls, value: object) -> object:
        return at_most(MOST_FIELDS)(value)


def _boolean(value: object) -> object:
    words = {"true": True, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    meant = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
    hint = f"write {meant.get(str(value).lower(), 'true or false')}"
    raise refuse("not-a-boolean", f"this must be true or false, not {shown(value)}", hint=hint)


def printable(value: str) -> str:
    """Refuse characters that no text means and JSON cannot always carry; YAML's escapes can make them."""
    for character in value:
        if (
            (character < " " and character not in "\n\t")
            or "\x7f" <= character < "\xa0"
            or "\ud800" <= character < "\ue000"
        ):
            summary = f"the text has the character U+{ord(character):04X}, which cannot be spoken or shown"
            raise refuse("unprintable-text", summary, hint="remove it")
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise refuse("empty-text", "this text is empty", hint="write something, or remove the line")
    return printable(value)


def _whole(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    raise refuse("not-a-number", f"this must be a whole number, not {shown(value)}", hint="write digits only, like 30")


def not_null(value: object) -> object:
    """Refuse to clear a field for which the API's document names no value that clears it."""
    if value is None:
        hint = "write a value, or remove the line to leave it as it is"
        raise refuse("cannot-clear", "this cannot be cleared: the API has no value for that", hint=hint)
    return value


def schema(kind: str | list[str], /, **more: object) -> WithJsonSchema:
    """What an editor shows for a field, where pydantic cannot know it.

    ``patternErrorMessage`` is what yaml-language-server says in the place of a pattern; validators do not know it.
    """
    return WithJsonSchema({"type": kind, **more})


Boolean = Annotated[
    bool,
    BeforeValidator(_boolean),
    schema(
        ["boolean", "string"],
        pattern=rf"^([Tt]rue|TRUE|[Ff]alse|FALSE)$|{TEMPLATE}",
        patternErrorMessage="Write true or false.",
    ),
]
Text = Annotated[
    str,
    AfterValidator(_filled),
    schema("string", minLength=1, pattern=r"\S", patternErrorMessage="Write something."),
]
Whole = Annotated[
    int,
    BeforeValidator(_whole),
    schema(
        ["integer", "string"],
        minimum=0,
        pattern=rf"^[0-9]{{1,9}}$|{TEMPLATE}",
        patternErrorMessage="Write a whole number.",
    ),
]
"""A whole number that is not negative."""

Required = BeforeValidator(not_null)


def lasting(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that cannot be cleared."""
    return frozenset(name for name, field in model.model_fields.items() if Required in field.metadata)


def _timezone(value: str) -> str:
    try:
        return timezones.to_city(value)
    except timezones.UnknownTimezone as error:
        raise refuse("unknown-timezone", str(error), hint=error.hint) from None


Timezone = Annotated[
    str,
    AfterValidator(_timezone),
    schema("string", minLength=1, examples=["Copenhagen", "Europe/Copenhagen", "New_York"]),
]
