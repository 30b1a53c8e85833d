"""How a manifest writes what the normal form of an object holds, for ``pull``, which writes live values into it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ringform.model.values import Json


class Naming(Protocol):
    """A manifest's names for ids."""

    @property
    def keys(self) -> Collection[str]:
        """The keys, at any depth in a field, whose values are ids."""

    def written(self, key: str, ids: Json, before: object, /) -> Json:
        """Return an id, or a list of them, as the manifest writes it; ``before`` is what it has there now."""

    def obstacle(self, key: str, before: object, /) -> str | None:
        """Return why what the manifest has there cannot be written anew, if there is a reason."""


@dataclass(frozen=True, kw_only=True)
class WrittenForm:
    """Where a manifest differs from the normal form of its objects.

    ``sections`` has the section of the manifest by kind of object. ``keyed`` maps names of mappings in normal form that
    a manifest writes as lists to the key of a list's item that is the mapping's. ``week`` is the field that holds
    opening hours by day. ``cleared`` has how fields are cleared, if not by null. ``naming`` has the names for ids.
    """

    sections: Mapping[str, str] = field(default_factory=dict)
    keyed: Mapping[str, str] = field(default_factory=dict)
    week: str | None = None
    cleared: Mapping[str, Json] = field(default_factory=dict)
    naming: Naming | None = None
