"""Which parts of call flows routing tests are about: a test is about what its calls pass on their way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.callers import Trace
from ringform.callflow.coverage_types import FlowPart, HoursPart, KeyPart, NumberCoverage, Part
from ringform.callflow.difference import ways
from ringform.callflow.routing_test import RoutingTest
from ringform.callflow.testing import moments
from ringform.callflow.trace import trace
from ringform.callflow.types import INCOMING, NO_ANSWER, OUTSIDE, Configuration
from ringform.model.address import Address
from ringform.model.clock import MINUTES
from ringform.model.messages import listed

_SLOTS = (INCOMING, OUTSIDE, NO_ANSWER)


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
    address: Address, name: str | None, answers: Configuration | LeftToAccount, tests: Sequence[RoutingTest]
) -> NumberCoverage:
    if isinstance(answers, LeftToAccount):
        problem = f"the manifest leaves {listed(answers.fields)} to the account"
        return NumberCoverage(address, name, (), problem)
    found: dict[Part, list[str]] = {part: [] for part in _parts(answers)}
    for test in tests:
        for part in set(_passed(test, answers)):
            if part in found:
                found[part].append(test.name)
    return NumberCoverage(address, name, tuple((part, tuple(names)) for part, names in found.items()))


def _parts(config: Configuration) -> list[Part]:
    """Everything that a call can come to: the flows, each with its keys, then the hours."""
    hours = _hours(config)
    met = {
        part
        for state in {part.is_open for part in hours}
        for path in ways(config, is_open=state)
        for part in _met(trace(config, is_open=state, press=path.press, answered=path.answered))
    }

    def order(part: FlowPart | KeyPart) -> tuple[int, str]:
        return _SLOTS.index(part.slot), part.digit if isinstance(part, KeyPart) else ""

    return [*sorted(met, key=order), *hours]


def _met(call: Trace) -> Iterator[FlowPart | KeyPart]:
    """The flows that a call comes to, and the keys that are pressed in them."""
    slot = ""
    for step in call.steps:
        if step.slot is not None:
            slot = step.slot
            yield FlowPart(slot)
        elif step.press is not None:
            yield KeyPart(slot, step.press)


def _hours(config: Configuration) -> list[HoursPart]:
    """The open and the closed time of the week. Days with the same hours are treated the same: one stands for all."""
    days: dict[tuple[int, int] | None, list[int]] = {}
    for day in range(7):
        days.setdefault(config.hours.get(day), []).append(day)
    return [
        HoursPart(is_open, tuple(numbers), hours)
        for hours, numbers in days.items()
        for is_open in (True, False)
        if (hours is not None if is_open else hours != (0, MINUTES))
    ]


def _passed(test: RoutingTest, config: Configuration) -> Iterator[Part]:
    """Everything that the test's calls come to."""
    hours = _hours(config)
    for moment in moments(test, config):
        yield from (part for part in hours if part.is_open == moment.is_open and moment.day in part.days)
        yield from _met(trace(config, is_open=moment.is_open, press=test.press, answered=test.answered))
