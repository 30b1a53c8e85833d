"""Routing tests: what a manifest claims about calls, to be held against its own call flows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ringform.callflow.callers import Ends, Interval, People, Trace
from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class Weekly:
    """Calls at every minute of these intervals of any week, by the number's clock."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Once:
    """One call at a time on the number's clock, or, with a zone, anywhere."""

    at: datetime


When: TypeAlias = Weekly | Once


@dataclass(frozen=True, slots=True)
class RoutingTest:
    """A claim about calls.

    ``rings`` must be exactly the people of one step, ``plays`` a pattern (``*`` for anything) that one text matches,
    ``ends`` how the call ends; None claims nothing. ``index`` is the test's place in the manifest's list.
    """

    index: int
    name: str
    to: Address
    when: When
    press: tuple[str, ...] = ()
    answered: bool = True
    rings: People | None = None
    plays: str | None = None
    ends: Ends | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call that disproves a claim. ``at`` says when, in words; ``failed`` which of the claims are not so."""

    at: str
    is_open: bool
    call: Trace
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestResult:
    """What came out of one test: it passed, or a call disproves it, or it cannot be told (``problem``)."""

    test: RoutingTest
    counterexample: Counterexample | None = None
    problem: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the claim holds for every call that it is about."""
        return self.counterexample is None and self.problem is None
