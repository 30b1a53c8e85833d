"""Values in normal form as a manifest writes them, and differences between two as edits of what is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ringform.manifest.edit.edits import Data, Edit, EditPath, NoSuchPlaceError, Put, Remove, Where, at, concrete
from ringform.manifest.pull.week import short_hours, week_edits
from ringform.manifest.template import escape, has_template
from ringform.model.change import FieldChange
from ringform.model.values import FieldPath, Fields, Json, dotted, same
from ringform.providers.shared.calendar.hours import DAYS, short
from ringform.providers.written_form import WrittenForm


class _Nothing:
    """Stands for a value that is not written."""


_NOTHING = _Nothing()
TEMPLATE = "a template makes it"


@dataclass(frozen=True)
class Step:
    """One difference between what is written and what is wanted, with the edits that take it away.

    The edits are relative to the top value of the field. ``obstacle`` says why there are none.
    """

    change: FieldChange
    edits: tuple[Edit, ...] = ()
    obstacle: str | None = None


@dataclass(frozen=True)
class Writer:
    """How one manifest writes values. ``tokens`` are what stands for ids in its own names, by id."""

    form: WrittenForm
    tokens: Mapping[str, str] = field(default_factory=dict)

    def written(self, path: FieldPath, value: Json, before: Data = None) -> Data:
        """Return a value of the account as it is written at a path; ``before`` is what is written there now."""
        key = path[-1] if path else ""
        naming = self.form.naming
        if naming is not None and key in naming.keys and value is not None:
            ids = [self.tokens.get(str(each), each) for each in value] if isinstance(value, list) else value
            return naming.written(key, self._alone(ids), before)
        match value:
            case None:
                return self.form.cleared.get(dotted(path))
            case str():
                return escape(value)
            case Mapping() if path == (self.form.week,) and len(value) == len(DAYS):
                return {days: short_hours(hours) for days, hours in short(value).items()}
            case Mapping() if key in self.form.keyed:
                return [self.written((*path, name), inner) for name, inner in value.items()]
            case Mapping():
                holder = path[-2] if len(path) > 1 else ""
                own_key: dict[str, Data] = {self.form.keyed[holder]: key} if holder in self.form.keyed else {}
                inner = {name: self.written((*path, name), each, _inner(before, name)) for name, each in value.items()}
                return {**own_key, **inner}
            case list():
                return [self.written((*path, str(number)), inner) for number, inner in enumerate(value)]
            case _:
                return value

    def _alone(self, ids: Json) -> Json:
        return self.tokens.get(ids, ids) if isinstance(ids, str) else ids

    def entry(self, fields: Fields) -> dict[str, Data]:
        """Return the fields of an object as an entry of the manifest that has none yet."""
        return {name: self.written(tuple(name.split(".")), value) for name, value in fields.items()}

    # Differences

    def steps(self, top: FieldPath, changes: list[FieldChange], written: Data) -> Iterator[Step]:
        """Yield the differences within one field; ``written`` is the field's value as it stands in the file.

        ``changes`` lead from what the manifest wants to what the account has.
        """
        for change in changes:
            edits, obstacle = self._edits(top, change.path[len(top) :], change.before, change.after, written)
            yield Step(change, tuple(edits) if obstacle is None else (), obstacle)

    def week_step(self, change: FieldChange, goal: Mapping[str, Json], written: Data) -> Step:
        """Return the difference of opening hours, all days together."""
        if any(has_template(text) for text in _texts(written)):
            return Step(change, obstacle=TEMPLATE)
        if not isinstance(written, Mapping | list):
            return Step(change, (Put((), self.written((self.form.week or "",), goal)),))
        return Step(change, tuple(week_edits(written, {day: str(hours) for day, hours in goal.items()})))

    def _edits(
        self, top: FieldPath, sub: FieldPath, before: Json, after: Json, written: Data
    ) -> tuple[list[Edit], str | None]:
        path = (*top, *sub)
        place = self.place(sub, top[-1])
        here = _find(written, place)
        naming = self.form.naming
        if after is None and sub:
            return ([Remove(place)], None) if here is not _NOTHING else ([], "its place in the file was not found")
        if isinstance(here, Mapping) and isinstance(before, Mapping) and isinstance(after, Mapping):
            return self._edits_of_mapping(top, sub, before, after, written)
        value = None if isinstance(here, _Nothing) else here
        if naming is not None and path[-1] in naming.keys and (obstacle := naming.obstacle(path[-1], value)):
            return [], obstacle
        if not isinstance(value, Mapping) and any(_is_template(text) for text in _texts(value)):
            return [], TEMPLATE
        return [Put(place, self.written(path, after, value))], None

    def _edits_of_mapping(
        self, top: FieldPath, sub: FieldPath, before: Mapping[str, Json], after: Mapping[str, Json], written: Data
    ) -> tuple[list[Edit], str | None]:
        """Edit a mapping that becomes another type of thing, key by key: what both types have in common stays."""
        edits: list[Edit] = []
        gone: list[Edit] = []
        names = list(after)
        for number, name in enumerate(names):
            if name in before and same(before[name], after[name]):
                continue
            found, obstacle = self._edits(top, (*sub, name), before.get(name), after[name], written)
            if obstacle is not None:
                return [], obstacle
            order = tuple(reversed(names[:number]))
            edits += [Put(each.path, each.value, order) if isinstance(each, Put) else each for each in found]
        for name in before:
            place = self.place((*sub, name), top[-1])
            if name not in after and _find(written, place) is not _NOTHING:
                gone.append(Remove(place))
        return [*edits, *gone], None

    def place(self, sub: FieldPath, field_name: str) -> EditPath:
        """Return the place, in a field's value as it is written, of a path in normal form below the field."""
        parts: list[str | int | Where] = []
        holder = field_name
        for part in sub:
            parts.append(Where(self.form.keyed[holder], part) if holder in self.form.keyed else part)
            holder = part
        return tuple(parts)


def _find(data: Data, place: EditPath) -> Data | _Nothing:
    try:
        return at(data, concrete(data, place))
    except NoSuchPlaceError:
        return _NOTHING


def _inner(data: Data, name: str) -> Data:
    return data.get(name) if isinstance(data, Mapping) else None


def _is_template(text: str) -> bool:
    """Whether a text depends on a variable: one that only escapes braces is as good as plain."""
    if not has_template(text):
        return False
    from ringform.manifest.expression import render

    rendered, problems = render(text, {})
    return bool(problems) or escape(rendered) != text


def _texts(data: Data) -> Iterator[str]:
    match data:
        case str():
            yield data
        case Mapping():
            for inner in data.values():
                yield from _texts(inner)
        case list():
            for inner in data:
                yield from _texts(inner)
