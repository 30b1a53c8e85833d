"""JSON values, in which manifest, comparison, plan and provider exchange fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
Fields: TypeAlias = Mapping[str, Json]
"""An object's fields in normal form, by name.

A name with a dot (``settings.voicemail``) is an entry of a mapping of the manifest and the API that is managed by
itself.
"""

FieldPath: TypeAlias = tuple[str, ...]
"""A place in a value in normal form. Only fields of unknown shape have lists of objects, with positions as keys."""


def canonical(value: Json) -> str:
    """Return the canonical JSON text of a value: keys sorted, no spaces, nothing escaped that need not be."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Json) -> str:
    """Return ``sha256:`` and 64 hex digits of the canonical text. Equal values have equal digests."""
    return "sha256:" + hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def same(one: Json, other: Json) -> bool:
    """Return whether two values are the same JSON: 1 and 1.0 are, 1 and true are not (in Python both are equal)."""
    if one != other:
        return False
    if isinstance(one, str) or one is None:
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        return all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool)


def at_path(value: Json, path: Sequence[str]) -> Json:
    """Return the value at a path, or None where the path leads nowhere."""
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def dotted(path: Sequence[str]) -> str:
    """Return a path as people and the plan's JSON write it: ``opening_hours.mon``."""
    return ".".join(path)
