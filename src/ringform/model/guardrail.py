"""What a guardrail has found, and the limit from which on it stops a plan."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class Violation:
    """A guardrail that stands in the way: its name, what it has seen, and the objects concerned."""

    name: str
    summary: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """From where on a guardrail stops a plan: at least ``least`` objects *and* more than ``percent`` of them all."""

    least: int
    percent: float

    def is_passed(self, number: int, total: int) -> bool:
        """Whether ``number`` of ``total`` is too many."""
        return number >= self.least and self.is_too_large_a_share(number, total)

    def is_too_large_a_share(self, number: int, total: int) -> bool:
        """Whether ``number`` of ``total`` is too many for its share alone."""
        return number * 100 > total * self.percent
