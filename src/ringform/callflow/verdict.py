"""The results of routing tests, and the call that disproves a failing one, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ringform.callflow.routing_test import Exemption, RoutingTest
from ringform.callflow.trace import Trace, names
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, Location
from ringform.model.messages import counted, hours_of, listed
from ringform.model.problem import Problem

_MOST_NUMBERS = 5
"""How many more numbers on which a test fails are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call that disproves a test: to which number, when, in words, with which keys, and what the caller meets.

    ``failed`` names the claims that do not hold. ``ring_seconds`` is how long it can ring; ``inf`` without a timer.
    """

    to: Address
    name: str | None
    at: str
    is_open: bool
    press: tuple[str, ...]
    answered: bool
    call: Trace
    ring_seconds: float
    failed: tuple[str, ...]

    def in_words(self, people: Mapping[str, str]) -> str:
        """Return the call: its number, time and keys, what the caller meets, and what is not as expected."""
        pressed = [step.press for step in self.call.steps if step.press is not None]
        keys = f", key {listed(pressed)}" if len(pressed) == 1 else f", keys {listed(pressed)}" if pressed else ""
        is_ringing = any(step.rings is not None for step in self.call.steps)
        nobody = ", nobody answers" if is_ringing and not self.answered else ""
        state = "open" if self.is_open else "closed"
        wrong = f" ({'; '.join(found)})" if (found := list(self._not_as_expected())) else ""
        call = self.call.in_words(people)
        return f"{self.to.labelled(self.name)}, {self.at} ({state}){keys}{nobody}: {call}{wrong}"

    def _not_as_expected(self) -> Iterator[str]:
        if "ends" in self.failed:
            yield f"ends: {self.call.ends}"
        if "rings_at_most" in self.failed:
            if self.ring_seconds == inf:
                yield "no timer ends the ringing" if self.answered else "rings without end"
            else:
                yield f"{'can ring' if self.answered else 'rings'} for {self.ring_seconds:.0f} s in all"


@dataclass(frozen=True, slots=True)
class TestedNumber:
    """A number that a test is about, and for how many minutes of the week it fails there: 0 if it is about one time."""

    address: Address
    name: str | None
    minutes: int = 0

    @property
    def label(self) -> str:
        """What people call it, and its number."""
        return self.address.labelled(self.name)


@dataclass(frozen=True, slots=True)
class TestResult:
    """The result of one test: it passed, or a call disproves it, or it cannot be run (``problem``).

    ``failing`` are the numbers on which it fails, without those that are ``excepted``. ``skipped`` are those of which
    the manifest cannot tell. ``warnings`` have their paths in the manifest.
    """

    test: RoutingTest
    counterexample: Counterexample | None = None
    problem: str | None = None
    failing: tuple[TestedNumber, ...] = ()
    excepted: tuple[tuple[TestedNumber, Exemption], ...] = ()
    skipped: tuple[TestedNumber, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the claims hold for every call that the test is about, as far as can be told."""
        return self.counterexample is None and self.problem is None

    @property
    def is_skipped(self) -> bool:
        """Whether the manifest cannot tell of any number that the test is about."""
        return self.passed and bool(self.test.to) and len(self.skipped) == len(self.test.to)

    def reasons(self, people: Mapping[str, str]) -> list[str]:
        """Return why the test fails: what it expects, and the call that disproves it. ``people`` maps ids to names."""
        example = self.counterexample
        if example is None:
            return [self.problem] if self.problem is not None else []
        expected = f"expected {', '.join(self._claims(example, people))}"
        extent = self._extent()
        return [expected, example.in_words(people), *([f"it fails {extent}"] if extent else [])]

    def remarks(self) -> list[str]:
        """Return what else is to be known: the exceptions that it took, and the numbers that were skipped."""
        spared: dict[Exemption, list[str]] = {}
        for number, exemption in self.excepted:
            spared.setdefault(exemption, []).append(number.label)
        remarks = []
        for exemption, labels in spared.items():
            until = f" (until {exemption.until})" if exemption.until else ""
            remarks.append(f"except {listed(labels, most=_MOST_NUMBERS)}: {exemption.reason}{until}")
        if self.skipped:
            which = listed((number.label for number in self.skipped), most=_MOST_NUMBERS)
            it = "it answers" if len(self.skipped) == 1 else "they answer"
            count = counted(len(self.skipped), "number")
            remarks.append(f"{count} skipped, as the manifest does not say how {it}: {which}")
        return remarks

    def _extent(self) -> str:
        """Return how much of the week, and how many more numbers, the failure is about."""
        (first, *others) = self.failing
        for_hours = f"for {hours_of(first.minutes)} of this number's week" if first.minutes > 1 else ""
        if not others:
            return for_hours
        more = [other.label + (f" for {hours_of(other.minutes)}" if other.minutes > 1 else "") for other in others]
        also = f"on {counted(len(others), 'more number', 'more numbers')}: {listed(more, most=_MOST_NUMBERS)}"
        return f"{for_hours}, and {also}" if for_hours else also

    def _claims(self, example: Counterexample, people: Mapping[str, str]) -> Iterator[str]:
        """Yield the failed claims, in words."""
        expect = self.test.expect
        for claim in example.failed:
            match claim:
                case "rings" if expect.rings is not None:
                    yield f"rings: {listed(names(expect.rings[example.to], people))}"
                case "rings":
                    yield "rings: somebody"
                case "rings_at_most":
                    yield f"rings_at_most: {expect.rings_at_most}"
                case "plays":
                    yield f'plays: "{expect.plays}"'
                case "plays_not":
                    yield f'plays_not: "{expect.plays_not}"'
                case _:
                    yield f"ends: {listed(expect.ends, last='or')}"


@dataclass(frozen=True, slots=True)
class TestRun:
    """The results in the manifest's order, the places of their tests, and the names of the people in them.

    ``warnings`` are those of all tests, each with its place.
    """

    results: tuple[TestResult, ...]
    places: tuple[Location | None, ...]
    people: Mapping[str, str]
    warnings: Sequence[Diagnostic] = ()

    @property
    def failed(self) -> int:
        """How many tests failed."""
        return sum(not result.passed for result in self.results)

    @property
    def skipped(self) -> int:
        """How many tests are about nothing but numbers of which the manifest cannot tell."""
        return sum(result.is_skipped for result in self.results)

    @property
    def passed(self) -> bool:
        """Whether no test failed."""
        return not self.failed

    def placed(self) -> Iterator[tuple[TestResult, Location | None]]:
        """Return each result with the place of its test."""
        return zip(self.results, self.places, strict=True)
