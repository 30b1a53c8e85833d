"""A manifest document as its provider read it, once: what is wrong with it, and what it wants on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ringform.calendar.agenda import Agenda
from ringform.calendar.dates import DAY
from ringform.model.address import Address
from ringform.model.desired import Desired
from ringform.model.problem import DocumentPath, Problem


@dataclass(frozen=True, kw_only=True)
class ParsedDocument:
    """What a document says that wants the same on every day; a provider with dates has a subclass of its own.

    ``places`` is where each object stands.
    """

    problems: Sequence[Problem] = ()
    places: Mapping[Address, DocumentPath] = field(default_factory=dict)
    state: Desired = field(default_factory=lambda: Desired({}))

    def desired(self, as_of: datetime) -> Desired:
        """Return what is wanted at a time; without a zone it is one on each object's own clock."""
        return self.state

    def agenda(self, begin: datetime, days: int) -> Agenda:
        """Return what dates and rotations come to from ``begin`` on, for so many days."""
        return Agenda(begin, begin + days * DAY)
