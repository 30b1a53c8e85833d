"""A change to one object, and the calls that make it. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ringform.core.address import Address
from ringform.core.diagnostic import Location
from ringform.core.values import Fields, Json, Path


class Action(StrEnum):
    """What happens to an object."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One difference: the value at ``path`` is ``before`` and shall be ``after``.

    Paths go as deep as both sides have the same shape, so that one changed prompt of a menu is one small difference.
    None stands for a value that is not there.
    """

    path: Path
    before: Json
    after: Json
    source: Location | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a vendor's API, as data.

    ``path`` is relative to the provider's base URL. ``body`` is what goes out as JSON (None: no body). ``expect``
    holds the fields, in normal form, that the answer must show when the call did what was asked; it also tells which
    top-level fields the call carries.
    """

    method: str
    path: str
    body: Mapping[str, Json] | None
    expect: Fields

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_repeatable(self) -> bool:
        """Whether sending the call twice has the effect of sending it once (RFC 9110 says not so of POST)."""
        return self.method != "POST"


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan does to one object, and by which calls, in order.

    ``before`` is the whole live object in normal form as it was read (None: it did not exist): what an undo goes
    back to. ``previous`` is the object's address before a rename. ``after`` names the changes that must be done before
    this one starts, because they free the number that this one takes.
    """

    address: Address
    name: str | None
    action: Action
    fields: tuple[FieldChange, ...]
    calls: tuple[Call, ...]
    source: Location | None = None
    before: Fields | None = None
    previous: Address | None = None
    after: tuple[Address, ...] = ()
