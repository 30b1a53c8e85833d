"""Call flows as types, read from the normal form of a main number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ringform.core.callers import People
from ringform.core.values import Fields, Json


@dataclass(frozen=True, slots=True)
class Transfer:
    """The people ring, after ``plays`` if there is something to play."""

    rings: People
    plays: str | None = None


@dataclass(frozen=True, slots=True)
class Voicemail:
    """Something is played, then a voicemail is recorded."""

    plays: str


@dataclass(frozen=True, slots=True)
class Message:
    """Something is played, then the call ends."""

    plays: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Something is played, then the caller presses a key. Any other key, or none, is not documented."""

    plays: str
    options: Mapping[str, Transfer | Voicemail | Message]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A type that the documents do not name."""

    type: str


Flow: TypeAlias = Transfer | Voicemail | Message | Menu | Unknown


@dataclass(frozen=True, slots=True)
class Configuration:
    """How a number answers.

    ``outside`` is None where the same happens at all hours. ``no_answer`` is there only if it can run: with a flow and
    a timer of ``ring_seconds`` (main numbers document, ``no_answer_timeout_secs``). ``hours`` maps days to opening
    intervals in minutes from midnight, ``[opening, closing)``; a closed day is missing.
    """

    timezone: str
    language: str | None
    is_recorded: bool
    incoming: Flow
    outside: Flow | None
    no_answer: Flow | None
    ring_seconds: int | None
    hours: Mapping[int, tuple[int, int]]


INCOMING, OUTSIDE, NO_ANSWER = "incoming_call_config", "outside_opening_hours_config", "no_answer_config"

NEEDED = (INCOMING, OUTSIDE, NO_ANSWER, "no_answer_timeout_secs", "opening_hours", "timezone")
"""The fields without which it cannot be said what happens to a call."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def configuration(fields: Fields) -> Configuration:
    """A main number in normal form, complete, as what callers meet."""
    timer = fields.get("no_answer_timeout_secs")
    no_answer = _flow(fields.get(NO_ANSWER))
    is_armed = isinstance(timer, int) and timer > 0 and no_answer is not None
    week = fields.get("opening_hours")
    language = fields.get("language")
    return Configuration(
        timezone=str(fields.get("timezone")),
        language=language if isinstance(language, str) else None,
        is_recorded=fields.get("recording_enabled") is True,
        incoming=_flow(fields.get(INCOMING)) or Unknown("null"),
        outside=_flow(fields.get(OUTSIDE)),
        no_answer=no_answer if is_armed else None,
        ring_seconds=timer if is_armed and isinstance(timer, int) else None,
        hours=_hours(week) if isinstance(week, Mapping) else {},
    )


def _hours(week: Mapping[str, Json]) -> dict[int, tuple[int, int]]:
    hours = {}
    for number, day in enumerate(_DAYS):
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
