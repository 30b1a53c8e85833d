"""Violations of guardrails, and the limits from which a guardrail stops a plan."""

from __future__ import annotations

from dataclasses import dataclass

from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class Violation:
    """A guardrail that stops a plan: its name, a sentence that says why, and the objects concerned."""

    name: str
    summary: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit beyond which a guardrail stops a plan: ``least`` objects or more *and* over ``percent`` of all."""

    least: int
    percent: float

    def is_passed(self, number: int, total: int) -> bool:
        """Return whether ``number`` of ``total`` objects exceeds the limit."""
        return number >= self.least and self.is_too_large_a_share(number, total)

    def is_too_large_a_share(self, number: int, total: int) -> bool:
        """Return whether ``number`` of ``total`` objects exceeds ``percent``, whatever ``least`` is."""
        return number * 100 > total * self.percent
