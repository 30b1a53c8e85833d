"""Test: run the routing tests of a manifest, offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ringform.callflow.testing import TestResult
from ringform.manifest.manifest import Manifest
from ringform.model.diagnostic import Location
from ringform.operations.routing_tests import run_tests


@dataclass(frozen=True, slots=True)
class TestRun:
    """The results in the manifest's order, the places of their tests, and the names of the people in them."""

    results: tuple[TestResult, ...]
    places: tuple[Location | None, ...]
    people: Mapping[str, str]

    @property
    def passed(self) -> bool:
        """Whether no test failed."""
        return all(result.passed for result in self.results)


def test(manifest: Manifest) -> TestRun:
    """Run every routing test against what the manifest says."""
    found = [(part, result) for part in manifest.parts for result in run_tests(part)]
    return TestRun(
        tuple(result for _, result in found),
        tuple(part.locate_test(result.test.index) for part, result in found),
        {id_: name for part in manifest.parts for id_, name in part.people.items()},
    )
