"""A change to one object, and the calls that make it. All of it is data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote

from ringform.model.address import Address
from ringform.model.diagnostic import Location
from ringform.model.values import FieldPath, Fields, Json, dotted

CREATED_ID = "{created.id}"
"""Stands in a path for the id that the call before it, a create on the same object, is going to be answered with."""


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

    path: FieldPath
    before: Json
    after: Json
    source: Location | None = None

    def lies_in(self, names: Collection[str]) -> str | None:
        """Which of these fields of an object the difference is in, or None."""
        parents = (dotted(self.path[:depth]) for depth in range(1, len(self.path) + 1))
        return next((name for name in parents if name in names), None)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a vendor's API, as data.

    ``path`` is relative to the provider's base URL and may hold ``CREATED_ID``. ``body`` is what goes out as JSON
    (None: no body). ``expect`` holds the fields, in normal form, that the answer must show when the call did what was
    asked; it also tells which top-level fields the call carries.
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

    def on(self, created: str) -> Call:
        """The same call on the object with this id, if it was planned for one that was still to be created."""
        return replace(self, path=self.path.replace(CREATED_ID, quote(created, safe="")))


@dataclass(frozen=True, slots=True)
class Change:
    """What a plan does to one object, and by which calls, in order.

    ``before`` is the whole live object in normal form as it was read (None: it did not exist): what an undo goes
    back to. ``previous`` is the object's address before a rename. ``after`` names the changes that must be done before
    this one starts, because they free the number that this one takes. ``purchase`` is what was looked for among what
    the vendor sells, of an object that is bought; the offer itself is in the fields ``purchase.token`` and so on.
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
    purchase: Fields | None = None

    @property
    def offer_token(self) -> Json:
        """The token of the offer by which the object is bought; None if it is not bought, or not by a token."""
        return self._offer.get("token") if self.purchase is not None else None

    @property
    def terms(self) -> Fields:
        """What is known of the offer by which the object is bought, such as its price, but for the token."""
        return {name: value for name, value in self._offer.items() if name != "token"}

    @property
    def _offer(self) -> dict[str, Json]:
        return {dotted(field.path[1:]): field.after for field in self.fields if field.path[0] == "purchase"}

    @property
    def label(self) -> str:
        """What people call the object."""
        return self.address.labelled(self.name)
