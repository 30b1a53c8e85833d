"""Call flows and routing tests as types: how a number answers, in words that belong to no vendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from ringform.model.address import Address

People: TypeAlias = frozenset[str]
"""Ids of people. The documents give no ring order, so it is a set."""


class Slot(StrEnum):
    """The places of a call flow that can hold a step: in opening hours, outside of them, and after ringing in vain."""

    INCOMING = "incoming"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"


class StepType(StrEnum):
    """What happens in a step of a call. ``menu_message``: a message after a key, which some APIs name differently."""

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
    """A type that the API's documents do not describe, by the API's name for it."""

    type: str


Flow: TypeAlias = Transfer | Voicemail | Message | Menu | Unknown


@dataclass(frozen=True, slots=True, eq=False)
class FlowNames:
    """What a provider's API calls the parts of a call flow. Reports show these names, or ours where there is none.

    A provider has one of these: two are equal only if they are the same object.
    ``fields`` maps slots, and the fields within them by the names that lint uses (``options``).
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

    ``timezone`` is an IANA name. ``closed`` is None where the same happens at all hours. ``no_answer`` is there only
    if it can run: with a flow and a timer of ``ring_seconds``. ``hours`` maps days to opening intervals in minutes from
    midnight, ``[opening, closing)``; a closed day is missing.
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


@dataclass(frozen=True, slots=True)
class Weekly:
    """Calls at every minute of these intervals of any week, by the number's clock."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Once:
    """One call at a time on the number's clock, or, with a zone, anywhere."""

    at: datetime


@dataclass(frozen=True, slots=True)
class RoutingTest:
    """A claim about calls, to be checked against the manifest's own call flows.

    ``rings`` must be exactly the people of one step, ``plays`` a pattern (``*`` for anything) that one text matches,
    ``ends`` how the call ends; None claims nothing. ``index`` is the test's place in the manifest's list.
    """

    index: int
    name: str
    to: Address
    when: Weekly | Once
    press: tuple[str, ...] = ()
    answered: bool = True
    rings: People | None = None
    plays: str | None = None
    ends: Ends | None = None
