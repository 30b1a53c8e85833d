"""What happens during reads and applies, as frozen events for whoever listens: a progress bar, a log, a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ringform.model.address import Address
from ringform.model.change import Call
from ringform.model.outcome import Status


@dataclass(frozen=True, slots=True)
class ReadingStarted:
    """``total`` more objects are about to be read."""

    total: int


@dataclass(frozen=True, slots=True)
class ObjectRead:
    """One of them has been read."""

    path: str


@dataclass(frozen=True, slots=True)
class ApplyStarted:
    """``total`` calls are about to be made."""

    total: int


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A call is about to be sent."""

    address: Address
    call: Call


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call has ended, well or not."""

    address: Address
    call: Call
    status: Status


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request will be sent again after ``seconds``, for the given reason."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class WaitingForCalls:
    """Changes to these numbers wait for the calls on them to end."""

    numbers: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The user wants no more calls: those under way are being finished."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One request was answered (``answer`` is its status) or not, after ``seconds``."""

    request: str
    answer: str
    seconds: float


Event: TypeAlias = (
    ReadingStarted
    | ObjectRead
    | ApplyStarted
    | CallStarted
    | CallEnded
    | Waiting
    | WaitingForCalls
    | Interrupted
    | Exchanged
)
Listener: TypeAlias = Callable[[Event], None]
"""Called from several threads, one at a time for each event; must return quickly and raise nothing."""


def nobody(event: Event) -> None:
    """A listener that does not listen."""
