"""Routing tests: claims about one call, or about every call to several numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from ringform.callflow.types import Ends, Interval, People
from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class Weekly:
    """Calls at every minute of these intervals, in any week, on the number's clock."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Once:
    """One call at a time with a zone, or else on the number's clock."""

    at: datetime


class Phase(StrEnum):
    """Calls at every minute of a week in which the number is open, or closed, or at all."""

    OPEN = "open"
    CLOSED = "closed"
    ALWAYS = "always"


When: TypeAlias = Weekly | Once | Phase


@dataclass(frozen=True, slots=True)
class Expectation:
    """What calls must meet; what is left out claims nothing.

    ``rings`` must be exactly the people of one step, by the number that is called, as rotations hand over on its clock;
    ``rings_somebody`` leaves open whom. ``rings_at_most`` are seconds, of all steps together. ``plays`` is a pattern
    that one text matches, ``plays_not`` one that no text does. ``ends`` are the ends that a call may have.
    """

    rings: Mapping[Address, People] | None = None
    rings_somebody: bool = False
    rings_at_most: int | None = None
    plays: str | None = None
    plays_not: str | None = None
    ends: tuple[Ends, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """Numbers for which a test need not hold, the reason, and the last day of that on each number's clock, if any."""

    numbers: frozenset[Address]
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RoutingTest:
    """Claims about calls to numbers, to be checked against the manifest's call flows.

    ``by_glob`` are those of the numbers ``to`` that nobody names: where the manifest leaves to the account how they
    answer, they are skipped. ``press`` None is every sequence of keys that leads through the menus to an end.
    ``answers`` says whether somebody picks up; both are possible. ``index`` is the place in the manifest's list.
    """

    index: int
    name: str
    to: tuple[Address, ...]
    when: When
    expect: Expectation
    by_glob: frozenset[Address] = frozenset()
    press: tuple[str, ...] | None = ()
    answers: tuple[bool, ...] = (True,)
    exemptions: tuple[Exemption, ...] = ()
