"""Comparing objects in normal form. Fields that the manifest does not manage are first copied from live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.model.change import FieldChange
from ringform.model.values import FieldPath, Fields, Json, same

_TYPE_KEYS = ("type", "action_type")
"""The keys that say what type of thing a mapping is. Mappings of two types are replaced as a whole."""


def complete(wanted: Fields, live: Fields) -> dict[str, Json]:
    """Return the whole desired object: the managed fields as wanted, all others as they are live.

    The fields are in live's order, so that plans read alike from run to run.
    """
    return {**live, **wanted}


def field_changes(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    """Return every difference between two objects in normal form, each at the deepest path that both sides share."""
    return tuple(
        change
        for name in {**before, **after}
        for change in _walk(before.get(name), after.get(name), tuple(name.split(".")))
    )


def changed_fields(before: Fields, after: Fields) -> tuple[str, ...]:
    """Return the names of the top-level fields that differ, in the order of ``after``."""
    return tuple(key for key in {**after, **before} if not same(before.get(key), after.get(key)))


def _walk(before: Json, after: Json, path: FieldPath) -> Iterator[FieldChange]:
    if same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and _same_type(before, after):
        for key in {**before, **after}:
            yield from _walk(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and not all(map(_is_scalar, (*before, *after))):
        yield from _inside(before, after, path)
    else:
        yield FieldChange(path, before, after)


def _inside(before: Json, after: Json, path: FieldPath) -> Iterator[FieldChange]:
    """Yield the differences inside lists of objects, position by position: their shape is unknown."""
    # Imported here: it is slow to load, and hardly any plan has such a value.
    from deepdiff import DeepDiff
    from deepdiff.helper import notpresent

    diff = DeepDiff(
        before,
        after,
        view="tree",
        zip_ordered_iterables=True,  # else it aligns by ==, and True is 1
        threshold_to_diff_deeper=0,
        ignore_private_variables=False,
    )
    levels = {tuple(level.path(output_format="list")): level for levels in diff.values() for level in levels}
    for place in sorted(levels):
        sides = (levels[place].t1, levels[place].t2)
        left, right = (None if side is notpresent else side for side in sides)
        if not same(left, right):
            yield FieldChange((*path, *map(str, place)), left, right)


def _is_scalar(value: Json) -> bool:
    return not isinstance(value, Mapping | list)


def _same_type(before: Mapping[str, Json], after: Mapping[str, Json]) -> bool:
    return all(before.get(key) == after.get(key) for key in _TYPE_KEYS)
