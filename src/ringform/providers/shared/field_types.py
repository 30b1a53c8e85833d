"""Fields that every provider's manifest has. A manifest's scalars are text until one of these reads them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict

from ringform.model.kind import FieldSpec
from ringform.model.messages import shown
from ringform.model.phone import NotAPhoneNumber, to_e164
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.shared.calendar import timezones
from ringform.providers.shared.validation import MOST_FIELDS, at_most, refuse

TEMPLATE = r"\{\{"
"""What a pattern lets pass as well: what stands in the place of {{ ... }} is not known to an editor."""

_BETWEEN_DIGITS = " ()./\u00a0\u2010-\u2015-"
_PHONE_PATTERN = (
    f"^\\s*\\+[{_BETWEEN_DIGITS}]*[1-9]([{_BETWEEN_DIGITS}]*[0-9]){{6,14}}[{_BETWEEN_DIGITS}]*$|^[1-9][0-9]{{6,14}}$"
)
"""The second form is what some readers of YAML make of a number without quotes."""

PHONE_ADVICE = "Write the number with its country code, like +45 20 12 34 56."
PHONE_NAMES: JsonDict = {"pattern": _PHONE_PATTERN, "patternErrorMessage": PHONE_ADVICE}
"""What an editor knows of a phone number before a colon, in any way of writing it."""

AS_WRITTEN: list[JsonValue] = ["string", "number", "boolean"]
"""What YAML makes of a text without quotes, all of which is read as it is written."""

MAY_BE_EMPTY: JsonDict = {"type": ["object", "null"]}
"""A section in which every line is still a comment."""

_Variable = Annotated[str | int | float | bool, WithJsonSchema({"type": AS_WRITTEN})]

Version = Annotated[Literal[1], Field(description="The version of the manifest's format.")]

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


class NotNull(BeforeValidator):
    """Marks a field that cannot be cleared."""


def not_null(why: str) -> NotNull:
    """Refuse to clear a field; ``why`` follows on ``this cannot be cleared:``."""

    def refuse_null(value: object) -> object:
        if value is None:
            hint = "write a value, or remove the line to leave it as it is"
            raise refuse("cannot-clear", f"this cannot be cleared: {why}", hint=hint)
        return value

    return NotNull(refuse_null)


def schema(kind: JsonValue, /, **more: object) -> WithJsonSchema:
    """Return what an editor shows for a field, where pydantic cannot know it.

    ``patternErrorMessage`` is what yaml-language-server says in the place of a pattern; validators do not know it.
    """
    return WithJsonSchema({"type": kind, **more})


def matching(
    pattern: str, advice: str, *examples: JsonValue, kind: JsonValue = "string", **more: JsonValue
) -> JsonDict:
    """Return what an editor knows of a text that matches ``pattern`` or holds a template, with ``advice`` if not."""
    shown_with = {"examples": [*examples]} if examples else {}
    return {"type": kind, "pattern": f"{pattern}|{TEMPLATE}", "patternErrorMessage": advice, **shown_with, **more}


def phone_key(name: str, path: DocumentPath) -> str | Problem:
    """Return the number in E.164 form that stands before a colon, or what is wrong with it."""
    try:
        return to_e164(name)
    except NotAPhoneNumber as error:
        hint = "a template works in values only: write the number out" if "{{" in name else str(error)
        return Problem(path, "bad-phone-number", f"{shown(name)} is not a phone number", hint=hint, on_key=True)


def _phone(value: str) -> str:
    try:
        return to_e164(value)
    except NotAPhoneNumber as error:
        raise refuse("bad-phone-number", f"{shown(value)} is not a phone number", hint=str(error)) from None


Boolean = Annotated[
    bool,
    BeforeValidator(_boolean),
    WithJsonSchema(
        matching("^([Tt]rue|TRUE|[Ff]alse|FALSE)$", "Write true or false.", kind=["boolean", "string"]),
    ),
]
Text = Annotated[
    str,
    AfterValidator(_filled),
    schema(AS_WRITTEN, minLength=1, pattern=r"\S", patternErrorMessage="Write something."),
]
AS_E164 = AfterValidator(_phone)
"""Reads a phone number in any way of writing it that has a country code."""


def phone_schema(example: str) -> WithJsonSchema:
    """Return what an editor knows of a phone number."""
    return WithJsonSchema(matching(_PHONE_PATTERN, PHONE_ADVICE, example, kind=["string", "integer"]))


Phone = Annotated[str, AS_E164, phone_schema("+45 20 12 34 56")]
"""A phone number in E.164 form."""

Whole = Annotated[
    int,
    BeforeValidator(_whole),
    WithJsonSchema(matching("^[0-9]{1,9}$", "Write a whole number.", kind=["integer", "string"], minimum=0)),
]
"""A whole number that is not negative."""

Required = not_null("the API has no value for that")
"""Marks a field for which the API's document names no value that clears it."""

ROUTING = FieldSpec("", is_routing=True)
"""Marks a field that decides who answers."""


def _timezone(value: str) -> str:
    try:
        return timezones.to_city(value)
    except timezones.UnknownTimezone as error:
        raise refuse("unknown-timezone", str(error), hint=error.hint) from None


TIMEZONE_SCHEMA: JsonDict = {"type": "string", "format": "ringform-timezone"}
"""Stands for the list of all names, which takes long to make, until somebody asks for the whole schema."""

Timezone = Annotated[str, AfterValidator(_timezone), WithJsonSchema(TIMEZONE_SCHEMA)]


def field_specs(
    model: type[BaseModel],
    *,
    ids: Collection[str] = (),
    but: Collection[str] = ("protect", "ignore_changes"),
    within: str = "",
) -> tuple[FieldSpec, ...]:
    """Return what is to be known of the fields of a manifest's model, in order.

    A ``FieldSpec`` without a name in a field's metadata says what is special about it. ``ids`` are the fields that hold
    ids, ``but`` those that are no fields of the object. A model that a field always holds is managed entry by entry.
    """
    specs: list[FieldSpec] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if name in but:
            continue
        is_clearable = not any(isinstance(each, NotNull) for each in field.metadata)
        if not is_clearable and isinstance(inner, type) and issubclass(inner, BaseModel):
            specs += field_specs(inner, ids=ids, within=f"{name}.")
            continue
        mark = next((each for each in field.metadata if isinstance(each, FieldSpec)), FieldSpec(""))
        id_key = name if name in ids else mark.id_key
        specs.append(replace(mark, name=within + name, is_clearable=is_clearable, id_key=id_key))
    return tuple(specs)
