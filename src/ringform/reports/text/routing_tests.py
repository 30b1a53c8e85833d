"""Results of routing tests as text: one line a test, and for a failing one the call that disproves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringform.core.diagnostic import Location
from ringform.core.routing_test import TestResult
from ringform.core.words import counted, listed
from ringform.reports.text import callers
from ringform.reports.text.style import Style, safe


def render(
    results: Sequence[TestResult], places: Sequence[Location | None], people: Mapping[str, str], style: Style
) -> str:
    """All results, the sums last. ``places`` are where the tests stand."""
    if not results:
        return "The manifest has no tests."
    lines = [line for each in zip(results, places, strict=True) for line in _lines(*each, people, style)]
    failed = sum(not result.passed for result in results)
    sums = f"{counted(len(results) - failed, 'test')} passed" + (f", {failed:,} failed" if failed else "")
    return "\n".join([*lines, "", style.bold(f"{sums}.")])


def _lines(result: TestResult, place: Location | None, people: Mapping[str, str], style: Style) -> list[str]:
    name = safe(result.test.name)
    if result.passed:
        return [f"{style.added('pass')}  {name}"]
    where = f"  {style.dim(safe(f'{place.file}:{place.line}'))}" if place else ""
    return [f"{style.error('FAIL')}  {name}{where}", f"      {why(result, people)}"]


def why(result: TestResult, people: Mapping[str, str]) -> str:
    """Why a test fails, on one line."""
    found = result.counterexample
    if found is None:
        return safe(result.problem or "")
    state = "open" if found.is_open else "closed"
    return f"{safe(found.at)} ({state}): {callers.tell(found.call, people)}: not as expected: {listed(found.failed)}"
