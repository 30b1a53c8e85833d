"""What the numbers of an export have in common, written once: ring groups for sets of employees, and defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ringform.model.values import digest
from ringform.providers.shared.exporting import distinct, slug

_SHARED = ("timezone", "language", "recording_enabled", "opening_hours")
"""The fields that defaults may hold: what a company decides once, and not what one number says to its callers."""

_FEWEST = 2
"""Members of a ring group, its uses, and the numbers that make a value common."""


def share(document: dict[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Return a document that means the same, with ring groups and defaults where its numbers repeat each other.

    ``taken`` are the names that no group may have: ids, and the names of employees.
    """
    numbers: Mapping[str, dict[str, Any]] = document.get("main_numbers", {})
    shared = {"ring_groups": _groups(numbers, taken), "defaults": _defaults(numbers)}
    place = list(document).index("main_numbers") if numbers else len(document)
    sections = list(document.items())
    return dict([*sections[:place], *((name, value) for name, value in shared.items() if value), *sections[place:]])


def _groups(numbers: Mapping[str, dict[str, Any]], taken: Collection[str]) -> dict[str, list[str]]:
    """Take sets of employees that ring at several places out of the numbers, and return them by name.

    A group is named after the first number that it rings for.
    """
    uses: dict[tuple[str, ...], list[list[str]]] = {}
    wanted: dict[str, str] = {name: name for name in taken}
    for number in numbers.values():
        for people in _rings(number):
            members = tuple(sorted(people))
            uses.setdefault(members, []).append(people)
            wanted.setdefault(" ".join(members), f"{slug(str(number.get('name', ''))) or 'ring'}-team")
    repeated = {
        members: places for members, places in uses.items() if len(members) >= _FEWEST and len(places) >= _FEWEST
    }
    names = distinct({key: name for key, name in wanted.items() if key in taken or tuple(key.split(" ")) in repeated})
    groups = {}
    for members, places in repeated.items():
        name = names[" ".join(members)]
        groups[name] = list(members)
        for people in places:
            people[:] = [name]
    return groups


def _rings(value: Any) -> Iterator[list[str]]:
    """Yield the lists of who rings, which may be written over."""
    if isinstance(value, list):
        for each in value:
            yield from _rings(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "employee_ids" and isinstance(inner, list):
                yield inner
            else:
                yield from _rings(inner)


def _defaults(numbers: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Take what more than half of the numbers have in common out of them, and return it.

    A field that some number leaves alone stays where it is: a default would manage it.
    """
    defaults = {}
    for name in _SHARED:
        values = [number[name] for number in numbers.values() if name in number]
        counts = Counter(digest(value) for value in values)
        if len(values) < max(len(numbers), _FEWEST):
            continue
        common, count = counts.most_common(1)[0]
        if count < _FEWEST or 2 * count <= len(values):
            continue
        defaults[name] = next(value for value in values if digest(value) == common)
        for number in numbers.values():
            if digest(number[name]) == common:
                del number[name]
    return defaults
