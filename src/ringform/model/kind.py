"""The kinds of objects that vendors have, and the fields of each, as tables of data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from ringform.model.values import Fields, Json


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of an object in normal form.

    A ``name`` with a dot is an entry of a mapping, each entry of which a manifest manages by itself. ``is_routing``
    fields decide who answers: ``protect: true`` protects them. A field that is not ``is_clearable`` cannot be cleared
    once it has a value: undo leaves it. The ``is_traced`` fields decide what a caller meets. ``id_key`` is the key, at
    any depth in the field, whose values are ids of people or things: reports show their names. ``default`` is the value
    in an object that does not exist yet.
    """

    name: str
    is_routing: bool = False
    is_clearable: bool = True
    is_traced: bool = False
    id_key: str | None = None
    default: Json = None


@dataclass(frozen=True)
class Kind:
    """One kind of object. Its ``name`` stands before the colon of an address.

    ``fields`` are all that a manifest can manage, in the order of reports; ``name_field`` is the one that holds the
    object's name. Objects of an ``is_creatable`` kind can be created and deleted; ``is_number`` says that the objects
    are phone numbers, which people call.
    """

    name: str
    fields: tuple[FieldSpec, ...]
    name_field: str
    is_creatable: bool = False
    is_number: bool = True

    @property
    def noun(self) -> str:
        """The word for one such object in sentences."""
        return self.name.replace("_", " ")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def defaults(self) -> Fields:
        """The fields of an object that does not exist yet."""
        return {field.name: field.default for field in self.fields}

    @cached_property
    def routing(self) -> frozenset[str]:
        """The fields that decide who answers."""
        return frozenset(field.name for field in self.fields if field.is_routing)

    @cached_property
    def traced(self) -> tuple[str, ...]:
        """The fields that decide what a caller meets, those that decide who answers first.

        There are none where the vendor does not document what happens to a call.
        """
        traced = sorted((field for field in self.fields if field.is_traced), key=lambda field: not field.is_routing)
        return tuple(field.name for field in traced)

    @cached_property
    def not_clearable(self) -> frozenset[str]:
        """The fields that cannot be cleared once they have a value."""
        return frozenset(field.name for field in self.fields if not field.is_clearable)

    @cached_property
    def id_keys(self) -> frozenset[str]:
        """The keys, at any depth, whose values are ids of people or things."""
        return frozenset(field.id_key for field in self.fields if field.id_key)

    @cached_property
    def mappings(self) -> frozenset[str]:
        """The mappings whose entries a manifest manages one by one; ``flat`` takes them apart."""
        return frozenset(field.name.partition(".")[0] for field in self.fields if "." in field.name)

    def name_of(self, fields: Fields) -> str | None:
        """Return the name of an object, from its fields in normal form; None if it has none."""
        name = fields.get(self.name_field)
        return name if isinstance(name, str) else None

    def flat(self, written: Fields) -> dict[str, Json]:
        """Return the normal form of fields as a manifest and the API write them: ``mappings`` are taken apart."""
        form: dict[str, Json] = {}
        for name, value in written.items():
            if name in self.mappings and isinstance(value, Mapping):
                form.update({f"{name}.{key}": inner for key, inner in value.items()})
            else:
                form[name] = value
        return form

    def nested(self, form: Fields) -> dict[str, Json]:
        """Return fields in normal form as a manifest and the API write them: the inverse of ``flat``."""
        written: dict[str, Json] = {}
        inner: dict[str, dict[str, Json]] = {}
        for name, value in form.items():
            outer, _, key = name.partition(".")
            if key and outer in self.mappings:
                written[outer] = inner.setdefault(outer, {})
                inner[outer][key] = value
            else:
                written[name] = value
        return written


def by_name(*kinds: Kind) -> dict[str, Kind]:
    """Return kinds by their names, in order."""
    return {kind.name: kind for kind in kinds}


class HasKinds(Protocol):
    """A vendor with its kinds of objects."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind of object that it has, by its name."""


AnyVendor = TypeVar("AnyVendor", bound=HasKinds)


def vendors_by_kind(vendors: Iterable[AnyVendor]) -> dict[str, AnyVendor]:
    """Return the vendor that has each kind of object, by the kind's name."""
    return {kind: vendor for vendor in vendors for kind in vendor.kinds}


def traced_kinds(vendor: HasKinds) -> frozenset[str]:
    """Return the kinds for which the vendor documents what happens to a call."""
    return frozenset(name for name, kind in vendor.kinds.items() if kind.traced)
