"""Results of routing tests as text: one line a test, and for a failing one the call that disproves it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ringform.callflow.routing_test import RoutingTest, TestResult
from ringform.model.diagnostic import Location
from ringform.model.messages import counted, listed
from ringform.reports.text import callers, side_by_side
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
    return [f"{style.error('FAIL')}  {name}{where}", *(f"      {line}" for line in _why(result, people))]


def why(result: TestResult, people: Mapping[str, str]) -> str:
    """Why a test fails, on one line."""
    return "; ".join(_why(result, people))


def _why(result: TestResult, people: Mapping[str, str]) -> list[str]:
    """What was expected, and the call that is not like that."""
    found = result.counterexample
    if found is None:
        return [safe(result.problem or "")]
    state = "open" if found.is_open else "closed"
    ends = f" (ends: {found.call.ends})" if "ends" in found.failed else ""
    return [
        f"expected {', '.join(_claims(result.test, found.failed, people))}",
        f"{safe(found.at)} ({state}): {callers.tell(found.call, people, longest=None)}{ends}",
    ]


def _claims(test: RoutingTest, failed: Collection[str], people: Mapping[str, str]) -> Iterator[str]:
    """Those claims of a test that are not so, in words."""
    if "rings" in failed:
        yield f"rings: {listed(side_by_side.names(sorted(test.rings or ()), people))}"
    if "plays" in failed:
        yield f'plays: "{safe(test.plays or "")}"'
    if "ends" in failed:
        yield f"ends: {test.ends}"
