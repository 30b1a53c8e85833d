"""A plan as text: the changed fields of each object, and one line of totals at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.callflow.plan_view import PlanView
from ringform.model.change import Action, Change, FieldChange
from ringform.model.messages import counted
from ringform.model.plan import Plan
from ringform.model.values import Json, dotted
from ringform.planning.due import BEYOND_DATES
from ringform.planning.state_diff import ObjectDifference
from ringform.reports.text import callers, diagnostics, guardrails, left_alone, replay, side_by_side
from ringform.reports.text.style import Style, safe

SIGNS = {Action.CREATE: "+", Action.UPDATE: "~", Action.DELETE: "-"}


def render(view: PlanView, style: Style) -> str:
    """Return the whole plan, without a final newline."""
    plan = view.plan
    # The line of totals counts unmanaged numbers.
    noted = [diagnostic for diagnostic in plan.diagnostics if diagnostic.code != "unmanaged-number"]
    blocks = [diagnostics.render_grouped(noted, style, "--format json has all")] if noted else []
    blocks += ["\n".join(_change(change, plan.people, style)) for change in plan.changes]
    if plan.left_alone:
        blocks.append(left_alone.render(plan, style))
    if view.effects:
        blocks.append(callers.render(view.effects, plan.people, style))
    if view.replay:
        blocks.append(replay.render(view.replay, plan.people, style))
    if plan.guardrails:
        blocks.append(guardrails.render(plan.guardrails, style, view.allowed))
    return "\n\n".join([*blocks, summary(plan, style)])


def summary(plan: Plan, style: Style) -> str:
    """Return the line of totals."""
    sums = plan.summary
    if plan.is_empty:
        parts = [f"No changes: {counted(sums.unchanged, 'object')} as the manifest says"]
    else:
        doing = ((sums.create, "to create"), (sums.update, "to update"), (sums.delete, "to delete"))
        done = ", ".join(f"{number:,} {what}" for number, what in doing if number)
        parts = [f"Plan: {done}, by {counted(sums.calls, 'API call')}"]
        if sums.unchanged:
            parts.append(f"{sums.unchanged:,} unchanged")
    if left := sum(diagnostic.code == BEYOND_DATES for diagnostic in plan.diagnostics):
        parts.append(f"{left:,} left as {'it is' if left == 1 else 'they are'}")
    parts += left_alone.total(plan)
    if sums.unmanaged:
        parts.append(f"{sums.unmanaged:,} not managed")
    return style.bold("; ".join(parts) + ".")


def title(change: Change | ObjectDifference, style: Style) -> tuple[str, str]:
    """Return what a change is of, by kind, key and name, and where the manifest has it, if it does."""
    kind = change.address.kind.replace("_", " ")
    what = f"{kind} {safe(change.address.key)}"
    if change.name:
        what += f"  {safe(change.name)}"
    where = f"  {style.dim(safe(f'{change.source.file}:{change.source.line}'))}" if change.source else ""
    return what, where


def _change(change: Change, people: Mapping[str, str], style: Style) -> Iterator[str]:
    paint = {Action.CREATE: style.added, Action.UPDATE: style.changed, Action.DELETE: style.removed}[change.action]
    what, where = title(change, style)
    if change.previous:
        what += f"  (was {safe(change.previous.key)})"
    yield f"{paint(SIGNS[change.action])} {style.bold(what)}{where}"
    for field in change.fields:
        yield from field_lines(field, change.action, people, style)


def field_lines(
    field: FieldChange, action: Action, people: Mapping[str, str], style: Style, remark: str = ""
) -> Iterator[str]:
    """Yield the lines about one field of an object that changes, with a remark after its name."""
    name = field.path[-1]
    label = f"    {dotted([safe(part) for part in field.path])}{remark}"
    if isinstance(field.before, Mapping) or isinstance(field.after, Mapping):
        yield f"{label}:"
        for sign, paint, side in (("-", style.removed, field.before), ("+", style.added, field.after)):
            for line in outline(side, people) if side is not None else ():
                yield paint(f"      {sign} {line}")
    elif action is Action.UPDATE:
        yield f"{label}: {side_by_side.change(field.before, field.after, people, style, field=name)}"
    else:
        paint, side = (style.added, field.after) if action is Action.CREATE else (style.removed, field.before)
        yield f"{label}: {paint(side_by_side.value(side, people, name))}"


def outline(value: Json, people: Mapping[str, str], depth: int = 0) -> Iterator[str]:
    """Yield a value as indented lines."""
    indent = "  " * depth
    if not isinstance(value, Mapping):
        yield f"{indent}{side_by_side.value(value, people)}"
        return
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield f"{indent}{safe(key)}:"
            yield from outline(inner, people, depth + 1)
        else:
            yield f"{indent}{safe(key)}: {side_by_side.value(inner, people, key)}"
