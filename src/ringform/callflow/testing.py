"""Running routing tests: every call that a test is about is checked against its claims.

Numbers that answer alike are checked once, and so are all minutes of a week in which a number is open, or closed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from ringform.calendar.dates import on_clock
from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.behaviour import Behaviour, Behaviours, TracedCall
from ringform.callflow.routing_test import Exemption, Expectation, Once, Phase, RoutingTest, Weekly, When
from ringform.callflow.trace import is_open, local_time, zone_of
from ringform.callflow.types import CallFlow, Interval, People
from ringform.callflow.verdict import Counterexample, TestedNumber, TestResult
from ringform.model.address import Address
from ringform.model.clock import DAYS, MINUTES, clock
from ringform.model.diagnostic import Severity
from ringform.model.glob import matches
from ringform.model.messages import counted, listed
from ringform.model.problem import DocumentPath, Problem

WARNINGS = frozenset({"matches-nothing", "exception-over", "exception-unneeded"})
"""The codes of this module's warnings. A comment in a manifest can silence them."""

_WHOLE_WEEK = tuple(Interval(day, 0, MINUTES) for day in range(7))


@dataclass(frozen=True, slots=True)
class Moment:
    """The first minute of an interval that a test is about, in which the number is open or closed throughout.

    ``at`` says when in words, ``day`` is the weekday (0 is Monday), ``minutes`` the length: 0 for a single call.
    """

    at: str
    day: int
    is_open: bool
    minutes: int


def moments(when: When, flow: CallFlow) -> Iterator[Moment]:
    """Yield the times that a test is about, for one number, in the order of the week."""
    match when:
        case Once(at):
            local = local_time(flow, at)
            at_words = f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"
            yield Moment(at_words, local.weekday(), is_open(flow, local), 0)
        case Weekly(intervals):
            yield from _in(intervals, flow)
        case Phase.ALWAYS:
            yield from _in(_WHOLE_WEEK, flow)
        case Phase.OPEN | Phase.CLOSED:
            yield from (moment for moment in _in(_WHOLE_WEEK, flow) if moment.is_open == (when is Phase.OPEN))


def _in(intervals: Sequence[Interval], flow: CallFlow) -> Iterator[Moment]:
    for interval in intervals:
        opening, closing = flow.hours.get(interval.day, (0, 0))
        inside = (edge for edge in (opening, closing) if interval.start < edge < interval.end)
        for start, end in pairwise(sorted({interval.start, *inside, interval.end})):
            yield Moment(f"{DAYS[interval.day]} {clock(start)}", interval.day, opening <= start < closing, end - start)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number whose answers are known. Numbers of equal ``hours`` have the same moments."""

    flow: CallFlow
    behaviour: Behaviour
    hours: Hashable


def run(
    tests: Sequence[RoutingTest],
    numbers: Mapping[Address, Answering],
    names: Mapping[Address, str | None],
    as_of: datetime,
) -> tuple[TestResult, ...]:
    """Run the tests, in order, against how the numbers answer.

    ``names`` are what people call the numbers. ``as_of`` decides which exceptions are over.
    """
    behaviours = Behaviours()
    known = {
        address: _Number(flow, behaviours.of(flow), (flow.timezone, *flow.hours.items()))
        for address, flow in numbers.items()
        if isinstance(flow, CallFlow)
    }
    results = []
    for test in tests:
        unknown = [address for address in test.to if address not in known]
        unnamed = next((address for address in unknown if address not in test.by_glob), None)
        if unnamed is None:
            results.append(_Judge(test, known, names, as_of).result(tuple(unknown)))
        else:
            results.append(TestResult(test, problem=_why_not(unnamed, numbers.get(unnamed))))
    return tuple(results)


def _why_not(address: Address, answering: Answering) -> str:
    if isinstance(answering, LeftToAccount):
        return f"the manifest leaves {listed(answering.fields)} of {address.key} to the account"
    return f"the vendor does not document what happens to a call to {address.key}"


class _Judge:
    """One test, held against every number that it is about."""

    def __init__(
        self,
        test: RoutingTest,
        known: Mapping[Address, _Number],
        names: Mapping[Address, str | None],
        as_of: datetime,
    ) -> None:
        self._test = test
        self._known = known
        self._names = names
        self._as_of = as_of
        self._claims = tuple(_claims(test.expect))
        self._moments: dict[Hashable, tuple[Moment, ...]] = {}
        self._failures: dict[tuple[Behaviour, People | None], dict[bool, tuple[TracedCall, tuple[str, ...]]]] = {}

    def result(self, skipped: tuple[Address, ...]) -> TestResult:
        example: Counterexample | None = None
        failing: list[TestedNumber] = []
        excepted: list[tuple[TestedNumber, Exemption]] = []
        for address in self._test.to:
            number = self._known.get(address)
            if number is None:
                continue
            failures = self._failures_of(number.behaviour, self._people(address))
            disproved = (
                [moment for moment in self._moments_of(number) if moment.is_open in failures] if failures else []
            )
            if not disproved:
                continue
            found = TestedNumber(address, self._names.get(address), sum(each.minutes for each in disproved))
            exemption = next((each for each in self._test.exemptions if self._spares(each, address)), None)
            if exemption is not None:
                excepted.append((found, exemption))
                continue
            failing.append(found)
            if example is None:
                call, claims = failures[disproved[0].is_open]
                example = _counterexample(found, disproved[0], call, claims)
        warnings = tuple(self._warnings(skipped, {found.address for found, _ in excepted}))
        left_out = tuple(TestedNumber(address, self._names.get(address)) for address in skipped)
        return TestResult(self._test, example, None, tuple(failing), tuple(excepted), left_out, warnings)

    def _people(self, address: Address) -> People | None:
        rings = self._test.expect.rings
        return None if rings is None else rings[address]

    def _moments_of(self, number: _Number) -> tuple[Moment, ...]:
        known = self._moments.get(number.hours)
        if known is None:
            known = self._moments[number.hours] = tuple(moments(self._test.when, number.flow))
        return known

    def _failures_of(
        self, behaviour: Behaviour, people: People | None
    ) -> dict[bool, tuple[TracedCall, tuple[str, ...]]]:
        """Return the first call that disproves the test when the number is open, and when it is closed."""
        known = self._failures.get((behaviour, people))
        if known is None:
            known = self._failures[behaviour, people] = {}
            for state in (True, False):
                for call in behaviour.calls(is_open=state, press=self._test.press, answers=self._test.answers):
                    failed = tuple([name for name, holds in self._claims if not holds(call, people)])
                    if failed:
                        known[state] = (call, failed)
                        break
        return known

    def _spares(self, exemption: Exemption, address: Address) -> bool:
        return address in exemption.numbers and not self._is_over(exemption, address)

    def _is_over(self, exemption: Exemption, address: Address) -> bool:
        if exemption.until is None:
            return False
        return on_clock(self._as_of, zone_of(self._known[address].flow.timezone)).date() > exemption.until

    def _warnings(self, skipped: Sequence[Address], spared: set[Address]) -> Iterator[Problem]:
        path: DocumentPath = ("tests", self._test.index)
        numbers = [address for address in self._test.to if address in self._known]
        if not self._test.to:
            hint = "compare 'to' with the numbers and names of the manifest, or remove the test"
            yield _warning((*path, "name"), "matches-nothing", "no number is one that this test is about", hint)
        elif not skipped and not any(self._moments_of(self._known[address]) for address in numbers):
            whose = f"of the {counted(len(numbers), 'number')}" if len(numbers) > 1 else f"of {numbers[0].key}"
            summary = f"no minute of the week {whose} is one that this test is about"
            hint = "compare 'at' with the opening hours, or remove the test"
            yield _warning((*path, "name"), "matches-nothing", summary, hint)
        for index, exemption in enumerate(self._test.exemptions):
            meant = [address for address in numbers if address in exemption.numbers]
            place = (*path, "except", index)
            if meant and all(self._is_over(exemption, address) for address in meant):
                summary = f"this exception has been over since {exemption.until}, its last day"
                yield _warning(place, "exception-over", summary, "remove it, or give a later day")
            elif not exemption.numbers & {*spared, *skipped}:
                summary = "this exception is not needed: without it the test passes, too"
                yield _warning(place, "exception-unneeded", summary, "remove it")


def _warning(path: DocumentPath, code: str, summary: str, hint: str) -> Problem:
    return Problem(path, code, summary, Severity.WARNING, hint=hint, on_key=True)


def _counterexample(number: TestedNumber, moment: Moment, call: TracedCall, claims: tuple[str, ...]) -> Counterexample:
    return Counterexample(
        number.address,
        number.name,
        moment.at,
        moment.is_open,
        call.path.press,
        call.path.answered,
        call.trace,
        call.ring_seconds,
        claims,
    )


_Claim: TypeAlias = tuple[str, Callable[[TracedCall, People | None], bool]]
"""A claim's name, and whether it holds for a call that is to ring these people."""


def _claims(expect: Expectation) -> Iterator[_Claim]:
    """Yield what a test claims. Whether a text matches is found out once, as many calls play it."""
    if expect.rings is not None:
        yield "rings", lambda call, people: people in [step.rings for step in call.trace.steps]
    if expect.rings_somebody:
        yield "rings", lambda call, _: any(step.rings for step in call.trace.steps)
    if (most := expect.rings_at_most) is not None:
        yield "rings_at_most", lambda call, _: call.ring_seconds <= most
    if (played := expect.plays) is not None:
        is_played = cache(lambda text: matches(text, played))
        yield "plays", lambda call, _: any(map(is_played, call.texts))
    if (unwanted := expect.plays_not) is not None:
        is_unwanted = cache(lambda text: matches(text, unwanted))
        yield "plays_not", lambda call, _: not any(map(is_unwanted, call.texts))
    if ends := expect.ends:
        yield "ends", lambda call, _: call.trace.ends in ends
