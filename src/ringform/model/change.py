"""A change to one object, and the API calls that make it, as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import quote

from ringform.model.address import Address
from ringform.model.diagnostic import Location
from ringform.model.values import FieldPath, Fields, Json, dotted

CREATED_ID = "{created.id}"
"""Placeholder in a path for the id that the preceding call, which creates the same object, will return."""


class Action(StrEnum):
    """What happens to an object."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One difference: the value at ``path`` is ``before`` and will be ``after``.

    Paths go as deep as both sides have the same shape, so that one changed prompt of a menu is one small difference.
    None stands for a missing value.
    """

    path: FieldPath
    before: Json
    after: Json
    source: Location | None = None

    def lies_in(self, names: Collection[str]) -> str | None:
        """Return the field, of these, that contains the difference, or None."""
        parents = (dotted(self.path[:depth]) for depth in range(1, len(self.path) + 1))
        return next((name for name in parents if name in names), None)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a vendor's API, as data.

    ``path`` is relative to the provider's base URL and may hold ``CREATED_ID``. ``body`` is what goes out as JSON
    (None: no body). ``expect`` holds the top-level fields that the call carries, in normal form, with the values that
    the answer must show. ``overwrites`` holds what the call replaces and the normal form does not show, by field and in
    the provider's own shape, for an undo to put back.
    """

    method: str
    path: str
    body: Mapping[str, Json] | None
    expect: Fields
    overwrites: Fields = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_repeatable(self) -> bool:
        """Whether sending the call twice has the effect of sending it once (RFC 9110, 9.2.2: all but POST)."""
        return self.method != "POST"

    def on(self, created: str) -> Call:
        """Return the call with the id ``created`` in the place of ``CREATED_ID``."""
        return replace(self, path=self.path.replace(CREATED_ID, quote(created, safe="")))


@dataclass(frozen=True, slots=True)
class Change:
    """The change to one object, with its calls in order.

    ``before`` is the whole live object in normal form as it was read (None: it did not exist): undo restores it.
    ``previous`` is the object's address before a rename. ``after`` lists the changes that must finish before this one
    starts, because they free the number that this one takes. ``purchase`` holds the search criteria for an object that
    is bought; the offer itself is in the fields ``purchase.token`` and so on.
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
        """The token of the offer that is bought; None if nothing is bought, or the offer has no token."""
        return self._offer.get("token") if self.purchase is not None else None

    @property
    def terms(self) -> Fields:
        """The terms of the offer that is bought, such as its price, without the token."""
        return {name: value for name, value in self._offer.items() if name != "token"}

    @property
    def _offer(self) -> dict[str, Json]:
        return {dotted(field.path[1:]): field.after for field in self.fields if field.path[0] == "purchase"}

    @property
    def label(self) -> str:
        """What people call the object."""
        return self.address.labelled(self.name)
