"""Fingerprints of live objects, which a saved plan keeps so that later changes to the account can be detected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ringform.model.snapshot import Resource
from ringform.model.values import Json, digest

Fingerprint: TypeAlias = Mapping[str, str]
"""A short digest of each field of an object in normal form, and of the vendor's id under ``id``."""

_LENGTH = 16
"""Hex digits. 64 bits tell apart any two values that a phone account can meet."""


def fingerprint(resource: Resource) -> Fingerprint:
    """Return the fingerprint of a live object. Its texts cannot be read back from it."""
    return {"id": _short(resource.id), **{name: _short(value) for name, value in resource.fields.items()}}


def moved_fields(then: Fingerprint, now: Fingerprint) -> tuple[str, ...]:
    """Return the fields that differ, in the order of ``then``."""
    return tuple(name for name in {**then, **now} if then.get(name) != now.get(name))


def _short(value: Json) -> str:
    return digest(value).removeprefix("sha256:")[:_LENGTH]
