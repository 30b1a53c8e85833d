"""How a main number answers: its normal form, read as call flows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ringform.callflow.types import (
    CallFlow,
    Flow,
    FlowNames,
    Menu,
    Message,
    People,
    Slot,
    StepType,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.values import Fields, Json
from ringform.providers.phone_inc.resources.flows import SLOTS
from ringform.providers.shared.calendar import timezones
from ringform.providers.shared.calendar.hours import DAYS

NAMES = FlowNames(
    fields={**dict(zip(Slot, SLOTS, strict=True)), "options": "menu_options"},
    steps={
        StepType.MENU: "PhoneMenuConfig",
        StepType.TRANSFER: "TransferConfig",
        StepType.WELCOME_TRANSFER: "WelcomeTransferConfig",
        StepType.VOICEMAIL: "VoicemailConfig",
        StepType.MESSAGE: "RejectConfig",
        StepType.MENU_MESSAGE: "PlayMessageConfig",
    },
)
"""What the API calls the parts of a call flow."""


def call_flow(fields: Fields) -> CallFlow:
    """Return the call flow of a main number in normal form. A missing field counts as not set.

    Its no-answer flow can run only with a timer (main numbers document, ``no_answer_timeout_secs``).
    """
    timer = fields.get("no_answer_timeout_secs")
    incoming, closed, no_answer = (_flow(fields.get(slot)) for slot in SLOTS)
    is_armed = isinstance(timer, int) and timer > 0 and no_answer is not None
    week = fields.get("opening_hours")
    language = fields.get("language")
    return CallFlow(
        timezone=_iana_name(timezone) if isinstance(timezone := fields.get("timezone"), str) else "",
        language=language if isinstance(language, str) else None,
        is_recorded=fields.get("recording_enabled") is True,
        incoming=incoming or Unknown("null"),
        closed=closed,
        no_answer=no_answer if is_armed else None,
        ring_seconds=timer if is_armed and isinstance(timer, int) else None,
        hours=_hours(week) if isinstance(week, Mapping) else {},
        names=NAMES,
    )


@lru_cache(maxsize=1024)
def _iana_name(city: str) -> str:
    try:
        return timezones.iana_name(city)
    except timezones.UnknownTimezone:
        return city  # of the account, and new to ringform


def _hours(week: Mapping[str, Json]) -> dict[int, tuple[int, int]]:
    hours = {}
    for number, day in enumerate(DAYS):
        opening, dash, closing = str(week.get(day, "closed")).partition("-")
        if dash:
            hours[number] = (_minutes(opening), _minutes(closing))
    return hours


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)


def _flow(config: Json) -> Flow | None:
    if not isinstance(config, Mapping):
        return None
    match config.get("type"):
        case "PhoneMenuConfig":
            options = config.get("menu_options")
            entries = options.items() if isinstance(options, Mapping) else ()
            return Menu(
                str(config.get("welcome")),
                {digit: _option(option) for digit, option in entries if isinstance(option, Mapping)},
            )
        case "WelcomeTransferConfig":
            return Transfer(_people(config), str(config.get("welcome")))
        case "TransferConfig":
            return Transfer(_people(config))
        case "RejectConfig":
            return Message(str(config.get("message")))
        case "VoicemailConfig":
            return Voicemail(str(config.get("greeting")))
        case other:
            return Unknown(str(other))


def _option(option: Mapping[str, Json]) -> Transfer | Voicemail | Message:
    prompt = str(option.get("prompt"))
    match option.get("action_type"):
        case "WelcomeTransferConfig":
            return Transfer(_people(option), prompt)
        case "VoicemailConfig":
            return Voicemail(prompt)
        case "PlayMessageConfig":
            return Message(prompt)
        case _:
            # A prompt of a TransferConfig has no documented effect ("Transfer straight to employee_ids").
            return Transfer(_people(option))


def _people(config: Mapping[str, Json]) -> People:
    ids = config.get("employee_ids")
    return frozenset(str(each) for each in ids) if isinstance(ids, list) else frozenset()
