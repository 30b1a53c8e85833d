"""Fields that a manifest manages and leaves alone for now, by ``ignore_changes``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ringform.model.address import Address
from ringform.model.change import FieldChange
from ringform.model.diagnostic import Location


@dataclass(frozen=True, slots=True)
class IgnoreRule:
    """A field that is left as it is in the account, through the day ``until`` on the clock of ``zone`` (None: always).

    ``field`` may be a mapping that is managed entry by entry: the rule is then about all its entries.
    """

    field: str
    until: date | None = None
    reason: str | None = None
    zone: str = "UTC"

    def covers(self, name: str) -> bool:
        """Return whether the rule is about this field of an object in normal form."""
        return name == self.field or name.startswith(f"{self.field}.")


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A field that differs, and that a plan leaves as it is in the account because of an ``IgnoreRule``.

    ``differences`` lead from what the account has to what the manifest says.
    """

    address: Address
    name: str | None
    field: str
    until: date | None
    reason: str | None
    differences: tuple[FieldChange, ...]
    source: Location | None = None
