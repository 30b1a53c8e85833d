"""Running routing tests: every claim is held against every call that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
        """Yield the claims that the call disproves, in words."""
        if "rings" in found.failed:
            yield f"rings: {listed(names(self.test.rings or (), people))}"
        if "plays" in found.failed:
            yield f'plays: "{self.test.plays or ""}"'
        if "ends" in found.failed:
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
        return TestResult(test, problem=f"it is not documented what happens to a call to {test.to.key}")
    for moment in moments(test, flow):
        call = trace(flow, is_open=moment.is_open, press=test.press, answered=test.answered)
        failed = tuple(_failures(test, call))
        if failed:
            return TestResult(test, Counterexample(moment.at, moment.is_open, call, failed))
    return TestResult(test)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a test is about: in words, its day of the week (0 is Monday), and whether the number is open then."""

    at: str
    day: int
    is_open: bool


def moments(test: RoutingTest, flow: CallFlow) -> Iterator[Moment]:
    """Yield the times that a test is about: one for each stretch in which its number is open or closed throughout."""
    match test.when:
        case Once(at):
            local = local_time(flow, at)
            yield Moment(_said(local), local.weekday(), is_open(flow, local))
        case Weekly(intervals):
            for interval in intervals:
                opening, closing = flow.hours.get(interval.day, (0, 0))
                inside = (edge for edge in (opening, closing) if interval.start < edge < interval.end)
                for start, _ in pairwise(sorted({interval.start, *inside, interval.end})):
                    said = f"{DAYS[interval.day]} {clock(start)}"
                    yield Moment(said, interval.day, opening <= start < closing)


def _said(local: datetime) -> str:
    return f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


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
    """Whether a text is as a pattern says, in which ``*`` stands for anything and every other character for itself."""
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
