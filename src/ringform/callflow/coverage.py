"""Which parts of call flows routing tests are about: a test is about what its calls pass on their way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.difference import call_paths
from ringform.callflow.testing import moments
from ringform.callflow.trace import Trace, trace
from ringform.callflow.types import CallFlow, FlowNames, RoutingTest, Slot
from ringform.model.address import Address
from ringform.model.clock import MINUTES
from ringform.model.messages import listed


@dataclass(frozen=True, slots=True)
class FlowPart:
    """A flow of a number, by its slot."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A key of a menu."""

    slot: Slot
    digit: str


@dataclass(frozen=True, slots=True)
class HoursPart:
    """The open or the closed time of days that have the same hours.

    ``hours`` are these days' opening hours in minutes from midnight, None on days that are closed; day 0 is Monday.
    """

    is_open: bool
    days: tuple[int, ...]
    hours: tuple[int, int] | None


CoveragePart: TypeAlias = FlowPart | KeyPart | HoursPart


@dataclass(frozen=True, slots=True)
class NumberCoverage:
    """The parts of one number that calls can come to, each with the names of the tests that do.

    ``problem`` says why there is nothing to tell of a number.
    """

    address: Address
    name: str | None
    parts: tuple[tuple[CoveragePart, tuple[str, ...]], ...]
    problem: str | None = None
    names: FlowNames = field(default=FlowNames(), repr=False)

    @property
    def tested(self) -> int:
        """How many of the parts a test is about."""
        return sum(bool(tests) for _, tests in self.parts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbers of a whole manifest."""

    numbers: tuple[NumberCoverage, ...]

    @property
    def tested(self) -> int:
        """How many parts of all numbers a test is about."""
        return sum(number.tested for number in self.numbers)

    @property
    def parts(self) -> int:
        """How many parts all numbers have."""
        return sum(len(number.parts) for number in self.numbers)

    @property
    def percent(self) -> int:
        """How much is tested, rounded down: 100 means everything. Of nothing, everything is."""
        return 100 * self.tested // self.parts if self.parts else 100


def coverage(
    tests: Sequence[RoutingTest], numbers: Mapping[Address, Answering], names: Mapping[Address, str | None]
) -> tuple[NumberCoverage, ...]:
    """How much of each number the tests are about, in the order of the numbers. What nobody can call is left out.

    Only what some call can come to is a part: a flow that is never met needs no test.
    """
    by_number: dict[Address, list[RoutingTest]] = {}
    for test in tests:
        by_number.setdefault(test.to, []).append(test)
    return tuple(
        _of_number(address, names.get(address), answers, by_number.get(address, []))
        for address, answers in numbers.items()
        if answers is not None
    )


def _of_number(
    address: Address, name: str | None, answers: CallFlow | LeftToAccount, tests: Sequence[RoutingTest]
) -> NumberCoverage:
    if isinstance(answers, LeftToAccount):
        problem = f"the manifest leaves {listed(answers.fields)} to the account"
        return NumberCoverage(address, name, (), problem)
    found: dict[CoveragePart, list[str]] = {part: [] for part in _parts(answers)}
    for test in tests:
        for part in set(_passed(test, answers)):
            if part in found:
                found[part].append(test.name)
    return NumberCoverage(
        address, name, tuple((part, tuple(tests)) for part, tests in found.items()), names=answers.names
    )


def _parts(flow: CallFlow) -> list[CoveragePart]:
    """Return everything that a call can come to: the flows, each with its keys, then the hours."""
    hours = _hours(flow)
    met = {
        part
        for state in {part.is_open for part in hours}
        for path in call_paths(flow, is_open=state)
        for part in _met(trace(flow, is_open=state, press=path.press, answered=path.answered))
    }

    def order(part: FlowPart | KeyPart) -> tuple[int, str]:
        return list(Slot).index(part.slot), part.digit if isinstance(part, KeyPart) else ""

    return [*sorted(met, key=order), *hours]


def _met(call: Trace) -> Iterator[FlowPart | KeyPart]:
    """Yield the flows that a call comes to, and the keys that are pressed in them."""
    slot = Slot.INCOMING
    for step in call.steps:
        if step.slot is not None:
            slot = step.slot
            yield FlowPart(slot)
        elif step.press is not None:
            yield KeyPart(slot, step.press)


def _hours(flow: CallFlow) -> list[HoursPart]:
    """The open and the closed time of the week. Days with the same hours are treated the same: one stands for all."""
    days: dict[tuple[int, int] | None, list[int]] = {}
    for day in range(7):
        days.setdefault(flow.hours.get(day), []).append(day)
    return [
        HoursPart(is_open, tuple(numbers), hours)
        for hours, numbers in days.items()
        for is_open in (True, False)
        if (hours is not None if is_open else hours != (0, MINUTES))
    ]


def _passed(test: RoutingTest, flow: CallFlow) -> Iterator[CoveragePart]:
    """Yield everything that the test's calls come to."""
    hours = _hours(flow)
    for moment in moments(test, flow):
        yield from (part for part in hours if part.is_open == moment.is_open and moment.day in part.days)
        yield from _met(trace(flow, is_open=moment.is_open, press=test.press, answered=test.answered))
