"""Coverage: how much of a manifest's call flows its routing tests are about."""

from __future__ import annotations

from dataclasses import replace

from ringform.callflow import coverage
from ringform.callflow.answering import LeftToAccount
from ringform.callflow.coverage import Coverage
from ringform.callflow.routing_test import Once, RoutingTest
from ringform.manifest.manifest import Manifest, Part
from ringform.operations.numbers import numbers


def measure_coverage(manifest: Manifest) -> Coverage:
    """Return the coverage of every number of which the manifest says anything about how it answers."""
    known = {
        number.address: (answer, number.name)
        for number in numbers(manifest)
        if not (isinstance(answer := number.answering, LeftToAccount) and answer.is_everything)
    }
    tests = [_about_the_normal_week(part, test) for part in manifest.parts for test in part.tests()]
    answers = {address: answer for address, (answer, _) in known.items()}
    return Coverage(coverage.coverage(tests, answers, {address: name for address, (_, name) in known.items()}))


def _about_the_normal_week(part: Part, test: RoutingTest) -> RoutingTest:
    """Return a test without the numbers for which its date is not as it normally is: it says nothing of their week."""
    if not isinstance(test.when, Once):
        return test
    exceptional = part.document.exceptional(test.when.at)
    return replace(test, to=tuple(address for address in test.to if address not in exceptional))
