"""Drift as text: where the account and the manifest differ, side by side, and one line of totals at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.callflow.plan_view import PlanView
from ringform.model.change import Action, Change, FieldChange
from ringform.model.messages import counted
from ringform.model.plan import Plan
from ringform.model.values import dotted
from ringform.reports.text import callers, diagnostics, guardrails, left_alone, side_by_side
from ringform.reports.text.plan import outline, title
from ringform.reports.text.style import Style, safe

_ONE_SIDED = {Action.CREATE: "only in the manifest", Action.DELETE: "only in the account"}


def render(view: PlanView, style: Style) -> str:
    """Return the whole report, without a final newline."""
    plan = view.plan
    # The line of totals counts unmanaged numbers.
    noted = [diagnostic for diagnostic in plan.diagnostics if diagnostic.code != "unmanaged-number"]
    blocks = [diagnostics.render_grouped(noted, style, "--format json has all")] if noted else []
    blocks += ["\n".join(_object(change, plan.people, style)) for change in plan.changes]
    if plan.left_alone:
        blocks.append(left_alone.render(plan, style, _left_field))
    if view.effects:
        blocks.append(callers.render(view.effects, plan.people, style, callers.DRIFT))
    if plan.guardrails:
        blocks.append(guardrails.render(plan.guardrails, style))
    return "\n\n".join([*blocks, _summary(plan, style)])


def _summary(plan: Plan, style: Style) -> str:
    sums = plan.summary
    differing = len(plan.changes)
    if not differing:
        parts = [f"No differences: {counted(sums.unchanged, 'object')} as the manifest says"]
    else:
        parts = [counted(differing, "object differs", "objects differ")]
        if sums.unchanged:
            parts.append(f"{sums.unchanged:,} as the manifest says")
    parts += left_alone.total(plan)
    if sums.unmanaged:
        parts.append(f"{sums.unmanaged:,} not managed")
    return style.bold("; ".join(parts) + ".")


def _object(change: Change, people: Mapping[str, str], style: Style) -> Iterator[str]:
    what, where = title(change, style)
    if change.previous:
        what += f"  (account: {safe(change.previous.key)})"
    if only := _ONE_SIDED.get(change.action):
        what += f"  ({only})"
    yield f"{style.bold(what)}{where}"
    for field in change.fields:
        yield from _field(field, change.action, people, style)


def _left_field(field: FieldChange, people: Mapping[str, str], style: Style) -> Iterator[str]:
    return _field(field, Action.UPDATE, people, style)


def _field(field: FieldChange, action: Action, people: Mapping[str, str], style: Style) -> Iterator[str]:
    name = field.path[-1]
    label = f"    {dotted([safe(part) for part in field.path])}"
    sides = (("account", style.removed, field.before), ("manifest", style.added, field.after))
    if isinstance(field.before, Mapping) or isinstance(field.after, Mapping):
        yield f"{label}:"
        for side, paint, value in sides:
            if value is not None:
                yield f"      {side}:"
                yield from (paint(f"        {line}") for line in outline(value, people))
    elif action is not Action.UPDATE:
        _, paint, value = sides[action is Action.CREATE]
        yield f"{label}: {paint(side_by_side.value(value, people, name))}"
    elif marked := side_by_side.word_diff(field.before, field.after, people, style, field=name):
        yield f"{label}, {style.removed('[-account-]')} {style.added('{+manifest+}')}: {marked}"
    else:
        shown = (f"{side} {paint(side_by_side.value(value, people, name))}" for side, paint, value in sides)
        yield f"{label}: {', '.join(shown)}"
