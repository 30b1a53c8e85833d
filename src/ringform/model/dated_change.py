"""What the dates of a manifest ask of a later apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change that an apply has to make from ``at`` on, because of a date or a rotation, in words.

    ``numbers`` maps the objects that change to their names; an empty one has none.
    """

    at: datetime
    change: str
    numbers: Mapping[Address, str]
