"""Names for the ids of people and things in changes, so that reports can show names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ringform.model.change import Change, FieldChange
from ringform.model.kind import Kind
from ringform.model.values import Fields, Json


def own_key(field: str, id_: object) -> str:
    """Return the key for an id that means something else in other fields: ``group_ids/12``."""
    return f"{field}/{id_}"


def known_as(people: Mapping[str, str], field: str, id_: object) -> str | None:
    """Return the name of an id in a field: the one for this field (``own_key``), or else the one for all fields."""
    return people.get(own_key(field, id_)) or (people.get(id_) if isinstance(id_, str) else None)


def people_in(changes: Collection[Change], kinds: Mapping[str, Kind]) -> list[tuple[str, str]]:
    """Return every id in the changes' fields, at any depth, after the key that it stands under, in order of appearance.

    A change to a routing field counts with everybody whom the object rings: what callers will notice of it names them
    too.
    """
    ids: dict[tuple[str, str], None] = {}
    for change in changes:
        wholes = (change.before or {}, *(call.expect for call in change.calls))
        ids.update(dict.fromkeys(people_in_object(change.fields, wholes, kinds[change.address.kind])))
    return list(ids)


def people_in_object(
    fields: Collection[FieldChange], wholes: Iterable[Fields], kind: Kind
) -> Iterator[tuple[str, str]]:
    """Yield the ids of ``people_in`` of one object: with these ``fields`` that differ, and as a whole on each side."""
    yield from people_in_fields(fields, kind)
    if any(field.lies_in(kind.routing) for field in fields):
        for whole in wholes:
            yield from _ids("", whole, kind.id_keys)


def people_in_fields(fields: Iterable[FieldChange], kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield every id in the two sides of these differences, at any depth, after the key that it stands under."""
    for field in fields:
        for value in (field.before, field.after):
            yield from _ids(field.path[-1], value, kind.id_keys)


def _ids(key: str, value: Json, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    name = key.rpartition(".")[2]
    if isinstance(value, Mapping):
        for inner_key, inner in value.items():
            yield from _ids(inner_key, inner, keys)
    elif name in keys and value is not None:
        yield from ((name, str(each)) for each in (value if isinstance(value, list) else [value]))
