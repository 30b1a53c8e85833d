"""A new value as lines of YAML: in block style, with what is short on one line."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.manifest.edit.edits import Data
from ringform.manifest.edit.scalars import key, scalar

_SHORT = 3
"""A mapping of single values with at most this many entries stands on one line, if the line does not get long."""
_LONGEST_LINE = 100
_LONGEST_FLOW = 120
_STEP = 2


def flow(value: Data) -> str:
    """Return a value on one line, with brackets."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key(name, is_flow=True)}: {flow(inner)}" for name, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case _:
            return scalar(value, is_flow=True)


def is_inline(value: Data, *, like_flow: bool | None = None) -> bool:
    """Whether a value stands on the line of its key; ``like_flow`` says how its neighbours are written."""
    if isinstance(value, Mapping) and value:
        if not all(_is_single(inner) or _is_list_of_singles(inner) for inner in value.values()):
            return False
        if like_flow is not None:
            return like_flow and len(flow(value)) <= _LONGEST_FLOW
        has_hours = any(isinstance(inner, str) and inner[2:3] == ":" for inner in value.values())
        return len(value) <= _SHORT and len(flow(value)) <= _LONGEST_LINE and not has_hours
    return not isinstance(value, list) or all(map(_is_single, value))


def _is_single(value: Data) -> bool:
    return not isinstance(value, Mapping | list)


def _is_list_of_singles(value: Data) -> bool:
    return isinstance(value, list) and all(map(_is_single, value))


def entry_lines(
    name: str, value: Data, column: int, *, like_flow: bool | None = None, key_like: str | None = ""
) -> list[str]:
    """Return the lines of an entry of a mapping whose keys stand in ``column``."""
    head = f"{' ' * column}{key(name, like=key_like)}:"
    if is_inline(value, like_flow=like_flow):
        return [f"{head} {flow(value) if not _is_single(value) else scalar(value)}"]
    return [head, *block_lines(value, column + _STEP)]


def item_lines(value: Data, column: int, *, like_flow: bool | None = None) -> list[str]:
    """Return the lines of an item of a list whose dashes stand in ``column``."""
    dash = " " * column + "- "
    if is_inline(value, like_flow=like_flow):
        return [dash + (flow(value) if not _is_single(value) else scalar(value))]
    first, *rest = block_lines(value, column + _STEP)
    return [dash + first[column + _STEP :], *rest]


def block_lines(value: Data, column: int) -> list[str]:
    """Return the lines of a mapping or a list that is not empty."""
    if isinstance(value, Mapping):
        return [line for name, inner in value.items() for line in entry_lines(name, inner, column)]
    assert isinstance(value, list)
    return [line for inner in value for line in item_lines(inner, column)]
