"""The desired state: what a manifest wants of the objects that it names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from ringform.model.address import Address
from ringform.model.diagnostic import Location
from ringform.model.values import Fields, Json


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

    ``exclusive`` names the kinds of which every unlisted object is unwanted (``unlisted_contacts: delete``). The fields
    hold the tokens of ``references`` in the place of ids.
    """

    wanted: Mapping[Address, Wanted]
    exclusive: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()

    def with_ids(self, ids: Mapping[str, str]) -> Desired:
        """Return this state with ids in the place of tokens."""
        if not ids:
            return self
        wanted = {
            address: replace(each, fields={name: _with_ids(value, ids) for name, value in each.fields.items()})
            for address, each in self.wanted.items()
        }
        return replace(self, wanted=wanted)


def _with_ids(value: Json, ids: Mapping[str, str]) -> Json:
    """A value in normal form with ids for tokens. These stand only in lists whose order does not count."""
    if isinstance(value, Mapping):
        return {key: _with_ids(inner, ids) for key, inner in value.items()}
    if isinstance(value, list) and any(each in ids for each in value if isinstance(each, str)):
        return sorted({ids.get(str(each), str(each)) for each in value})
    return value


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
