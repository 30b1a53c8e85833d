"""The fields of a OneInbox manifest (document "Update Phone Number", body)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from ringform.model.kind import FieldSpec, Kind
from ringform.providers.shared.field_types import (
    ROUTING,
    Boolean,
    Required,
    Strict,
    Text,
    field_specs,
    not_null,
    schema,
)
from ringform.providers.shared.ignore_changes import IgnoreChanges, offered_fields
from ringform.providers.shared.validation import refuse

REFERENCES = {"agent_id": "agents"}
"""The fields that hold ids, at any depth, each with the section of the manifest's names for them."""

_ACCOUNT = "the account sets it itself"
_NOT_GIVEN: Any = None
"""The default of a field that cannot be null; nobody meets it, as only the fields that are given are read."""

Agent = Annotated[str, schema("string", minLength=1, examples=["reception", "3c90c3cc-0d44-4b50-8888-8dd25736052a"])]
"""The UUID of an agent, or the manifest's name for one."""


_ALWAYS_THERE = not_null("the API's answers always name an agent, so nobody could see that a number has none")


def _message(value: object) -> object:
    """Read the empty text, which empties a message, as None. Of a null the document knows nothing there."""
    if value is None:
        raise refuse("cannot-clear", "this cannot be cleared with null", hint='write "" to empty it')
    return None if value == "" else value


class Fallback(Strict):
    """Who answers when the agent does not."""

    agent_id: Annotated[Agent, Required]
    """The agent who takes over, by UUID or name."""


class InboundRouting(Strict):
    """How calls are routed. Each knob that is left out stays as it is (document, "Partial routing patch")."""

    agent_id: Annotated[Agent, _ALWAYS_THERE, ROUTING] = ""
    """The agent who answers, by UUID or name."""

    fallback: Annotated[Fallback | None, FieldSpec("", is_routing=True, id_key="agent_id")] = None
    """Who answers when the agent does not; null clears it."""

    voicemail_message: Annotated[
        Text | None,
        BeforeValidator(_message),
        schema("string", pattern=r"^$|\S", patternErrorMessage='Write something, or "" to empty it.'),
    ] = None
    """What callers hear before voicemail; "" empties it."""


class OneInboxNumber(Strict):
    """One phone number, or the defaults for all. A field that is left out is left as it is in the account."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("name", "nickname"), "did you mean 'friendly_name'?"),
        **dict.fromkeys(("fallback", "voicemail_message"), "it belongs under inbound_routing"),
    }
    READ_ONLY: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("provider", "status", "inbound_trunk_id", "outbound_trunk_id", "dispatch_rule_id", "created_at",
             "updated_at"),
            _ACCOUNT,
        ),
        "id": "it is the UUID before the colon",
        "phone_number": "the number of an id cannot be changed",
    }  # fmt: skip

    friendly_name: Text | None = None
    """What your team calls the number; null clears it."""

    agent_id: Annotated[Agent, _ALWAYS_THERE, ROUTING] = ""
    """The agent of the number, by UUID or name."""

    inbound_routing: Annotated[InboundRouting, Required] = _NOT_GIVEN
    """How calls are routed, knob by knob; what is left out stays as it is."""

    protect: Annotated[Boolean, Required] = False
    """true: changes to who answers need permission (apply --allow protected)."""

    ignore_changes: Annotated[IgnoreChanges, offered_fields(lambda: PHONE_NUMBER)] = Field([])
    """Fields that are left as they are in the account while they differ."""


PHONE_NUMBER = Kind("oneinbox_phone_number", field_specs(OneInboxNumber, ids=REFERENCES), name_field="friendly_name")
