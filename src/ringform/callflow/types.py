"""Call flows as types: how a number answers, whatever its vendor calls the parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ringform.callflow.callers import People


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

    ``timezone`` is an IANA name. ``outside`` is None where the same happens at all hours. ``no_answer`` is there only
    if it can run: with a flow and a timer of ``ring_seconds``. ``hours`` maps days to opening intervals in minutes from
    midnight, ``[opening, closing)``; a closed day is missing.
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
"""What traces call the three parts of a configuration (``ringform.trace/v1``)."""
