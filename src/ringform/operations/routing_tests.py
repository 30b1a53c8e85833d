"""Run a manifest's routing tests, each against what the manifest says for the days that the test is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from ringform.calendar.week import without_dates
from ringform.callflow import testing
from ringform.callflow.answering import Answering, answering
from ringform.callflow.testing import TestResult
from ringform.callflow.types import Once
from ringform.manifest.manifest import Part
from ringform.model.address import Address
from ringform.model.desired import Desired
from ringform.model.guardrail import Violation
from ringform.model.snapshot import Snapshot
from ringform.planning.compare import complete
from ringform.planning.guardrails import FAILING_TESTS
from ringform.planning.vendor import resolve_references


def run_tests(part: Part, live: Snapshot | None = None, targets: Collection[Address] = ()) -> tuple[TestResult, ...]:
    """Run every test, in order. With ``live``, what the manifest leaves to the account is taken from there.

    If only ``targets`` are to be changed, every other number is as it is in ``live``.

    A test about one date is about the manifest as of that date: closures and rotations are as they are to be then. One
    about any week is about the normal one, or each closure would disprove it for a week.
    """
    known: dict[datetime | None, tuple[Desired, Mapping[Address, Answering]]] = {}
    results: list[TestResult] = []
    for test in part.desired.tests:
        day = test.when.at if isinstance(test.when, Once) else None
        if day not in known:
            known[day] = _as_of(part, day, live, targets)
        desired, numbers = known[day]
        then = next((each for each in desired.tests if each.index == test.index), test)
        results += testing.run([then], numbers)
    return tuple(results)


def failing_tests(part: Part, live: Snapshot, targets: Collection[Address] = ()) -> tuple[Violation, ...]:
    """Return a guardrail for each test that fails against what the account would be after an apply."""
    return tuple(_violation(part, result) for result in run_tests(part, live, targets) if not result.passed)


def _violation(part: Part, result: TestResult) -> Violation:
    place = part.locate_test(result.test.index)
    where = f" ({place.file}:{place.line})" if place else ""
    why = "; ".join(result.reasons(part.desired.people))
    return Violation(FAILING_TESTS, f"the test {result.test.name!r}{where} fails: {why}", (result.test.to,))


def _as_of(
    part: Part, day: datetime | None, live: Snapshot | None, targets: Collection[Address]
) -> tuple[Desired, Mapping[Address, Answering]]:
    """The desired state of a day, None for a normal week, and how its numbers answer."""
    desired = part.desired if day is None else part.desired_as_of(day)
    if live is not None:
        desired, _ = resolve_references(part.provider, desired, live)
    numbers = {}
    for address, wanted in desired.wanted.items():
        fields = wanted.fields if day else without_dates(wanted.fields, desired.exceptional.get(address, ()))
        there = live.resources.get(address) if live else None
        if there and targets and address not in targets:
            fields = {}
        numbers[address] = answering(part.provider, address, complete(fields, there.fields if there else {}))
    return desired, numbers
