"""Coverage: how much of a manifest's call flows its routing tests are about."""

from __future__ import annotations

from ringform.callflow import coverage
from ringform.callflow.answering import LeftToAccount
from ringform.callflow.coverage import Coverage
from ringform.callflow.types import Once, RoutingTest
from ringform.manifest.manifest import Manifest, Part
from ringform.operations.numbers import numbers


def measure_coverage(manifest: Manifest) -> Coverage:
    """Return the coverage of every number of which the manifest says anything about how it answers."""
    known = {
        number.address: (answer, number.name)
        for number in numbers(manifest)
        if not (isinstance(answer := number.answering, LeftToAccount) and answer.is_everything)
    }
    tests = [test for part in manifest.parts for test in part.tests() if not _is_about_a_date(part, test)]
    answers = {address: answer for address, (answer, _) in known.items()}
    return Coverage(coverage.coverage(tests, answers, {address: name for address, (_, name) in known.items()}))


def _is_about_a_date(part: Part, test: RoutingTest) -> bool:
    """Return whether a test is about a day that is not a normal one: it covers nothing of the normal week."""
    return isinstance(test.when, Once) and test.to in part.document.exceptional(test.when.at)
