"""How much of a manifest's call flows its routing tests are about, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class FlowPart:
    """A flow of a number, by its slot."""

    slot: str


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A key of a menu."""

    slot: str
    digit: str


@dataclass(frozen=True, slots=True)
class HoursPart:
    """The open or the closed time of days that have the same hours.

    ``hours`` are these days' opening hours in minutes from midnight, None on days that are closed; day 0 is Monday.
    """

    is_open: bool
    days: tuple[int, ...]
    hours: tuple[int, int] | None


Part: TypeAlias = FlowPart | KeyPart | HoursPart


@dataclass(frozen=True, slots=True)
class NumberCoverage:
    """The parts of one number that calls can come to, each with the names of the tests that do.

    ``problem`` says why there is nothing to tell of a number.
    """

    address: Address
    name: str | None
    parts: tuple[tuple[Part, tuple[str, ...]], ...]
    problem: str | None = None

    @property
    def tested(self) -> int:
        """How many of the parts a test is about."""
        return sum(bool(tests) for _, tests in self.parts)


@dataclass(frozen=True, slots=True)
class Sums:
    """Parts of a whole manifest."""

    tested: int
    parts: int

    @classmethod
    def of(cls, numbers: Iterable[NumberCoverage]) -> Sums:
        """Those of all numbers."""
        counts = [(number.tested, len(number.parts)) for number in numbers]
        return cls(sum(tested for tested, _ in counts), sum(parts for _, parts in counts))

    @property
    def percent(self) -> int:
        """How much is tested, rounded down: 100 means everything. Of nothing, everything is."""
        return 100 * self.tested // self.parts if self.parts else 100
