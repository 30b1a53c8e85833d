"""The numbers of a manifest that callers can call, of all its providers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ringform.callflow.answering import Answering, answering
from ringform.core.address import Address
from ringform.core.calling import NoSuchNumber, called
from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.core.values import Fields
from ringform.manifest.manifest import Manifest, Part
from ringform.providers.base import Provider


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a manifest, with what the manifest says of it, in normal form."""

    part: Part
    address: Address
    fields: Fields

    @property
    def provider(self) -> Provider:
        """Whose number it is."""
        return self.part.provider

    @property
    def name(self) -> str | None:
        """What people call it."""
        return self.provider.name_of(self.address, self.fields)

    @property
    def label(self) -> str:
        """Its name and number, for the head of a report."""
        return f"{self.name} ({self.address.key})" if self.name else self.address.key

    @property
    def answering(self) -> Answering:
        """How it answers, as far as the manifest says."""
        return answering(self.provider, self.address, self.fields)


def numbers(manifest: Manifest) -> Iterator[Number]:
    """Every number that can be called, in the manifest's order; not of all can it be said how they answer."""
    for part in manifest.parts:
        # A vendor that does not document calls has numbers all the same, and nothing but numbers.
        kinds = part.provider.answering or part.provider.kinds
        for address, wanted in part.desired.wanted.items():
            if address.kind in kinds:
                yield Number(part, address, wanted.fields)


def number_called(manifest: Manifest, to: str) -> Number:
    """The number that is meant, by itself or by its name in the manifest.

    Raises:
        RingformError: The manifest has no such number, or several of that name.
    """
    known = {number.address: number for number in numbers(manifest)}
    try:
        return known[called(to, {address: number.name for address, number in known.items()})]
    except NoSuchNumber as error:
        raise RingformError(Diagnostic("unknown-number", str(error), hint=error.hint)) from None
