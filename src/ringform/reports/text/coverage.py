"""The coverage of routing tests as text: for each number the parts that no test covers."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.callflow.coverage import Coverage, CoveragePart, FlowPart, HoursPart, KeyPart, NumberCoverage
from ringform.callflow.types import FlowNames, Interval
from ringform.callflow.week import when
from ringform.model.clock import MINUTES
from ringform.model.messages import counted
from ringform.reports.text.style import Style, safe


def render(coverage: Coverage, style: Style) -> str:
    """Return the coverage of all numbers, and then the total."""
    lines = [line for number in coverage.numbers for line in _number(number, style)]
    if not coverage.parts:
        return "\n".join([*lines, "No number has all its call flows in the manifest."])
    total = f"{coverage.tested:,} of {counted(coverage.parts, 'part')} are tested ({coverage.percent}%)."
    return "\n".join([*lines, "", style.bold(total)])


def _number(number: NumberCoverage, style: Style) -> list[str]:
    label = safe(number.address.labelled(number.name))
    if number.problem:
        return [style.dim(f"-     {label}: {safe(number.problem)}")]
    count = len(number.parts)
    if not number.tested:
        return [f"{style.removed('none')}  {style.bold(label)}: no test; {counted(count, 'part')}"]
    if number.tested == count:
        return [f"{style.added('all ')}  {style.bold(label)}: {counted(count, 'part')}"]
    untested = [part for part, tests in number.parts if not tests]
    return [
        f"{style.changed('some')}  {style.bold(label)}: {number.tested} of {counted(count, 'part')}; not tested:",
        *(f"        {words(part, number.names)}" for part in untested),
    ]


def words(part: CoveragePart, names: FlowNames) -> str:
    """Return a part in words."""
    match part:
        case FlowPart(slot):
            return safe(names.slot(slot))
        case KeyPart(slot, digit):
            return safe(f"key {digit} of {names.slot(slot)}")
        case HoursPart(is_open=True, days=days, hours=(start, end)):
            return f"open hours: {when([Interval(day, start, end) for day in days])}"
        case HoursPart(days=days, hours=hours):
            closed = [Interval(day, 0, MINUTES) for day in days] if hours is None else _around(days, hours)
            return f"closed hours: {when(closed)}"


def _around(days: Sequence[int], hours: tuple[int, int]) -> list[Interval]:
    start, end = hours
    both = [piece for day in days for piece in (Interval(day, 0, start), Interval(day, end, MINUTES))]
    return [piece for piece in both if piece.start < piece.end]
