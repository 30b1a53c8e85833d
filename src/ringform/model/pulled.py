"""What ``pull`` makes of a manifest: what is written into which file, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ringform.model.address import Address
from ringform.model.change import Action, FieldChange
from ringform.model.diagnostic import Location
from ringform.model.values import FieldPath, dotted


@dataclass(frozen=True, slots=True)
class PulledChange:
    """A difference that is written: an object enters the manifest, leaves it, or has other fields there.

    The fields lead from what the manifest said to what the account holds.
    """

    address: Address
    name: str | None
    action: Action
    fields: tuple[FieldChange, ...]
    source: Location | None


@dataclass(frozen=True, slots=True)
class Left:
    """A difference that is left: at a field, or (an empty path) the whole object."""

    address: Address
    name: str | None
    path: FieldPath
    reason: str
    source: Location | None

    @property
    def field(self) -> str | None:
        """The field, as reports write it."""
        return dotted(self.path) or None


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file before and after, as its bytes read, a byte order mark among them."""

    name: str
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pulled:
    """The differences between a manifest and its accounts. Nothing is on the disk yet.

    ``people`` are the manifest's names for ids, for display.
    """

    changes: tuple[PulledChange, ...]
    left: tuple[Left, ...]
    files: tuple[FileEdit, ...]
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the manifest says already what the accounts hold."""
        return not self.changes and not self.left
