"""A valid manifest: what it says about the accounts of its providers, and where it says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from ringform.calendar.agenda import Agenda, next_change
from ringform.calendar.dates import on_clock
from ringform.callflow.routing_test import RoutingTest
from ringform.manifest.files import DISK, Files
from ringform.manifest.source_map import placed, positions, value_at
from ringform.manifest.suppressions import Suppressions
from ringform.manifest.tree import Map, Node, locate
from ringform.model import values
from ringform.model.address import Address
from ringform.model.desired import Desired, Reference
from ringform.model.diagnostic import Diagnostic, Excerpt, Location
from ringform.model.pin import Pin
from ringform.model.plan import ManifestId
from ringform.model.problem import Problem
from ringform.model.snapshot import Snapshot
from ringform.providers.facets import ResolvesReferences
from ringform.providers.parsed_document import ParsedDocument
from ringform.providers.protocol import Provider

_LOOK_BACK = 14
"""Days for which applies may have been missed: what an account was to be so long ago, it may still be."""
_LOOK_AHEAD = 366
"""Days for which it is looked what dates are still to change."""


@dataclass(frozen=True)
class Part:
    """What the files of one provider say about its account.

    ``ids`` has the ids of references by token, once these are resolved. ``raw`` is what the files say, as it is
    written: before templates are rendered.
    """

    id: ManifestId
    provider: Provider
    document: ParsedDocument = field(repr=False)
    _tree: Map = field(repr=False)
    as_of: datetime
    raw: Map = field(repr=False)
    ids: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def desired(self) -> Desired:
        """What it wants now."""
        return self.desired_as_of(self.as_of)

    @property
    def people(self) -> dict[str, str]:
        """Its names for ids, for display."""
        return {self.ids.get(id_, id_): name for id_, name in self.document.people.items()}

    @property
    def pin(self) -> Pin | None:
        """The account that it is for, if it says so."""
        account = self.document.account
        return Pin(account, locate(self._tree, ("account",))) if account else None

    @property
    def needs_account(self) -> bool:
        """Whether it says anything about its account; a file of nothing but routing tests does not."""
        return bool(self.document.places or self.document.state.exclusive or self.document.account)

    def resolved(self, live: Snapshot) -> tuple[Part, Sequence[Diagnostic]]:
        """Return the part with the ids of everybody whom only the account knows, and who is not there."""
        references = [self._located(each) for each in self.desired.references]
        if not references or not isinstance(self.provider, ResolvesReferences):
            return self, ()
        ids, errors = self.provider.resolve_references(references, live)
        return replace(self, ids=ids), errors

    def _located(self, reference: Reference) -> Reference:
        place = locate(self._tree, reference.place)
        return replace(reference, location=place[0] if place else None)

    def desired_as_of(self, moment: datetime, *, in_normal_week: bool = False) -> Desired:
        """Return what it wants at another time; without a zone it is one on each object's own clock."""
        return self.document.desired(moment, in_normal_week=in_normal_week).with_ids(self.ids)

    def tests(self, moment: datetime | None = None) -> list[RoutingTest]:
        """Return what it claims about calls, with those who are on call at a time, None: now."""
        return [self._with_ids(test) for test in self.document.tests(moment or self.as_of)]

    def _with_ids(self, test: RoutingTest) -> RoutingTest:
        rings = test.expect.rings
        if not rings or not self.ids:
            return test
        resolved = {people: frozenset(self.ids.get(each, each) for each in people) for people in set(rings.values())}
        named = {address: resolved[people] for address, people in rings.items()}
        return replace(test, expect=replace(test.expect, rings=named))

    def earlier(self) -> list[Desired]:
        """Return everything that it wanted in the last two weeks because of its dates, the latest last."""
        if not self.document.is_dated:
            return []
        begin = self.as_of - timedelta(days=_LOOK_BACK)
        agenda = self.document.agenda(begin, _LOOK_BACK + 1)
        moments = dict.fromkeys(each.at for each in agenda.changes)
        past = [moment for moment in moments if moment <= on_clock(self.as_of, moment.tzinfo or UTC)]
        return [self.desired_as_of(moment) for moment in (begin, *past)]

    @cached_property
    def ahead(self) -> Agenda:
        """What its dates change within a year."""
        if not self.document.is_dated:
            return Agenda(self.as_of, self.as_of)
        return self.document.agenda(self.as_of, _LOOK_AHEAD)

    def valid_until(self, addresses: Collection[Address]) -> datetime | None:
        """Return when its dates next ask for something else of one of these objects; None: not within a year."""
        return next_change(self.ahead, addresses, self.as_of)

    def locate(self, address: Address, path: values.FieldPath = ()) -> Location | None:
        """Return where the manifest sets a field of an object; an empty path means the object's own key.

        A field that the object takes from ``defaults`` is found there.
        """
        place = self.place(address, path, key=True)
        return place[0] if place else None

    def place(self, address: Address, path: values.FieldPath, *, key: bool = False) -> tuple[Location, Excerpt] | None:
        """Return the same place with its line, ready for ``Diagnostic.at``: of a text its value, unless ``key``."""
        place = self.document.places.get(address)
        if place is None:
            return None
        entry = value_at(self._tree, place)
        # What is managed entry by entry can stand partly in the object and partly in the defaults.
        top = path[: 2 if path and path[0] in self.provider.kinds[address.kind].mappings else 1]
        if path and not _leads_on(entry, top) and _leads_on(self._tree.get("defaults"), top):
            place = ("defaults",)
        return locate(self._tree, positions(self._tree, (*place, *path)), key=key)

    def placed(self, problem: Problem) -> Diagnostic:
        """Return the diagnostic of a problem of its document, with its place."""
        return placed(problem, self._tree)

    def locate_test(self, index: int) -> Location | None:
        """Return where a routing test stands."""
        place = locate(self._tree, ("tests", index, "name"), key=True)
        return place[0] if place else None


def _leads_on(node: Node, path: values.FieldPath) -> bool:
    """Whether every name of a path is there."""
    for name in path:
        if not isinstance(node, Map) or name not in node:
            return False
        node = node[name]
    return True


@dataclass(frozen=True, slots=True)
class Reading:
    """The files of a manifest as they were read, what their templates and dates are read with, and from where."""

    trees: tuple[Map, ...]
    var_files: tuple[Path, ...]
    assignments: tuple[str, ...]
    as_of: datetime
    files: Files = DISK


@dataclass(frozen=True, slots=True)
class Manifest:
    """A valid manifest: a part for each provider that its files name.

    ``diagnostics`` holds its warnings, ``suppressions`` which of a plan are not to be shown. ``reading`` is how it was
    read.
    """

    id: ManifestId
    parts: tuple[Part, ...]
    diagnostics: tuple[Diagnostic, ...]
    reading: Reading = field(repr=False)
    suppressions: Suppressions = field(default=Suppressions(), repr=False)

    @property
    def objects(self) -> int:
        """How many objects it manages."""
        return sum(len(part.desired.wanted) for part in self.parts)

    @property
    def with_accounts(self) -> list[Part]:
        """The parts whose accounts are read: those that say something about one; if none does, all parts."""
        return [part for part in self.parts if part.needs_account] or list(self.parts)

    def select(self, targets: Collection[Address]) -> list[tuple[Part, list[Address]]]:
        """Return the parts that ``targets`` are in, each with its own targets; without targets, ``with_accounts``.

        A target of a kind that no part knows goes to the first one, which will say so.
        """
        if not targets:
            return [(part, []) for part in self.with_accounts]
        selected: dict[int, list[Address]] = {}
        for target in targets:
            part = self.part_of(target) or self.parts[0]
            selected.setdefault(self.parts.index(part), []).append(target)
        return [(self.parts[number], its_targets) for number, its_targets in sorted(selected.items())]

    def part_of(self, address: Address) -> Part | None:
        """Return the part of the provider that has objects of the address's kind."""
        return next((part for part in self.parts if address.kind in part.provider.kinds), None)
