"""Run a manifest's routing tests, each against what the manifest says for the days that the test is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from ringform.callflow import testing
from ringform.callflow.answering import Answering, answering
from ringform.callflow.routing_test import Once
from ringform.callflow.verdict import TestResult
from ringform.manifest.manifest import Part
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic
from ringform.model.guardrail import Violation
from ringform.model.snapshot import Snapshot
from ringform.planning.compare import complete
from ringform.planning.guardrails import FAILING_TESTS
from ringform.planning.ignoring import without_ignored


def run_tests(part: Part, live: Snapshot | None = None, targets: Collection[Address] = ()) -> tuple[TestResult, ...]:
    """Run every test, in order. With ``live``, what the manifest leaves to the account is taken from there.

    If only ``targets`` are to be changed, every other number is as it is in ``live``.

    A test about one date is about the manifest as of that date: closures and rotations are as they are to be then. One
    about any week is about the normal one, or each closure would disprove it for a week.
    """
    positions: dict[datetime | None, list[int]] = {}
    for position, test in enumerate(part.tests()):
        positions.setdefault(test.when.at if isinstance(test.when, Once) else None, []).append(position)
    results: dict[int, TestResult] = {}
    for day, those_on_it in positions.items():
        tests = part.tests(day)
        numbers, names = _answering(part, day, live, targets)
        found = testing.run([tests[position] for position in those_on_it], numbers, names, part.as_of)
        results |= zip(those_on_it, found, strict=True)
    return tuple(results[position] for position in sorted(results))


def warnings_of(part: Part, results: Iterable[TestResult]) -> list[Diagnostic]:
    """Return what the tests of a part warn of, each with its place."""
    return [part.placed(problem) for result in results for problem in result.warnings]


def failing_tests(part: Part, results: Iterable[TestResult]) -> tuple[Violation, ...]:
    """Return a guardrail for each test that fails."""
    return tuple(_violation(part, result) for result in results if not result.passed)


def _violation(part: Part, result: TestResult) -> Violation:
    place = part.locate_test(result.test.index)
    where = f" ({place.file}:{place.line})" if place else ""
    why = "; ".join(result.reasons(part.people))
    numbers = tuple(each.address for each in result.failing) or result.test.to
    return Violation(FAILING_TESTS, f"the test {result.test.name!r}{where} fails: {why}", numbers)


def _answering(
    part: Part, day: datetime | None, live: Snapshot | None, targets: Collection[Address]
) -> tuple[Mapping[Address, Answering], Mapping[Address, str | None]]:
    """Return how the numbers answer on a day, None for a normal week, and what people call them."""
    numbers: dict[Address, Answering] = {}
    names: dict[Address, str | None] = {}
    moment = day or part.as_of
    desired = part.desired_as_of(moment, in_normal_week=day is None)
    if live:
        desired = without_ignored(desired, live, moment)
    for address, wanted in desired.wanted.items():
        kind = part.provider.kinds[address.kind]
        if not kind.is_number:
            continue
        there = live.resources.get(address) if live else None
        fields = {} if there and targets and address not in targets else wanted.fields
        fields = complete(fields, there.fields if there else {})
        numbers[address] = answering(part.provider, address, fields)
        names[address] = kind.name_of(fields)
    return numbers, names
