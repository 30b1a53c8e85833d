"""The desired state: the fields that a manifest sets on the objects that it names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from ringform.model.address import Address
from ringform.model.diagnostic import Location
from ringform.model.left_alone import IgnoreRule
from ringform.model.values import Fields, Json


@dataclass(frozen=True, slots=True)
class Wanted:
    """The desired state of one object.

    ``fields`` holds only the managed fields, in the provider's normal form: a field that is absent stays as it is,
    None clears it. ``absent`` asks for the object to be gone. ``was`` is the address under which the same object may
    still live: it is then renamed rather than created. ``purchase`` holds the criteria for buying it if the account
    lacks it. ``ignore`` says which of the fields are left as they are in the account, and until when.
    """

    address: Address
    fields: Fields
    absent: bool = False
    was: Address | None = None
    purchase: Fields | None = None
    ignore: tuple[IgnoreRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A person or thing whose id only the account knows, such as a person given by e-mail.

    ``token`` stands for the id in the wanted fields until it is looked up; ``by`` is the field of the account's
    object that must equal ``value``; ``label`` is the manifest's name for it, which stands at ``place`` in the document
    and at ``location`` in a file.
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
        """Return this state with the tokens of ``ids`` replaced by ids."""
        if not ids:
            return self
        wanted = {
            address: replace(wanted, fields={name: _with_ids(value, ids) for name, value in wanted.fields.items()})
            for address, wanted in self.wanted.items()
        }
        return replace(self, wanted=wanted)


def _with_ids(value: Json, ids: Mapping[str, str]) -> Json:
    """Return a value in normal form with ids for tokens. Tokens occur only in lists whose order does not matter."""
    if isinstance(value, Mapping):
        return {key: _with_ids(inner, ids) for key, inner in value.items()}
    if isinstance(value, list) and any(each in ids for each in value if isinstance(each, str)):
        return sorted({ids.get(str(each), str(each)) for each in value})
    return value


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of an account that must be read.

    ``addresses`` are the objects to read in full (None: all of them), ``kinds`` the only kinds to read. ``people`` says
    whether to read the account's people. ``purchases`` maps objects that may be bought, if the account lacks them, to
    the criteria to search the vendor's offers by.
    """

    addresses: frozenset[Address] | None
    kinds: frozenset[str]
    people: bool = False
    purchases: Mapping[Address, Fields] = field(default_factory=dict)

    @classmethod
    def of(cls, desired: Desired) -> Scope:
        """Return the smallest scope that allows comparing a desired state with its account."""
        return cls(
            addresses=frozenset(desired.wanted),
            kinds=frozenset(address.kind for address in desired.wanted) | desired.exclusive,
            people=bool(desired.references),
            purchases={
                address: wanted.purchase for address, wanted in desired.wanted.items() if wanted.purchase is not None
            },
        )

    def limited_to(self, kinds: Collection[str]) -> Scope:
        """Return the part of the scope that is about these kinds of objects, such as those of one provider."""
        addresses = self.addresses and frozenset(address for address in self.addresses if address.kind in kinds)
        return replace(self, addresses=addresses, kinds=self.kinds & frozenset(kinds))

    def covers(self, address: Address) -> bool:
        """Return whether this object must be read in full."""
        return self.addresses is None or address in self.addresses
