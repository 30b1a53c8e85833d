"""A snapshot: what an account held when it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ringform.model.address import Address
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class Resource:
    """One live object.

    ``fields`` is the provider's normal form, complete for every field that a manifest can manage: that is what is
    compared. ``raw`` is the vendor's own answer, which a provider needs to carry over what the normal form drops;
    it never takes part in a comparison.
    """

    address: Address
    id: str
    name: str | None
    fields: Fields
    raw: Fields


INVITED = "invited"
"""The state of somebody who has been invited and has not accepted: no call can be answered by them yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read of an account.

    ``resources`` holds the objects that were read in full. ``unmanaged`` are the ones that the account is known to
    have and nothing was asked about. ``people`` maps ids of people to what the account says of them (``name``,
    ``email``, and the ``state`` of those who cannot answer yet), where these were read: references are looked up in it,
    and ids shown by name. ``offers`` holds what the vendor sells for the objects that were looked for there.
    ``is_whole`` says whether that is all that the account has: an API without a list tells of nothing else.
    ``read_at`` is when the reading began, in seconds of the process's monotonic clock.
    """

    resources: Mapping[Address, Resource]
    unmanaged: tuple[Address, ...] = ()
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    offers: Mapping[Address, Sequence[Fields]] = field(default_factory=dict)
    is_whole: bool = True
    read_at: float | None = field(default=None, compare=False)
