"""A snapshot of an account as it was when it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ringform.model.address import Address
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class Resource:
    """One live object.

    ``fields`` is the provider's normal form, complete for every field that a manifest can manage: that is what is
    compared. ``raw`` is the vendor's own answer, from which a provider carries over what the normal form drops; it is
    never compared. ``overwritten`` is what an apply that is to be undone replaced, as ``Call.overwrites`` had it.
    """

    address: Address
    id: str
    name: str | None
    fields: Fields
    raw: Fields
    overwritten: Fields = field(default_factory=dict)


INVITED = "invited"
"""The state of a person who has not accepted the invitation yet, and so cannot answer calls."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of an account as it was read.

    ``resources`` holds the objects that were read in full, ``unmanaged`` the addresses of others that the account has.
    ``people`` maps ids of people, if they were read, to their ``name``, ``email`` and, for those who cannot answer yet,
    ``state``. ``offers`` holds the vendor's offers for objects that may be bought. ``is_whole`` says whether that is
    all that the account has: an API without a list does not say. ``read_at`` is when reading began, in seconds of the
    process's monotonic clock.
    """

    resources: Mapping[Address, Resource]
    unmanaged: tuple[Address, ...] = ()
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    offers: Mapping[Address, Sequence[Fields]] = field(default_factory=dict)
    is_whole: bool = True
    read_at: float | None = field(default=None, compare=False)
