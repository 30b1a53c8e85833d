"""What callers meet, as data: one call from its first step to its end, and where two configurations differ to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ringform.model.address import Address
from ringform.model.messages import listed
from ringform.model.people import known_as

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

    def in_words(self, people: Mapping[str, str], *, longest: int | None = None) -> str:
        """Return the call in words: ``"Welcome", rings Alex and Bea for 20 s, "Sorry", voicemail``.

        ``people`` maps ids to names. Of each text at most ``longest`` characters are quoted (None: all).
        """
        parts = []
        for step in self.steps:
            if step.plays is not None:
                text = step.plays if longest is None or len(step.plays) <= longest else f"{step.plays[:longest]}..."
                parts.append(f'"{text}"')
            if step.rings is not None:
                seconds = f" for {step.ring_seconds} s" if step.ring_seconds and self.ends is not Ends.ANSWERED else ""
                parts.append(f"rings {listed(names(step.rings, people))}{seconds}")
        is_menu = bool(self.steps) and self.steps[-1].type == "PhoneMenuConfig"
        match self.ends:
            case Ends.ANSWERED:
                pass
            case Ends.RINGS_OUT:
                parts[-1] += " until the caller gives up"
            case Ends.NOT_DOCUMENTED:
                parts.append("a menu" if is_menu else "nothing that is documented")
            case Ends.VOICEMAIL:
                parts.append("voicemail")
            case Ends.HANGUP:
                parts.append("hangs up")
        return ", ".join(parts)


def names(ids: Iterable[str], people: Mapping[str, str]) -> list[str]:
    """Return the names of people in alphabetical order; an id without a name stands for itself."""
    return sorted((known_as(people, "", id_) or id_ for id_ in sorted(ids)), key=str.casefold)


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
