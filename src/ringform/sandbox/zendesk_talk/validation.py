"""Checks of what is written, collected so that one answer names every fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ringform.sandbox.zendesk_talk.account import Account
from ringform.sandbox.zendesk_talk.errors import InvalidError

Check = Callable[[Account, Any], str | None]
"""What is wrong with a value, if anything."""

DELETE_AFTER = (
    "never",
    "1.days",
    "1.weeks",
    "2.weeks",
    "1.months",
    "2.months",
    "3.months",
    "6.months",
    "1.years",
    "2.years",
)
"""'Settings JSON Format', call_recording_delete_after and voicemail_recording_delete_after."""

LINE_TYPES = ("phone", "digital")
"""'JSON format', line_type."""


class Errors:
    """The errors of one request, by field."""

    def __init__(self) -> None:
        self._by_field: dict[str, list[dict[str, str]]] = {}

    def add(self, field: str, message: str, error: str = "InvalidValue") -> None:
        """Note one error."""
        label = field.rpartition(".")[2].replace("_", " ").capitalize()
        self._by_field.setdefault(field, []).append({"description": f"{label}: {message}", "error": error})

    def raise_any(self) -> None:
        """Refuse the request if anything was noted."""
        if self._by_field:
            raise InvalidError(self._by_field)

    def writable(
        self, account: Account, body: Mapping[str, Any], checks: Mapping[str, Check], prefix: str = ""
    ) -> dict[str, Any]:
        """Return the fields of a body that can be written, checked.

        Others are left out silently, read-only ones too: the document's update takes "only" what it lists as
        writable and tells of no refusal, and Rails' strong parameters drop what is not permitted.
        """
        changes = {name: body[name] for name in checks if name in body}
        for name, value in changes.items():
            if prefix + name in account.plan_read_only:
                self.add(prefix + name, "cannot be changed on this plan", "FeatureNotAvailable")
                continue
            message = checks[name](account, value)
            if message is not None:
                self.add(prefix + name, message)
        return changes


def is_integer(value: object) -> bool:
    """Say whether it is a JSON integer; true is an int to Python, but not here."""
    return type(value) is int


def _boolean(_account: Account, value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _integer(_account: Account, value: Any) -> str | None:
    return None if is_integer(value) else "must be an integer"


def _text(_account: Account, value: Any) -> str | None:
    return None if isinstance(value, str) else "must be a string"


def _object(_account: Account, value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be an object"


def _language(_account: Account, value: Any) -> str | None:
    sound = isinstance(value, str) and re.fullmatch("[a-z]{2}", value)
    return None if sound else "must be an ISO 639-1 language code"


def _one_of(*allowed: str) -> Check:
    return lambda account, value: None if value in allowed else f"must be one of {', '.join(allowed)}"


def _or_null(check: Check) -> Check:
    """Let a null unset what a number need not have; the document marks no property as mandatory."""
    return lambda account, value: None if value is None else check(account, value)


def _id_of(things: str) -> Check:
    def check(account: Account, value: Any) -> str | None:
        if not is_integer(value):
            return "must be an integer"
        known = {thing.id for thing in getattr(account, things)}
        return None if value in known else f"{value} is not the id of one of the account's {things}"

    return check


def _ids_of(things: str) -> Check:
    one = _id_of(things)

    def check(account: Account, value: Any) -> str | None:
        if not isinstance(value, list):
            return "must be an array of integers"
        return next((message for item in value if (message := one(account, item))), None)

    return check


NUMBER_CHECKS: dict[str, Check] = {
    "brand_id": _or_null(_id_of("brands")),
    "call_recording_consent": _text,  # no allowed values are documented; the examples have "always"
    "default_group_id": _or_null(_id_of("groups")),
    "failover_number": _or_null(_text),
    "greeting_ids": _ids_of("greetings"),
    "group_ids": _ids_of("groups"),
    "ivr_id": _or_null(_id_of("ivrs")),
    "line_type": _one_of(*LINE_TYPES),
    "nickname": _or_null(_text),
    "outbound_enabled": _boolean,
    "post_call_voice_ai_enabled": _boolean,
    "priority": _integer,
    "recorded": _boolean,
    "schedule_id": _or_null(_id_of("schedules")),
    "sms_enabled": _boolean,
    "sms_group_id": _or_null(_id_of("groups")),
    "transcription": _boolean,
    "voice_enabled": _boolean,
    "voice_qa_enabled": _boolean,
}
"""'JSON format': what is not read-only. ``capabilities`` is said to be writable, but all its parts are read-only;
``token`` can be written on create only."""

SETTINGS_CHECKS: dict[str, Check] = {
    "allow_outbound_calls": _boolean,
    "average_wait_time_message_enabled": _boolean,
    "call_offering_duration": _integer,
    "call_recording_delete_after": _one_of(*DELETE_AFTER),
    "callback_from_queue": _boolean,
    "callback_locale": _language,
    "create_ticket_for_abandoned_calls": _boolean,
    "dequeue_retry_if_attempted": _boolean,
    "maximum_queue_size": _integer,
    "maximum_queue_wait_time": _integer,
    # The example that the document refers to is not in it, so nothing is known of the object's members.
    "overflow_number": _or_null(_object),
    "priority": _integer,
    "voicemail": _boolean,
    "voicemail_outside_business_hours": _boolean,
    "voicemail_recording_delete_after": _one_of(*DELETE_AFTER),
}
"""'Settings JSON Format'; it gives no ranges, so integers may be any."""

UNDOCUMENTED_SETTINGS: dict[str, Check] = {
    "wrap_up_enabled": _boolean,
    "wrap_up_time_limit": _integer,
    "forwarding_caller_id": _or_null(_text),
}
"""What other pages than the document say that accounts have."""
