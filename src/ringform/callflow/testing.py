"""Running routing tests: every call that a test is about is checked against its claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.trace import Trace, is_open, local_time, names, trace
from ringform.callflow.types import CallFlow, Once, RoutingTest, Weekly
from ringform.model.address import Address
from ringform.model.clock import DAYS, clock
from ringform.model.diagnostic import Location
from ringform.model.messages import listed


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A call that disproves a test. ``at`` says when, in words; ``failed`` names the claims that do not hold."""

    at: str
    is_open: bool
    call: Trace
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestResult:
    """The result of one test: it passed, or a call disproves it, or it cannot be run (``problem``)."""

    test: RoutingTest
    counterexample: Counterexample | None = None
    problem: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the claims hold for every call that the test is about."""
        return self.counterexample is None and self.problem is None

    def reasons(self, people: Mapping[str, str]) -> list[str]:
        """Return why the test fails: what it expects, and the call that disproves it. ``people`` maps ids to names."""
        example = self.counterexample
        if example is None:
            return [self.problem] if self.problem is not None else []
        state = "open" if example.is_open else "closed"
        ends = f" (ends: {example.call.ends})" if "ends" in example.failed else ""
        return [
            f"expected {', '.join(self._claims(example.failed, people))}",
            f"{example.at} ({state}): {example.call.in_words(people)}{ends}",
        ]

    def _claims(self, failed: Sequence[str], people: Mapping[str, str]) -> Iterator[str]:
        """Yield the failed claims, in words."""
        if "rings" in failed:
            yield f"rings: {listed(names(self.test.rings or (), people))}"
        if "plays" in failed:
            yield f'plays: "{self.test.plays or ""}"'
        if "ends" in failed:
            yield f"ends: {self.test.ends}"


@dataclass(frozen=True, slots=True)
class TestRun:
    """The results in the manifest's order, the places of their tests, and the names of the people in them."""

    results: tuple[TestResult, ...]
    places: tuple[Location | None, ...]
    people: Mapping[str, str]

    @property
    def failed(self) -> int:
        """How many tests failed."""
        return sum(not result.passed for result in self.results)

    @property
    def passed(self) -> bool:
        """Whether no test failed."""
        return not self.failed

    def placed(self) -> Iterator[tuple[TestResult, Location | None]]:
        """Return each result with the place of its test."""
        return zip(self.results, self.places, strict=True)


def run(tests: Sequence[RoutingTest], numbers: Mapping[Address, Answering]) -> tuple[TestResult, ...]:
    """Run the tests, in order, against how the numbers answer."""
    return tuple(_run(test, numbers.get(test.to)) for test in tests)


def _run(test: RoutingTest, flow: Answering) -> TestResult:
    if isinstance(flow, LeftToAccount):
        return TestResult(test, problem=f"the manifest leaves {listed(flow.fields)} of {test.to.key} to the account")
    if flow is None:
        return TestResult(test, problem=f"the vendor does not document what happens to a call to {test.to.key}")
    for moment in moments(test, flow):
        call = trace(flow, is_open=moment.is_open, press=test.press, answered=test.answered)
        failed = tuple(_failures(test, call))
        if failed:
            return TestResult(test, Counterexample(moment.at, moment.is_open, call, failed))
    return TestResult(test)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a test is about: in words, its weekday (0 is Monday), and whether the number is open then."""

    at: str
    day: int
    is_open: bool


def moments(test: RoutingTest, flow: CallFlow) -> Iterator[Moment]:
    """Yield the times that a test is about: one for each interval in which its number is open or closed throughout."""
    match test.when:
        case Once(at):
            local = local_time(flow, at)
            at_words = f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"
            yield Moment(at_words, local.weekday(), is_open(flow, local))
        case Weekly(intervals):
            for interval in intervals:
                opening, closing = flow.hours.get(interval.day, (0, 0))
                inside = (edge for edge in (opening, closing) if interval.start < edge < interval.end)
                for start, _ in pairwise(sorted({interval.start, *inside, interval.end})):
                    yield Moment(f"{DAYS[interval.day]} {clock(start)}", interval.day, opening <= start < closing)


def _failures(test: RoutingTest, call: Trace) -> Iterator[str]:
    if test.rings is not None and test.rings not in [step.rings for step in call.steps]:
        yield "rings"
    if test.plays is not None and not any(
        step.plays is not None and _matches(step.plays.casefold(), test.plays.casefold()) for step in call.steps
    ):
        yield "plays"
    if test.ends is not None and call.ends is not test.ends:
        yield "ends"


def _matches(text: str, pattern: str) -> bool:
    """Return whether a text matches a pattern, in which ``*`` matches anything. Takes linear time."""
    first, *others = pattern.split("*")
    if not others:
        return text == pattern
    *between, last = others
    if not text.startswith(first) or not text.endswith(last):
        return False
    position, end = len(first), len(text) - len(last)
    for piece in between:
        found = text.find(piece, position, end)
        if found < 0:
            return False
        position = found + len(piece)
    return position <= end
