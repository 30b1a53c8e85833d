"""The desired state: what a manifest says about the objects that it names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ringform.calendar.week import Exceptional
from ringform.callflow.types import RoutingTest
from ringform.model.address import Address
from ringform.model.diagnostic import Location
from ringform.model.guardrail import Limit
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a manifest wants of one object.

    ``fields`` holds only the managed fields, in the provider's normal form: a field that is absent stays as it is,
    None clears it. ``absent`` asks for the object to be gone. ``was`` is the address under which the same object may
    still live: it is then renamed rather than created. ``purchase`` says how to look for it among what the vendor
    sells, if the account lacks it and it may be bought.
    """

    address: Address
    fields: Fields
    absent: bool = False
    was: Address | None = None
    purchase: Fields | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody or something whose id only the account knows, such as a person given by e-mail.

    ``token`` stands for the id in the wanted fields until it is looked up; ``by`` is the field of the account's
    object that must equal ``value``; ``label`` is what the manifest calls it. ``place`` is where it does so in the
    document, and ``location`` where that is in a file.
    """

    token: str
    label: str
    by: str
    value: str
    place: tuple[str | int, ...] = ()
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Desired:
    """The desired state of one provider's account.

    ``exclusive`` names the kinds of which every unlisted object is unwanted (``unlisted_contacts: delete``).
    ``people`` maps ids to the manifest's own names for them, for display (``core.people``), and ``groups`` the
    manifest's names for several people. While ``references`` is not empty, some wanted fields hold tokens in place of
    ids. ``protected`` are the objects that change only with permission; ``limits`` are the guardrails' limits that the
    manifest sets, ``tests`` its claims about calls. ``exceptional`` are the days of objects' weeks that are not as they
    normally are, because of a date: the wanted fields have them. ``dated`` are the objects that have dates, of whatever
    day. ``is_dated`` says whether there are dates or rotations at all, so that another day may want something else.
    """

    wanted: Mapping[Address, Wanted]
    exclusive: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    protected: frozenset[Address] = frozenset()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    tests: tuple[RoutingTest, ...] = ()
    exceptional: Mapping[Address, tuple[Exceptional, ...]] = field(default_factory=dict)
    dated: frozenset[Address] = frozenset()
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of an account must be read.

    ``addresses`` are the objects to read in full, or None for every one. ``kinds`` are the kinds that matter at all:
    nothing is asked about any other. ``people`` says whether people must be read. ``purchases`` are the objects
    that are looked for among what the vendor sells if the account lacks them, each with what to look for.
    """

    addresses: frozenset[Address] | None
    kinds: frozenset[str]
    people: bool = False
    purchases: Mapping[Address, Fields] = field(default_factory=dict)

    @classmethod
    def of(cls, desired: Desired) -> Scope:
        """The least that must be read to compare a desired state with its account."""
        return cls(
            addresses=frozenset(desired.wanted),
            kinds=frozenset(address.kind for address in desired.wanted) | desired.exclusive,
            people=bool(desired.references),
            purchases={
                address: wanted.purchase for address, wanted in desired.wanted.items() if wanted.purchase is not None
            },
        )

    def limited_to(self, kinds: Collection[str]) -> Scope:
        """What of it one provider has to read: the kinds that it has."""
        addresses = self.addresses and frozenset(address for address in self.addresses if address.kind in kinds)
        return replace(self, addresses=addresses, kinds=self.kinds & frozenset(kinds))

    def covers(self, address: Address) -> bool:
        """Whether this object must be read in full."""
        return self.addresses is None or address in self.addresses
