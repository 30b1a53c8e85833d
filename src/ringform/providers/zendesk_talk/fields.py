"""The fields of a Zendesk Talk manifest (phone numbers document, "JSON format" and "Settings JSON Format")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from ringform.model.kind import FieldSpec, Kind
from ringform.model.messages import shown
from ringform.model.values import Json
from ringform.providers.shared.field_types import (
    AS_E164,
    ROUTING,
    Boolean,
    Required,
    Strict,
    Text,
    Whole,
    field_specs,
    matching,
    phone_schema,
    printable,
    schema,
)
from ringform.providers.shared.ignore_changes import IgnoreChanges, offered_fields
from ringform.providers.shared.validation import refuse
from ringform.providers.zendesk_talk.purchase_entry import Purchase

REFERENCES = {
    "brand_id": "brands",
    "group_ids": "groups",
    "default_group_id": "groups",
    "sms_group_id": "groups",
    "ivr_id": "ivrs",
    "schedule_id": "schedules",
    "greeting_ids": "greetings",
}
"""The fields that hold ids, each with the section of the manifest's names for them."""

_ACCOUNT = "the account sets it itself"
_READ_ONLY = (
    "categorised_greetings", "categorised_greetings_with_sub_settings", "country_code", "created_at",
    "default_greeting_ids", "display_number", "external", "id", "location", "toll_free",
)  # fmt: skip
_ISO_LANGUAGE = re.compile(r"[a-z]{2}")
_NOT_GIVEN: Any = None
"""The default of a field that cannot be null; nobody meets it, as only the fields that are given are read."""


def _reference(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


def _locale(value: str) -> str:
    if not _ISO_LANGUAGE.fullmatch(value):
        hint = "use an ISO 639-1 code of two letters, such as en or da"
        raise refuse("bad-language", f"{shown(value)} is not a language code", hint=hint)
    return value


def _plain_object(value: object) -> object:
    """Check an object whose fields are not documented, and return its normal form."""
    if not isinstance(value, Mapping):
        hint = "write its fields as 'name: value', each on a line of its own, indented below"
        raise refuse("wrong-kind", f"this must be a mapping (key: value), but here is {shown(value)}", hint=hint)
    for name, inner in value.items():
        if isinstance(inner, Mapping | list):
            raise refuse("wrong-kind", f"{shown(name)} must be one value, but here is {shown(inner)}")
        if isinstance(inner, str):
            printable(inner)
    return plain_object(value)


def plain_object(value: Json) -> Json:
    """Return the normal form of an object whose fields are not documented.

    In a manifest the text "true" is the same as true, and 30 the same as "30": the forms are true and "30".
    """
    if not isinstance(value, Mapping):
        return value
    return {name: _as_read(inner) for name, inner in value.items()}


def _as_read(value: Json) -> Json:
    """Return a value as a manifest would be read."""
    match value:
        case "true":
            return True
        case "false":
            return False
        case int() | float() if not isinstance(value, bool):
            return str(value)
    return value


Name = Annotated[
    str,
    BeforeValidator(_reference),
    schema(["integer", "string"], minLength=1, minimum=1, examples=[360001, "support"]),
]
"""An id, or the manifest's name for one."""

Retention = Literal[
    "never", "1.days", "1.weeks", "2.weeks", "1.months", "2.months", "3.months", "6.months", "1.years", "2.years"
]
"""How long recordings are kept (settings, "Allowed values")."""

_Phone = Annotated[str, AS_E164, phone_schema("+1 510 555 0100")]
_Object = Annotated[
    dict[str, Any],
    BeforeValidator(_plain_object),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "boolean", "number", "null"]}}),
]
_Locale = Annotated[
    str,
    AfterValidator(_locale),
    WithJsonSchema(matching("^[a-z]{2}$", "Write a code of two letters, such as en.")),
]


class ZendeskSettings(Strict):
    """How calls to a number are queued, recorded and taken by voicemail. Each one that is left out stays as it is."""

    allow_outbound_calls: Annotated[Boolean, Required] = False
    """Whether calls may be made from this number."""

    average_wait_time_message_enabled: Annotated[Boolean, Required] = False
    """Whether callers are told the average wait time."""

    call_offering_duration: Annotated[Whole, Required] = 0
    """How many seconds a call is offered to an agent."""

    call_recording_delete_after: Annotated[Retention, Required] = _NOT_GIVEN
    """After which time recordings of calls are deleted."""

    callback_from_queue: Annotated[Boolean, Required] = False
    """Whether callers in the queue can ask to be called back."""

    callback_locale: Annotated[_Locale, Required] = ""
    """The language of the greeting that confirms the number to call back, as an ISO 639-1 code."""

    create_ticket_for_abandoned_calls: Annotated[Boolean, Required] = False
    """Whether a call that is given up makes a ticket."""

    dequeue_retry_if_attempted: Annotated[Boolean, Required] = False
    """Whether a call leaves the queue after it was tried again."""

    maximum_queue_size: Annotated[Whole, Required, ROUTING] = 0
    """How many calls may wait before the next goes to voicemail."""

    maximum_queue_wait_time: Annotated[Whole, Required, ROUTING] = 0
    """How many minutes a call may wait in the queue."""

    overflow_number: Annotated[_Object | None, ROUTING] = None
    """Where calls go that neither an agent nor voicemail can take; managed whole, null clears it."""

    priority: Annotated[Whole, Required] = 0
    """The priority of this number's calls."""

    voicemail: Annotated[Boolean, Required, ROUTING] = False
    """Whether voicemail is on."""

    voicemail_outside_business_hours: Annotated[Boolean, Required, ROUTING] = False
    """Whether callers can leave voicemail outside business hours."""

    voicemail_recording_delete_after: Annotated[Retention, Required] = _NOT_GIVEN
    """After which time recordings of voicemail are deleted."""

    wrap_up_enabled: Annotated[Boolean, Required] = False
    """Whether agents have time for wrap-up after a call. Zendesk's API document does not describe it."""

    wrap_up_time_limit: Annotated[Whole, Required] = 0
    """How long wrap-up may take. Zendesk's API document does not describe it."""

    forwarding_caller_id: Text | None = None
    """The number that is shown when a call is forwarded. Zendesk's API document does not describe it."""


class ZendeskDefaults(Strict):
    """Fields of phone numbers. A field that is left out is left as it is in the account."""

    ADVICE: ClassVar[Mapping[str, str]] = {
        "number": "the number is the name before the colon, and cannot be changed",
        "purchase": "write purchase: with the number that is to be bought",
        "token": "a number is bought by purchase:, which finds the token; if this was a real key, have it replaced",
        "friendly_name": "did you mean 'nickname'?",
    }
    READ_ONLY: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(_READ_ONLY, _ACCOUNT),
        "name": "it is the nickname, or else the number; write nickname: to name it",
        "number": "it is the name before the colon, and cannot be changed",
        "capabilities": "what a number can do is up to the account; voice_enabled and sms_enabled switch it",
    }

    nickname: Text | None = None
    """What your team calls the number; null clears it."""

    brand_id: Name | None = None
    """The brand of the number, by id or name; null for none."""

    line_type: Annotated[Literal["phone", "digital"], Required] = _NOT_GIVEN
    """The type of the line."""

    priority: Annotated[Whole, Required] = 0
    """The priority of the number's calls."""

    voice_enabled: Annotated[Boolean, Required, ROUTING] = False
    """Whether calls are taken."""

    sms_enabled: Annotated[Boolean, Required] = False
    """Whether text messages are taken."""

    outbound_enabled: Annotated[Boolean, Required] = False
    """Whether calls may be made with this number."""

    group_ids: Annotated[list[Name], Required, FieldSpec("", is_routing=True, default=[])] = Field([])
    """The groups whose agents are called, by id or name, in order: the first counts for routing."""

    default_group_id: Annotated[Name | None, ROUTING] = None
    """The default group, by id or name; null for none."""

    sms_group_id: Name | None = None
    """The group for text messages, by id or name; null for none."""

    ivr_id: Annotated[Name | None, ROUTING] = None
    """The phone menu (IVR), by id or name; null for none."""

    schedule_id: Annotated[Name | None, ROUTING] = None
    """The schedule of business hours, by id or name; null for none."""

    greeting_ids: Annotated[list[Name], Required, FieldSpec("", default=[])] = Field([])
    """The greetings of your own, by id or name, in any order."""

    failover_number: Annotated[_Phone | None, ROUTING] = None
    """The number to fall back to; null for none."""

    recorded: Annotated[Boolean, Required] = False
    """Whether calls are recorded."""

    call_recording_consent: Annotated[Text, Required] = ""
    """What callers are asked before a recording, such as always."""

    transcription: Annotated[Boolean, Required] = False
    """Whether voicemail is transcribed."""

    post_call_voice_ai_enabled: Annotated[Boolean, Required] = False
    """Whether voice AI looks at calls afterwards."""

    voice_qa_enabled: Annotated[Boolean, Required] = False
    """Whether calls are rated by voice QA."""

    settings: Annotated[ZendeskSettings, Required] = _NOT_GIVEN
    """How calls are queued, recorded and taken by voicemail, setting by setting."""

    protect: Annotated[Boolean, Required] = False
    """true: changes to who answers need permission (apply --allow protected)."""

    ignore_changes: Annotated[IgnoreChanges, offered_fields(lambda: PHONE_NUMBER)] = Field([])
    """Fields that are left as they are in the account while they differ."""


class ZendeskNumber(ZendeskDefaults):
    """One phone number. A field that is left out is left as it is in the account."""

    purchase: Annotated[Purchase, Required] = _NOT_GIVEN
    """Buy this number if the account lacks it (apply --allow purchase)."""


PHONE_NUMBER = Kind("zendesk_phone_number", field_specs(ZendeskDefaults, ids=REFERENCES), name_field="nickname")
