"""Who is named in changes, so that reports can show people instead of ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ringform.core.change import Change
from ringform.core.values import Json


def people_in(
    changes: Collection[Change], people_fields: Collection[str], routing_fields: Collection[str] = ()
) -> list[str]:
    """Every id in the changes' fields of these names, at any depth, once and in order of appearance.

    A change to one of ``routing_fields`` counts with everybody whom the object rings: what callers will notice of it
    names them too.
    """
    ids: dict[str, None] = {}
    for change in changes:
        for field in change.fields:
            for value in (field.before, field.after):
                ids.update(dict.fromkeys(_ids(field.path[-1], value, people_fields)))
        if any(field.path[0] in routing_fields for field in change.fields):
            for whole in (change.before or {}, *(call.expect for call in change.calls)):
                ids.update(dict.fromkeys(_ids("", whole, people_fields)))
    return list(ids)


def _ids(key: str, value: Json, people_fields: Collection[str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner_key, inner in value.items():
            yield from _ids(inner_key, inner, people_fields)
    elif isinstance(value, list) and key in people_fields:
        yield from map(str, value)
