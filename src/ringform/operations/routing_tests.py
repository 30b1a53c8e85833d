"""Run a manifest's routing tests, each against what the manifest says for the days that the test is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from ringform.callflow import testing
from ringform.callflow.answering import Answering, answering
from ringform.callflow.testing import TestResult
from ringform.callflow.types import Once, RoutingTest
from ringform.manifest.manifest import Part
from ringform.model.address import Address
from ringform.model.guardrail import Violation
from ringform.model.snapshot import Snapshot
from ringform.planning.compare import complete
from ringform.planning.guardrails import FAILING_TESTS


def run_tests(part: Part, live: Snapshot | None = None, targets: Collection[Address] = ()) -> tuple[TestResult, ...]:
    """Run every test, in order. With ``live``, what the manifest leaves to the account is taken from there.

    If only ``targets`` are to be changed, every other number is as it is in ``live``.

    A test about one date is about the manifest as of that date: closures and rotations are as they are to be then. One
    about any week is about the normal one, or each closure would disprove it for a week.
    """
    known: dict[datetime | None, tuple[list[RoutingTest], Mapping[Address, Answering]]] = {}
    results: list[TestResult] = []
    for position, test in enumerate(part.tests()):
        day = test.when.at if isinstance(test.when, Once) else None
        if day not in known:
            known[day] = part.tests(day), _answering(part, day, live, targets)
        tests, numbers = known[day]
        results += testing.run([tests[position]], numbers)
    return tuple(results)


def failing_tests(part: Part, live: Snapshot, targets: Collection[Address] = ()) -> tuple[Violation, ...]:
    """Return a guardrail for each test that fails against what the account would be after an apply."""
    return tuple(_violation(part, result) for result in run_tests(part, live, targets) if not result.passed)


def _violation(part: Part, result: TestResult) -> Violation:
    place = part.locate_test(result.test.index)
    where = f" ({place.file}:{place.line})" if place else ""
    why = "; ".join(result.reasons(part.people))
    return Violation(FAILING_TESTS, f"the test {result.test.name!r}{where} fails: {why}", (result.test.to,))


def _answering(
    part: Part, day: datetime | None, live: Snapshot | None, targets: Collection[Address]
) -> Mapping[Address, Answering]:
    """Return how the numbers answer on a day, None for a normal week."""
    numbers = {}
    for address, wanted in part.desired_as_of(day or part.as_of, in_normal_week=day is None).wanted.items():
        there = live.resources.get(address) if live else None
        fields = {} if there and targets and address not in targets else wanted.fields
        numbers[address] = answering(part.provider, address, complete(fields, there.fields if there else {}))
    return numbers
