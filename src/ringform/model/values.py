"""JSON values: the one currency between manifest, comparison, plan and provider."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
Fields: TypeAlias = Mapping[str, Json]
"""An object's fields in normal form, by name.

A name with a dot (``settings.voicemail``) is a field of its own that stands within a mapping of the manifest and of the
API: each entry of such a mapping is managed by itself.
"""

FieldPath: TypeAlias = tuple[str, ...]
"""A place in a value in normal form. Only a field of unknown shape has lists of objects: there it is a position."""


def canonical(value: Json) -> str:
    """The one JSON text of a value: keys sorted, no spaces, nothing escaped that need not be."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Json) -> str:
    """``sha256:`` and 64 hex digits over the canonical text. Equal values have equal digests."""
    return "sha256:" + hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def same(one: Json, other: Json) -> bool:
    """Whether two values are the same JSON: 1 and 1.0 are, 1 and true are not, though Python says so of both."""
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
    """The value at a path, or None where the path leads nowhere."""
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def dotted(path: Sequence[str]) -> str:
    """A path as people and the plan's JSON write it: ``opening_hours.mon``."""
    return ".".join(path)
