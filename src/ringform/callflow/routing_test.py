"""Routing tests: what a manifest claims about calls, to be held against its own call flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ringform.callflow.callers import Ends, Interval, People, Trace, names
from ringform.model.address import Address
from ringform.model.messages import listed


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

    def reasons(self, people: Mapping[str, str]) -> list[str]:
        """Say why the test fails: what it expects, and the call that is otherwise. ``people`` maps ids to names."""
        found = self.counterexample
        if found is None:
            return [self.problem] if self.problem is not None else []
        state = "open" if found.is_open else "closed"
        ends = f" (ends: {found.call.ends})" if "ends" in found.failed else ""
        return [
            f"expected {', '.join(self._claims(found, people))}",
            f"{found.at} ({state}): {found.call.in_words(people)}{ends}",
        ]

    def _claims(self, found: Counterexample, people: Mapping[str, str]) -> Iterator[str]:
        """The claims that the call disproves, in words."""
        if "rings" in found.failed:
            yield f"rings: {listed(names(self.test.rings or (), people))}"
        if "plays" in found.failed:
            yield f'plays: "{self.test.plays or ""}"'
        if "ends" in found.failed:
            yield f"ends: {self.test.ends}"
