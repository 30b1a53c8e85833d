"""What callers meet, as data: one call from its first step to its end, and where two configurations differ to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ringform.model.address import Address

People: TypeAlias = frozenset[str]
"""Ids of people. The documents give no ring order, so it is a set."""


class Ends(StrEnum):
    """How a call ends. ``not_documented``: the API documents do not say what happens."""

    ANSWERED = "answered"
    VOICEMAIL = "voicemail"
    HANGUP = "hangup"
    RINGS_OUT = "rings_out"
    NOT_DOCUMENTED = "not_documented"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a caller meets.

    A step comes from a ``slot``, or from the key that was pressed; ``type`` is the API's name for what happens.
    ``ring_seconds`` is None where no timer runs.
    """

    type: str
    slot: str | None = None
    press: str | None = None
    plays: str | None = None
    rings: People | None = None
    ring_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """A call from its first step to its end."""

    steps: tuple[Step, ...]
    ends: Ends
    is_recorded: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A part of one day of the week, in minutes from midnight: ``[start, end)``. ``day`` 0 is Monday."""

    day: int
    start: int
    end: int


def joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The fewest intervals that cover the same minutes, in order."""
    merged: list[Interval] = []
    for interval in sorted(set(intervals)):
        last = merged[-1] if merged else None
        if last is not None and last.day == interval.day and last.end >= interval.start:
            merged[-1] = Interval(last.day, last.start, max(last.end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class Path:
    """What a caller does (the keys pressed, in order), and whether somebody picks up."""

    press: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Where callers notice something: when, after which keys, answered or not, and what they met and will meet."""

    intervals: tuple[Interval, ...]
    path: Path
    before: Trace
    after: Trace


class Reach(StrEnum):
    """The most that a caller can reach: somebody who may answer, a voicemail, or neither."""

    PERSON = "person"
    VOICEMAIL = "voicemail"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day in which callers can reach the same, and whether the number is open."""

    interval: Interval
    is_open: bool
    reach: Reach


@dataclass(frozen=True, slots=True)
class Effect:
    """What callers of one number will notice of a change; ``new_clock`` is its time zone, if that changes."""

    address: Address
    name: str | None
    differences: tuple[Difference, ...]
    new_clock: str | None = None
