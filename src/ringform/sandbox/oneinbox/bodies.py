"""The document's request body, and the checks that FastAPI makes of it.

pydantic makes them here too, as it words the errors; it takes long to import, so this module is imported late.
Fields that the document does not list are ignored, as FastAPI does.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, TypeAdapter, ValidationError

from ringform.sandbox.oneinbox.errors import InvalidError

_Value = TypeVar("_Value")


class FallbackUpdate(BaseModel):
    """Who takes the call instead; there is nothing in it that could be left out."""

    agent_id: UUID


class InboundRoutingUpdate(BaseModel):
    """The document's 'InboundRoutingUpdate': every field is optional.

    It says of ``fallback`` alone that it may be null. The defaults are never used: what was left out is told
    by ``model_fields_set``.
    """

    agent_id: UUID = UUID(int=0)
    fallback: FallbackUpdate | None = None
    voicemail_message: str = ""


class PhoneNumberUpdate(BaseModel):
    """The document's 'Body'."""

    friendly_name: str | None = None
    agent_id: UUID | None = None
    inbound_routing: InboundRoutingUpdate = InboundRoutingUpdate()


def checked_update(body: object) -> PhoneNumberUpdate:
    """Check a request's JSON value."""
    return _checked(PhoneNumberUpdate, body, "body")


def checked_id(text: str) -> str:
    """Check the path's phone_id, 'string<uuid>', and return it in its usual form."""
    return str(_checked(UUID, text, "path", "phone_id"))


def _checked(shape: type[_Value], value: object, *place: str) -> _Value:
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        details: list[dict[str, Any]] = [
            {"loc": [*place, *item["loc"]], "msg": item["msg"], "type": item["type"]}
            for item in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise InvalidError(details) from None
