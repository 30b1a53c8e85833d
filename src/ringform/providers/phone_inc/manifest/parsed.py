"""A parsed Phone.inc manifest: what it wants on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ringform.calendar.agenda import Agenda
from ringform.calendar.forecast import forecast
from ringform.calendar.number_calendar import NumberCalendar
from ringform.calendar.week import ExceptionalDay
from ringform.callflow.routing_test import RoutingTest
from ringform.model.address import Address
from ringform.model.desired import Desired, Reference, Wanted
from ringform.model.values import Fields, Json
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.phone_inc.manifest.books import Books
from ringform.providers.phone_inc.manifest.employee_book import EmployeeBook
from ringform.providers.phone_inc.manifest.routing_tests import Claim
from ringform.providers.phone_inc.resources import main_number
from ringform.providers.phone_inc.resources.main_number import MainNumber
from ringform.providers.shared.calendar.advice import HOURS


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """A main number: its own entry, without the defaults, and what depends on the day."""

    model: MainNumber
    calendar: NumberCalendar


@dataclass(frozen=True, kw_only=True)
class PhoneIncDocument(ParsedDocument):
    """``state`` has the normal week of each number, and everybody of a rotation."""

    books: Books
    defaults: MainNumber | None
    numbers: Mapping[Address, NumberEntry]
    claims: Sequence[Claim]

    def desired(self, as_of: datetime, *, in_normal_week: bool = False) -> Desired:
        """See ``ParsedDocument.desired``."""
        if not self.is_dated:
            return self.state
        wanted = dict(self.state.wanted)
        above: dict[str, Fields] = {}
        for address, number in self.numbers.items():
            calendar = number.calendar
            fields = wanted[address].fields
            if calendar.rotations:
                book = self.books.on(calendar.zone, as_of)
                if calendar.zone not in above:
                    above[calendar.zone] = main_number.managed(self.defaults, book)
                fields = main_number.merged(main_number.managed(number.model, book), above[calendar.zone])
            week, days = calendar.week_as_of(as_of, HOURS)
            if days and not in_normal_week:
                fields = {**fields, HOURS: week}
            wanted[address] = replace(wanted[address], fields=fields)
        return replace(self.state, wanted=wanted)

    def exceptional(self, as_of: datetime) -> Mapping[Address, Sequence[ExceptionalDay]]:
        """See ``ParsedDocument.exceptional``."""
        exceptional_days = (
            (address, each.calendar.week_as_of(as_of, HOURS)[1]) for address, each in self.numbers.items()
        )
        return {address: days for address, days in exceptional_days if days}

    def tests(self, as_of: datetime) -> Sequence[RoutingTest]:
        """See ``ParsedDocument.tests``."""
        zones = {address: each.calendar.zone for address, each in self.numbers.items()}
        return [each.among(lambda address: self.books.on(zones[address], as_of)) for each in self.claims]

    def agenda(self, begin: datetime, days: int) -> Agenda:
        """See ``ParsedDocument.agenda``."""
        return forecast({address: each.calendar for address, each in self.numbers.items()}, begin, days)


def used_references(book: EmployeeBook, wanted: Iterable[Wanted], claims: Iterable[Claim]) -> tuple[Reference, ...]:
    """Return the people to look up: all who ring, or should by a test, or are in a rotation that does."""
    used = {
        *(token for each in wanted for token in _texts_in_lists(each.fields.values())),
        *(token for claim in claims for token in claim.everybody),
        *(token for name in book.rotating for token in book.groups.get(name, ())),
    }
    return tuple(each for each in book.references if each.token in used)


def _texts_in_lists(values: Iterable[Json]) -> Iterator[str]:
    """Yield every element of a list of plain values, at any depth of mappings."""
    for value in values:
        if isinstance(value, Mapping):
            yield from _texts_in_lists(value.values())
        elif isinstance(value, list):
            yield from map(str, value)
