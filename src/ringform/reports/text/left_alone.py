"""The fields that differ and stay as they are in the account, as text: each with the reason and the last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ringform.model.change import FieldChange
from ringform.model.left_alone import LeftAlone
from ringform.model.messages import counted
from ringform.model.plan import Plan
from ringform.planning.state_diff import StateDiff
from ringform.reports.text.style import Style, safe


def _no_lines(field: FieldChange, people: Mapping[str, str], style: Style) -> Iterator[str]:
    return iter(())


def render(
    plan: Plan | StateDiff,
    style: Style,
    lines: Callable[[FieldChange, Mapping[str, str], Style], Iterator[str]] = _no_lines,
) -> str:
    """Return the block of all of them; ``lines`` writes a difference below its field."""
    block = [style.bold("Left alone, by ignore_changes:")]
    for each in plan.left_alone:
        block.append(f"  {_line(each, style)}")
        block += [line for difference in each.differences for line in lines(difference, plan.people, style)]
    return "\n".join(block)


def total(plan: Plan | StateDiff) -> list[str]:
    """Return the part of the line of totals that counts them, if there are any."""
    return [f"{counted(len(plan.left_alone), 'field')} left alone"] if plan.left_alone else []


def _line(each: LeftAlone, style: Style) -> str:
    label = f"{safe(each.address.labelled(each.name))}: {safe(each.field)}"
    until = f" until {each.until}" if each.until else ""
    reason = f" ({safe(each.reason)})" if each.reason else ""
    where = f"  {style.dim(safe(f'{each.source.file}:{each.source.line}'))}" if each.source else ""
    return f"{label}{until}{reason}{where}"
