"""The numbers of a manifest, or of a plan, that callers can call, of all its providers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ringform.calendar.week import ExceptionalDay
from ringform.callflow.answering import Answering, answering
from ringform.callflow.effects import goal
from ringform.manifest.manifest import Manifest
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.kind import vendors_by_kind
from ringform.model.number_lookup import UnknownNumberError, find_number, find_objects
from ringform.model.plan import Plan
from ringform.model.values import Fields
from ringform.operations.accounts import providers_of
from ringform.providers.protocol import Provider


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its fields, in normal form, and names for the people who may ring.

    ``exceptional`` are the days of its week that are not as they normally are, because of a date.
    """

    provider: Provider
    address: Address
    fields: Fields
    people: Mapping[str, str]
    exceptional: Sequence[ExceptionalDay] = ()

    def exception(self, day: int) -> ExceptionalDay | None:
        """What makes a day of the week, 0 for Monday, other than it normally is."""
        return next((each for each in self.exceptional if each.on.weekday() == day), None)

    @property
    def name(self) -> str | None:
        """What people call it."""
        return self.provider.kinds[self.address.kind].name_of(self.fields)

    @property
    def label(self) -> str:
        """Its name and number, for the head of a report."""
        return self.address.labelled(self.name)

    @property
    def answering(self) -> Answering:
        """Return how it answers, as far as its fields say."""
        return answering(self.provider, self.address, self.fields)


def numbers(manifest: Manifest) -> Iterator[Number]:
    """Yield every number that can be called, in the manifest's order; some do not say how they answer."""
    for part in manifest.parts:
        exceptional, people = part.document.exceptional(part.as_of), part.people
        for address, wanted in part.desired.wanted.items():
            if part.provider.kinds[address.kind].is_number:
                yield Number(part.provider, address, wanted.fields, people, exceptional.get(address, ()))


def numbers_in_plan(plan: Plan, *, before: bool) -> Iterator[Number]:
    """Yield every number that a plan changes, as it leaves it or as it was before."""
    by_kind = vendors_by_kind(providers_of(plan))
    for change in plan.changes:
        provider = by_kind.get(change.address.kind)
        if provider and provider.kinds[change.address.kind].traced and change.before is not None:
            fields = change.before if before else goal(change)
            yield Number(provider, change.address, fields, plan.people)


def number_called(known: Iterable[Number], to: str, *, where: str) -> Number:
    """Return the number that ``to`` is, or is the name of; ``where`` says in messages what has these numbers.

    Raises:
        RingformError: There is no such number, or there are several of that name.
    """
    by_address = {number.address: number for number in known}
    return by_address[address_called(to, {address: number.name for address, number in by_address.items()}, where)]


def address_called(to: str, names: Mapping[Address, str | None], where: str) -> Address:
    """Return the address of the number that ``to`` is, or names; ``names`` has those to choose from."""
    with _as_error():
        return find_number(to, names, where=where)


def addresses_called(to: str, names: Mapping[Address, str | None], where: str) -> list[Address]:
    """Return the addresses of the numbers that ``to`` means, by a pattern several. See ``address_called``."""
    with _as_error():
        return find_objects(to, names, where=where)


@contextmanager
def _as_error() -> Iterator[None]:
    try:
        yield
    except UnknownNumberError as error:
        raise RingformError(Diagnostic("unknown-number", str(error), hint=error.hint)) from None
