"""Results of routing tests as text: one line a test, and for a failing one the call that disproves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ringform.callflow.testing import TestResult
from ringform.model.diagnostic import Location
from ringform.model.messages import counted
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
    return [f"{style.error('FAIL')}  {name}{where}", *(f"      {safe(line)}" for line in result.reasons(people))]
