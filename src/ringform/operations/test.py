"""Test: run the routing tests of a manifest, offline."""

from __future__ import annotations

from ringform.callflow.verdict import TestRun
from ringform.manifest.manifest import Manifest
from ringform.operations.routing_tests import run_tests, warnings_of


def test(manifest: Manifest) -> TestRun:
    """Run every routing test against what the manifest says."""
    results = [(part, result) for part in manifest.parts for result in run_tests(part)]
    warnings = [each for part, result in results for each in warnings_of(part, [result])]
    return TestRun(
        tuple(result for _, result in results),
        tuple(part.locate_test(result.test.index) for part, result in results),
        {id_: name for part in manifest.parts for id_, name in part.people.items()},
        manifest.suppressions.filter(warnings),
    )
