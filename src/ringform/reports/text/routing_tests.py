"""Results of routing tests as text: one line a test, and for a failing one the call that disproves it."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.callflow.testing import TestResult, TestRun
from ringform.model.diagnostic import Location
from ringform.model.messages import counted
from ringform.reports.text.style import Style, safe


def render(run: TestRun, style: Style) -> str:
    """Return all results, and then the totals."""
    if not run.results:
        return "The manifest has no tests."
    lines = [line for each in run.placed() for line in _lines(*each, run.people, style)]
    passed = counted(len(run.results) - run.failed, "test")
    sums = f"{passed} passed" + (f", {run.failed:,} failed" if run.failed else "")
    return "\n".join([*lines, "", style.bold(f"{sums}.")])


def _lines(result: TestResult, place: Location | None, people: Mapping[str, str], style: Style) -> list[str]:
    name = safe(result.test.name)
    if result.passed:
        return [f"{style.added('pass')}  {name}"]
    where = f"  {style.dim(safe(f'{place.file}:{place.line}'))}" if place else ""
    return [f"{style.error('FAIL')}  {name}{where}", *(f"      {safe(line)}" for line in result.reasons(people))]
