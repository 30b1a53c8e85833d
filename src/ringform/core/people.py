"""Who is named in changes, so that reports can show people instead of ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ringform.core.change import Change
from ringform.core.values import Json


def people_in(changes: Collection[Change], people_fields: Collection[str]) -> list[str]:
    """Every id in the changes' fields of these names, at any depth, once and in order of appearance."""
    return list(
        dict.fromkeys(
            id_
            for change in changes
            for field in change.fields
            for value in (field.before, field.after)
            for id_ in _ids(field.path[-1], value, people_fields)
        )
    )


def _ids(key: str, value: Json, people_fields: Collection[str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner_key, inner in value.items():
            yield from _ids(inner_key, inner, people_fields)
    elif isinstance(value, list) and key in people_fields:
        yield from map(str, value)
