"""What a pull wrote, and what it left, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ringform.model.change import Action
from ringform.model.messages import counted
from ringform.model.pulled import Left, Pulled, PulledChange
from ringform.reports.text.plan import field_lines
from ringform.reports.text.style import Style, safe

_VERBS = {Action.CREATE: "enters the manifest", Action.DELETE: "leaves the manifest"}


def render(pulled: Pulled, style: Style, *, is_written: bool = True) -> str:
    """Return the report, without a final newline; ``is_written`` says whether the files hold it by now."""
    if pulled.is_empty:
        return style.bold("Nothing to pull: the manifest says what the account holds.")
    # What differs on one object in several places stands under one head.
    groups = groupby(pulled.changes, key=lambda each: (each.address, each.action))
    blocks = ["\n".join(_object(list(changes), pulled.people, style)) for _, changes in groups]
    if pulled.left:
        blocks.append(left(pulled.left, style))
    return "\n\n".join([*blocks, style.bold(_summary(pulled, is_written=is_written))])


def change(each: PulledChange, people: Mapping[str, str], style: Style) -> str:
    """Return the lines about one change."""
    return "\n".join(_object([each], people, style))


def _object(changes: Sequence[PulledChange], people: Mapping[str, str], style: Style) -> Iterator[str]:
    each = changes[0]
    paint = {Action.CREATE: style.added, Action.UPDATE: style.changed, Action.DELETE: style.removed}[each.action]
    sign = {Action.CREATE: "+", Action.UPDATE: "~", Action.DELETE: "-"}[each.action]
    verb = f": {_VERBS[each.action]}" if each.action in _VERBS else ""
    where = f"  {style.dim(safe(f'{each.source.file}:{each.source.line}'))}" if each.source else ""
    yield f"{paint(sign)} {style.bold(_title(each))}{verb}{where}"
    for field in (field for change in changes for field in change.fields):
        yield from field_lines(field, each.action, people, style)


def left(lefts: Sequence[Left], style: Style) -> str:
    """Return the list of what is left, each with its reason."""
    lines = [style.warning("Left as it is in the manifest:")]
    for each in lefts:
        where = f"  {style.dim(safe(f'{each.source.file}:{each.source.line}'))}" if each.source else ""
        field = f" {safe(each.field)}" if each.field else ""
        lines.append(f"  {safe(str(each.address))}{field}{where}")
        lines.append(f"      {safe(each.reason)}")
    return "\n".join(lines)


def _title(each: PulledChange) -> str:
    name = f"  {safe(each.name)}" if each.name else ""
    return f"{each.address.kind.replace('_', ' ')} {safe(each.address.key)}{name}"


def _summary(pulled: Pulled, *, is_written: bool) -> str:
    parts = []
    if pulled.changes:
        verb = "written into" if is_written else "to write into"
        parts.append(f"{counted(len(pulled.changes), 'change')} {verb} {counted(len(pulled.files), 'file')}")
    if pulled.left:
        parts.append(f"{len(pulled.left):,} left")
    return f"Pull: {'; '.join(parts)}."
