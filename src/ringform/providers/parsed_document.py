"""A manifest document as its provider read it, once: its problems, and what it wants on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ringform.calendar.agenda import Agenda
from ringform.calendar.dates import DAY
from ringform.calendar.week import ExceptionalDay
from ringform.callflow.routing_test import RoutingTest
from ringform.model.address import Address
from ringform.model.desired import Desired, Reference
from ringform.model.problem import DocumentPath, Problem
from ringform.planning.policy import Policy
from ringform.providers.written_form import WrittenForm


@dataclass(frozen=True, kw_only=True)
class ParsedDocument:
    """What a document says that is the same on every day; a provider with dates has a subclass of its own.

    ``places`` is where each object stands. ``state`` is what it wants on a day without dates, ``people`` are its own
    names for ids, for display. ``dated`` are the objects that have dates, of whatever day; ``is_dated`` says whether
    there are dates or rotations at all, so that another day may want something else. ``account`` is a number that only
    the right account has. ``form`` is how the document is written; ``references`` are all people whom it names and
    whose ids only the account knows, wanted or not.
    """

    problems: Sequence[Problem] = ()
    places: Mapping[Address, DocumentPath] = field(default_factory=dict)
    state: Desired = field(default_factory=lambda: Desired({}))
    people: Mapping[str, str] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    dated: frozenset[Address] = frozenset()
    is_dated: bool = False
    account: Address | None = None
    form: WrittenForm = field(default_factory=WrittenForm)
    references: Sequence[Reference] = ()

    def desired(self, as_of: datetime, *, in_normal_week: bool = False) -> Desired:
        """Return what is wanted at a time; without a zone it is one on each object's own clock.

        In a normal week closures and special hours have no effect, whatever their dates are.
        """
        return self.state

    def exceptional(self, as_of: datetime) -> Mapping[Address, Sequence[ExceptionalDay]]:
        """Return the days of objects' weeks that dates make other than they normally are."""
        return {}

    def tests(self, as_of: datetime) -> Sequence[RoutingTest]:
        """Return the routing tests, with those who are on call at a time."""
        return ()

    def agenda(self, begin: datetime, days: int) -> Agenda:
        """Return what dates and rotations come to from ``begin`` on, for so many days."""
        return Agenda(begin, begin + days * DAY)
