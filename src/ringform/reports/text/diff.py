"""The differences between two states as text: each object with its fields, and one line of totals at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.model.change import Action
from ringform.model.messages import counted, listed
from ringform.planning.state_diff import ObjectDifference, StateDiff
from ringform.reports.text import callers, left_alone
from ringform.reports.text.callers import Sides
from ringform.reports.text.plan import SIGNS, field_lines, title
from ringform.reports.text.style import Style, safe

_SIDES = Sides("What callers notice:", "before", "after")


def render(diff: StateDiff, before: str, after: str, style: Style) -> str:
    """Return the whole report, without a final newline; ``before`` and ``after`` are the names of the two states."""
    blocks = [f"{style.removed(f'--- {safe(before)}')}\n{style.added(f'+++ {safe(after)}')}"]
    blocks += ["\n".join(_object(each, diff.people, style)) for each in diff.objects]
    if diff.left_alone:
        blocks.append(left_alone.render(diff, style))
    if diff.effects:
        blocks.append(callers.render(diff.effects, diff.people, style, _SIDES))
    if diff.unknown_effects:
        blocks.append("\n".join(_unknown(diff, style)))
    return "\n\n".join([*blocks, _summary(diff, style)])


def _object(each: ObjectDifference, people: Mapping[str, str], style: Style) -> Iterator[str]:
    paint = {Action.CREATE: style.added, Action.UPDATE: style.changed, Action.DELETE: style.removed}[each.action]
    what, where = title(each, style)
    if each.previous:
        what += f"  (was {safe(each.previous.key)})"
    if each.is_left:
        what += "  (no longer managed)"
    yield f"{paint(SIGNS[each.action])} {style.bold(what)}{where}"
    for field in each.fields:
        yield from field_lines(field, each.action, people, style)
    for field in each.unshared:
        action = Action.CREATE if field.before is None else Action.DELETE
        remark = " (not managed before)" if action is Action.CREATE else " (no longer managed)"
        yield from field_lines(field, action, people, style, remark)


def _unknown(diff: StateDiff, style: Style) -> Iterator[str]:
    yield style.bold("What callers meet is not known, as it is left to the account:")
    for each in diff.unknown_effects:
        yield f"  {safe(each.address.labelled(each.name))}: {listed(map(safe, each.fields))}"


def _summary(diff: StateDiff, style: Style) -> str:
    if diff.is_empty:
        parts = [f"No differences: {counted(diff.unchanged, 'object is', 'objects are')} the same"]
    else:
        parts = [counted(len(diff.objects), "object differs", "objects differ")]
        if diff.unchanged:
            parts.append(f"{diff.unchanged:,} the same")
    parts += left_alone.total(diff)
    if diff.not_compared:
        parts.append(f"{diff.not_compared:,} on one side only and not compared")
    return style.bold("; ".join(parts) + ".")
