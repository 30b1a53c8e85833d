"""Edits of what a manifest says, as data, and what a document says after one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ringform.model.problem import DocumentPath
from ringform.model.values import Json

Data: TypeAlias = Json
"""What is written: a file's own texts, or a value to be written, whose numbers and booleans stand without quotes."""


class Raw(str):
    """A text that stands elsewhere in the file already: it may be a number or a boolean as well."""

    __slots__ = ()


class Where(NamedTuple):
    """The item of a list that has this value under this name, such as the option of a menu with ``digit: "1"``."""

    name: str
    value: str


EditPath: TypeAlias = tuple[str | int | Where, ...]
"""A place in a file's document: keys, positions, and items of lists by one of their values."""


@dataclass(frozen=True, slots=True)
class Put:
    """Write a value at a place, which may be a new key of a mapping, or a new item with a ``Where``.

    A new key comes behind the first of the keys in ``after`` that is there; before all others if none is; at the end
    if ``after`` is None. A new item comes before the first one with a greater value.
    """

    path: EditPath
    value: Data
    after: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove an entry of a mapping or an item of a list."""

    path: EditPath


@dataclass(frozen=True, slots=True)
class Rename:
    """Give an entry of a mapping another key."""

    path: EditPath
    key: str


Edit: TypeAlias = Put | Remove | Rename


class NoSuchPlaceError(LookupError):
    """A path leads nowhere in a document."""


def concrete(data: Data, path: EditPath) -> DocumentPath:
    """Return a path with positions in the place of each ``Where``; a new item has the position that it would get.

    The mapping that a new key is to stand in may itself be one that is to come.

    Raises:
        NoSuchPlaceError: It leads nowhere.
    """
    node: Data = data
    parts: list[str | int] = []
    for depth, part in enumerate(path, 1):
        is_last = depth == len(path)
        here: str | int
        if isinstance(part, Where):
            found = position(node, part)
            if found is None and not is_last:
                raise NoSuchPlaceError(part.value)
            here = _position_of_new(node, part) if found is None else found
        else:
            here = part
        parts.append(here)
        is_to_come = depth == len(path) - 1 and isinstance(here, str) and isinstance(node, Mapping) and here not in node
        if not is_last:
            node = None if is_to_come else child(node, here)
    return tuple(parts)


def position(data: Data, part: Where) -> int | None:
    """Return the position of an item in a list; None if there is none."""
    for number, item in enumerate(data if isinstance(data, list) else ()):
        if isinstance(item, Mapping) and as_text(item.get(part.name)) == part.value:
            return number
    return None


def child(data: Data, part: str | int) -> Data:
    """Return the value behind one part of a path.

    Raises:
        NoSuchPlaceError: There is none.
    """
    if isinstance(data, Mapping) and isinstance(part, str) and part in data:
        return data[part]
    if isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
        item: Data = data[part]
        return item
    raise NoSuchPlaceError(str(part))


def at(data: Data, path: DocumentPath) -> Data:
    """Return the value at a path. Raises ``NoSuchPlaceError``."""
    for part in path:
        data = child(data, part)
    return data


def as_text(value: Data) -> Data:
    """Return what a value reads as: every scalar is a text."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case Mapping():
            return {name: as_text(inner) for name, inner in value.items()}
        case list():
            return [as_text(inner) for inner in value]
        case _:
            return value


def raw(value: Data) -> Data:
    """Return a value of a file as one to be written at another place of it."""
    match value:
        case str():
            return Raw(value)
        case Mapping():
            return {name: raw(inner) for name, inner in value.items()}
        case list():
            return [raw(inner) for inner in value]
        case _:
            return value


def edited(data: Data, edit: Edit) -> Data:
    """Return what a document says after an edit. The original stays as it is, at every place that shares a value.

    Raises:
        NoSuchPlaceError: The edit is about something that is not there.
    """
    if not edit.path and isinstance(edit, Put):
        return edit.value
    *way, last = concrete(data, edit.path)
    return _within(data, way, last, edit)


def is_new_item(data: Data, edit: Edit) -> bool:
    """Whether an edit is about an item that a list, ``data``, does not have yet."""
    part = edit.path[-1]
    if not isinstance(data, list):
        return False
    return position(data, part) is None if isinstance(part, Where) else part == len(data)


def item_by_item(old: Data, edit: Put) -> list[Edit]:
    """Return the edits that make a list of single values another one: who comes is put at the end, then others go.

    There are none if that is not all that it takes.
    """
    new = edit.value
    if not isinstance(old, list) or not isinstance(new, list):
        return []
    wanted = [as_text(each) for each in new]
    kept = [each for each in old if each in wanted]
    if any(isinstance(each, Mapping | list) for each in (*old, *new)) or wanted[: len(kept)] != kept:
        return []
    edits: list[Edit] = [Put((*edit.path, len(old) + number), each) for number, each in enumerate(new[len(kept) :])]
    gone = [number for number, each in enumerate(old) if each not in wanted]
    return [*edits, *(Remove((*edit.path, number)) for number in reversed(gone))]


def _within(data: Data, way: list[str | int], last: str | int, edit: Edit) -> Data:
    if way and isinstance(data, Mapping) and way[0] not in data and isinstance(edit, Put) and isinstance(way[0], str):
        return _with_key(data, way[0], {str(last): edit.value}, None)
    if way:
        return _with(data, way[0], _within(child(data, way[0]), way[1:], last, edit))
    match edit:
        case Put(_, value) if data is None and isinstance(last, str):
            return {last: value}
        case Put(_, value, after) if isinstance(data, Mapping) and isinstance(last, str):
            return _with(data, last, value) if last in data else _with_key(data, last, value, after)
        case Put(_, value) if isinstance(data, list) and isinstance(last, int):
            return [*data[:last], value, *data[last:]] if is_new_item(data, edit) else _with(data, last, value)
        case Remove() if isinstance(data, Mapping) and isinstance(last, str):
            child(data, last)
            return {name: inner for name, inner in data.items() if name != last}
        case Remove() if isinstance(data, list) and isinstance(last, int):
            child(data, last)
            return [*data[:last], *data[last + 1 :]]
        case Rename(_, key) if isinstance(data, Mapping) and isinstance(last, str):
            child(data, last)
            return {key if name == last else name: inner for name, inner in data.items()}
    raise NoSuchPlaceError(str(last))


def _with(data: Data, part: str | int, value: Data) -> Data:
    if isinstance(data, Mapping):
        return {name: value if name == part else inner for name, inner in data.items()}
    assert isinstance(data, list)
    return [value if number == part else inner for number, inner in enumerate(data)]


def _with_key(data: Mapping[str, Data], key: str, value: Data, after: tuple[str, ...] | None) -> dict[str, Data]:
    names = list(data)
    before = key_before(names, after)
    place = 0 if before is None else names.index(before) + 1
    entries = list(data.items())
    return dict([*entries[:place], (key, value), *entries[place:]])


def key_before(names: Sequence[str], after: tuple[str, ...] | None) -> str | None:
    """Return the key, of those that are there, behind which a new one comes; None: before all."""
    if after is None:
        return names[-1] if names else None
    return next((name for name in after if name in names), None)


def _position_of_new(node: Data, part: Where) -> int:
    items = node if isinstance(node, list) else []
    values = [str(as_text(item.get(part.name))) if isinstance(item, Mapping) else "" for item in items]
    return next((number for number, value in enumerate(values) if value > part.value), len(items))
