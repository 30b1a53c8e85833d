"""``ignore_changes:`` of a number: the fields that are left as they are in the account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from ringform.model.kind import Kind
from ringform.model.left_alone import IgnoreRule
from ringform.model.messages import did_you_mean, listed, shown
from ringform.model.problem import DocumentPath, Problem
from ringform.planning.ignoring import SECTION
from ringform.providers.shared.calendar.closures_schema import ONE_DATE
from ringform.providers.shared.calendar.date_text import date_of
from ringform.providers.shared.field_types import Strict, Text, schema
from ringform.providers.shared.validation import at_most, refuse


def _last_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    day = date_of(value)
    if isinstance(day, date):
        return day
    hint = "write the last day on which the field is left alone, like 2026-12-31"
    reason = day if isinstance(day, str) else " with its year"
    raise refuse("bad-date", f"{shown(value)} is not a date{reason}", hint=hint)


def _entry(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


class IgnoreEntry(Strict):
    """A field that is left as it is in the account while it differs."""

    field: Annotated[str, schema("string", examples=["name"])]
    """The field, by its name in the manifest."""

    until: Annotated[date | None, BeforeValidator(_last_day), WithJsonSchema(ONE_DATE)] = None
    """The last day on which it is left alone, on the number's own clock."""

    reason: Text | None = None
    """Why, for reports."""


IgnoreChanges = Annotated[
    list[Annotated[IgnoreEntry, BeforeValidator(_entry)]],
    BeforeValidator(at_most(1_000)),
    BeforeValidator(lambda value: [] if value is None else value),
]
"""Fields by name, or each with ``until`` and ``reason``. Use it with ``offered_fields``."""


def unknown_fields(written: object, kind: Kind, path: DocumentPath) -> list[Problem]:
    """Return the problems of an entry at ``path`` with ``ignore_changes`` of what is no field, or of one given twice.

    They are found on the entry as it is written, so that another mistake in the list hides none of them.
    """
    entries = written.get(SECTION) if isinstance(written, Mapping) else None
    names = _names(kind)
    problems = []
    first: dict[str, DocumentPath] = {}
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        is_short = isinstance(entry, str)
        name = entry if is_short else entry.get("field") if isinstance(entry, Mapping) else None
        if not isinstance(name, str):
            continue
        place: DocumentPath = (*path, SECTION, index) if is_short else (*path, SECTION, index, "field")
        if name not in names:
            hint = did_you_mean(name, names) or f"it is one of {listed(names, last='or')}"
            summary = f"{shown(name)} is not a field that a {kind.noun} has"
            problems.append(Problem(place, "unknown-field", summary, hint=hint))
        elif first.setdefault(name, place) != place:
            summary = f"{name} is given twice"
            problems.append(Problem(place, "defined-twice", summary, hint="keep one of the two", other=first[name]))
    return problems


def offered_fields(kind: Callable[[], Kind]) -> FieldInfo:
    """Return what an editor knows of ``ignore_changes``, the names of the kind's fields among it."""

    def describe(field: dict[str, Any]) -> None:
        name: JsonDict = {"enum": [*_names(kind())], "description": "The field, by its name in the manifest."}
        entry: JsonDict = {"$ref": field["items"]["$ref"], "properties": {"field": name}}
        field.update({"type": ["array", "null"], "items": {"anyOf": [name, entry]}})

    info: FieldInfo = Field(json_schema_extra=describe)
    return info


def rules_of(model: BaseModel, zone: str = "UTC") -> tuple[IgnoreRule, ...] | None:
    """Return the rules of a valid entry, which hold on the clock of ``zone``; None if it has no ``ignore_changes``."""
    if SECTION not in model.model_fields_set:
        return None
    entries: Any = getattr(model, SECTION)
    return tuple(IgnoreRule(entry.field, entry.until, entry.reason, zone) for entry in entries)


def _names(kind: Kind) -> list[str]:
    """Return the fields, and the mappings that are managed entry by entry, each before its entries."""
    return list(dict.fromkeys(part for name in kind.names for part in (name.partition(".")[0], name)))
