"""The comparison. Both sides come in normal form; what the manifest does not manage is first copied from live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.model.change import FieldChange
from ringform.model.values import FieldPath, Fields, Json, same

_KIND_KEYS = ("type", "action_type")
"""The keys that say what sort of thing a mapping is. Two sorts have no fields in common worth comparing."""


def complete(wanted: Fields, live: Fields) -> dict[str, Json]:
    """The whole desired object: the managed fields as wanted, every other one as it is.

    The order of the fields is live's, so that plans read alike from run to run.
    """
    return {**live, **wanted}


def field_changes(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    """Every difference between two objects in normal form, each at the deepest path that both sides share."""
    return tuple(
        found
        for name in {**before, **after}
        for found in _walk(before.get(name), after.get(name), tuple(name.split(".")))
    )


def changed_fields(before: Fields, after: Fields) -> tuple[str, ...]:
    """The top-level fields that differ, in the order of ``after``."""
    return tuple(key for key in {**after, **before} if not same(before.get(key), after.get(key)))


def _walk(before: Json, after: Json, path: FieldPath) -> Iterator[FieldChange]:
    if same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and _same_sort(before, after):
        for key in {**before, **after}:
            yield from _walk(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and not all(map(_is_scalar, (*before, *after))):
        yield from _inside(before, after, path)
    else:
        yield FieldChange(path, before, after)


def _inside(before: Json, after: Json, path: FieldPath) -> Iterator[FieldChange]:
    """The differences inside lists of objects, position by position: no provider says what such a list is."""
    # Imported here: it is slow to load, and hardly any plan has such a value.
    from deepdiff import DeepDiff
    from deepdiff.helper import notpresent

    found = DeepDiff(
        before,
        after,
        view="tree",
        zip_ordered_iterables=True,  # else it aligns by ==, and True is 1
        threshold_to_diff_deeper=0,
        ignore_private_variables=False,
    )
    levels = {tuple(level.path(output_format="list")): level for levels in found.values() for level in levels}
    for place in sorted(levels):
        sides = (levels[place].t1, levels[place].t2)
        left, right = (None if side is notpresent else side for side in sides)
        if not same(left, right):
            yield FieldChange((*path, *map(str, place)), left, right)


def _is_scalar(value: Json) -> bool:
    return not isinstance(value, Mapping | list)


def _same_sort(before: Mapping[str, Json], after: Mapping[str, Json]) -> bool:
    return all(before.get(key) == after.get(key) for key in _KIND_KEYS)
