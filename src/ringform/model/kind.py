"""Kinds of objects that vendors have: the fields of each, and what is to be known of a field, as tables of data."""

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
    once it has a value: undo leaves it. Without the ``is_traced`` fields it cannot be said what a caller meets.
    ``id_key`` is the key, at any depth in the field, whose values are ids of people or things: reports show them by
    name. ``default`` is what an object that does not exist yet has there.
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

    ``fields`` are all that a manifest can manage, in the order of reports; ``name_field`` is the one with what people
    call the object. Objects of an ``is_creatable`` kind can be created and deleted; ``is_number`` says that the objects
    are phone numbers, which people call.
    """

    name: str
    fields: tuple[FieldSpec, ...]
    name_field: str
    is_creatable: bool = False
    is_number: bool = True

    @property
    def noun(self) -> str:
        """What one such object is called in sentences."""
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
        """The mappings of which a manifest manages each entry by itself; in normal form they are taken apart."""
        return frozenset(field.name.partition(".")[0] for field in self.fields if "." in field.name)

    def name_of(self, fields: Fields) -> str | None:
        """What people call an object, from its fields in normal form; None where they do not say."""
        name = fields.get(self.name_field)
        return name if isinstance(name, str) else None

    def flat(self, written: Fields) -> dict[str, Json]:
        """Fields as they are written in a manifest and by the API, in normal form: ``mappings`` are taken apart."""
        form: dict[str, Json] = {}
        for name, value in written.items():
            if name in self.mappings and isinstance(value, Mapping):
                form.update({f"{name}.{key}": inner for key, inner in value.items()})
            else:
                form[name] = value
        return form

    def nested(self, form: Fields) -> dict[str, Json]:
        """Fields in normal form as they are written, in a manifest and to the API: ``flat`` undone."""
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
    """Kinds by their names, in order."""
    return {kind.name: kind for kind in kinds}


class HasKinds(Protocol):
    """A vendor, as far as its objects matter."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind of object that it has, by its name."""


AnyVendor = TypeVar("AnyVendor", bound=HasKinds)


def vendors_by_kind(vendors: Iterable[AnyVendor]) -> dict[str, AnyVendor]:
    """Return the vendor that has each kind of object, by the kind's name."""
    return {kind: vendor for vendor in vendors for kind in vendor.kinds}


def traced_kinds(vendor: HasKinds) -> frozenset[str]:
    """Return the kinds of a vendor of which it is documented what happens to a call."""
    return frozenset(name for name, kind in vendor.kinds.items() if kind.traced)
