"""The types of call flows, in words that belong to no vendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

People: TypeAlias = frozenset[str]
"""Ids of people, as a set: the API documents give no ring order."""


class Slot(StrEnum):
    """The slots of a call flow: in opening hours, outside of them, and when nobody answers."""

    INCOMING = "incoming"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"


class StepType(StrEnum):
    """The type of a step of a call. ``menu_message``: a message after a key, which some APIs name differently."""

    MENU = "menu"
    TRANSFER = "transfer"
    WELCOME_TRANSFER = "welcome_transfer"
    VOICEMAIL = "voicemail"
    MESSAGE = "message"
    MENU_MESSAGE = "menu_message"


class Ends(StrEnum):
    """How a call ends. ``not_documented``: the API documents do not say what happens."""

    ANSWERED = "answered"
    VOICEMAIL = "voicemail"
    HANGUP = "hangup"
    RINGS_OUT = "rings_out"
    NOT_DOCUMENTED = "not_documented"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A part of one day of the week, in minutes from midnight: ``[start, end)``. ``day`` 0 is Monday."""

    day: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """People ring, after the text ``plays`` if there is one."""

    rings: People
    plays: str | None = None


@dataclass(frozen=True, slots=True)
class Voicemail:
    """A text is played, then a voicemail is recorded."""

    plays: str


@dataclass(frozen=True, slots=True)
class Message:
    """A text is played, then the call ends."""

    plays: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A text is played, then the caller presses a key. What any other key, or none, does is not documented."""

    plays: str
    options: Mapping[str, Transfer | Voicemail | Message]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A step that the API's documents do not describe; ``type`` is the API's name for it."""

    type: str


Flow: TypeAlias = Transfer | Voicemail | Message | Menu | Unknown


@dataclass(frozen=True, slots=True, eq=False)
class FlowNames:
    """A provider's API's names of the parts of a call flow, which reports show; parts without one keep ours.

    A provider has a single instance, and instances compare by identity. ``fields`` maps slots, and the fields within
    them by the names that lint uses (``options``).
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[StepType, str] = field(default_factory=dict)

    def slot(self, slot: Slot) -> str:
        """Return the API's name of a slot."""
        return self.fields.get(slot, slot)

    def step(self, type_: StepType | Unknown) -> str:
        """Return the API's name of a step's type."""
        return type_.type if isinstance(type_, Unknown) else self.steps.get(type_, type_)

    def path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Return the path of a field in the provider's normal form."""
        return tuple(self.fields.get(name, name) for name in path)


@dataclass(frozen=True, slots=True)
class CallFlow:
    """How a number answers.

    ``timezone`` is an IANA name. ``closed`` is None where the same happens at all hours. ``no_answer`` is set only if
    it can run, after ``ring_seconds``. ``hours`` maps weekdays (0 is Monday) to opening intervals in minutes from
    midnight, ``[opening, closing)``; closed days are missing.
    """

    timezone: str
    language: str | None
    is_recorded: bool
    incoming: Flow
    closed: Flow | None
    no_answer: Flow | None
    ring_seconds: int | None
    hours: Mapping[int, tuple[int, int]]
    names: FlowNames = FlowNames()
