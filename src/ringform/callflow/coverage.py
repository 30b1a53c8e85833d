"""Test coverage of call flows: a routing test covers the parts that its calls pass through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.behaviour import Behaviour, Behaviours
from ringform.callflow.difference import call_paths
from ringform.callflow.routing_test import RoutingTest
from ringform.callflow.testing import moments
from ringform.callflow.trace import Trace, trace
from ringform.callflow.types import CallFlow, FlowNames, Slot
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
    """The open or the closed hours of days that have the same hours.

    ``hours`` are these days' opening hours in minutes from midnight, None on days that are closed; day 0 is Monday.
    """

    is_open: bool
    days: tuple[int, ...]
    hours: tuple[int, int] | None


CoveragePart: TypeAlias = FlowPart | KeyPart | HoursPart


@dataclass(frozen=True, slots=True)
class NumberCoverage:
    """The parts of one number that calls can reach, each with the names of the tests that cover it.

    ``problem`` says why a number's coverage is unknown.
    """

    address: Address
    name: str | None
    parts: tuple[tuple[CoveragePart, tuple[str, ...]], ...]
    problem: str | None = None
    names: FlowNames = field(default=FlowNames(), repr=False)

    @property
    def tested(self) -> int:
        """How many parts are covered by a test."""
        return sum(bool(tests) for _, tests in self.parts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of all numbers of a manifest."""

    numbers: tuple[NumberCoverage, ...]

    @property
    def tested(self) -> int:
        """How many parts of all numbers are covered by a test."""
        return sum(number.tested for number in self.numbers)

    @property
    def parts(self) -> int:
        """How many parts all numbers have."""
        return sum(len(number.parts) for number in self.numbers)

    @property
    def percent(self) -> int:
        """The percentage that is covered, rounded down; 100 if there are no parts."""
        return 100 * self.tested // self.parts if self.parts else 100


def coverage(
    tests: Sequence[RoutingTest], numbers: Mapping[Address, Answering], names: Mapping[Address, str | None]
) -> tuple[NumberCoverage, ...]:
    """Return the coverage of each number, in order, without objects that cannot be called.

    Only what some call can reach is a part: a flow that no call reaches needs no test.
    """
    by_number: dict[Address, list[RoutingTest]] = {}
    for test in tests:
        for address in test.to:
            by_number.setdefault(address, []).append(test)
    behaviours = Behaviours()
    return tuple(
        _of_number(address, names.get(address), answers, by_number.get(address, []), behaviours)
        for address, answers in numbers.items()
        if answers is not None
    )


def _of_number(
    address: Address,
    name: str | None,
    answers: CallFlow | LeftToAccount,
    tests: Sequence[RoutingTest],
    behaviours: Behaviours,
) -> NumberCoverage:
    if isinstance(answers, LeftToAccount):
        problem = f"the manifest leaves {listed(answers.fields)} to the account"
        return NumberCoverage(address, name, (), problem)
    behaviour = behaviours.of(answers)
    passed = [(test.name, set(_passed(test, answers, behaviour))) for test in tests if not _is_spared(test, address)]
    parts = tuple((part, tuple(test for test, its in passed if part in its)) for part in _parts(answers))
    return NumberCoverage(address, name, parts, names=answers.names)


def _is_spared(test: RoutingTest, address: Address) -> bool:
    """Whether an exception frees a number from a test, today or before: nothing is claimed of it for good."""
    return any(address in exemption.numbers for exemption in test.exemptions)


def _parts(flow: CallFlow) -> list[CoveragePart]:
    """Return everything that a call can reach: the flows, each with its keys, then the hours."""
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
    """Yield the flows that a call reaches, and the keys that are pressed in them."""
    slot = Slot.INCOMING
    for step in call.steps:
        if step.slot is not None:
            slot = step.slot
            yield FlowPart(slot)
        elif step.press is not None:
            yield KeyPart(slot, step.press)


def _hours(flow: CallFlow) -> list[HoursPart]:
    """Return the open and the closed hours of the week, with days of the same hours as one part."""
    days: dict[tuple[int, int] | None, list[int]] = {}
    for day in range(7):
        days.setdefault(flow.hours.get(day), []).append(day)
    return [
        HoursPart(is_open, tuple(numbers), hours)
        for hours, numbers in days.items()
        for is_open in (True, False)
        if (hours is not None if is_open else hours != (0, MINUTES))
    ]


def _passed(test: RoutingTest, flow: CallFlow, behaviour: Behaviour) -> Iterator[CoveragePart]:
    """Yield everything that the test's calls reach."""
    hours = _hours(flow)
    states = set()
    for moment in moments(test.when, flow):
        yield from (part for part in hours if part.is_open == moment.is_open and moment.day in part.days)
        states.add(moment.is_open)
    for state in states:
        for call in behaviour.calls(is_open=state, press=test.press, answers=test.answers):
            yield from _met(call.trace)
