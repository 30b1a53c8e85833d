"""Where an account differs from a manifest, and the edits that would bring the manifest up to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ringform.manifest.edit.edits import Data, Edit, EditPath, NoSuchPlaceError, Put, Remove, at, edited, raw
from ringform.manifest.manifest import Part
from ringform.manifest.pull.written import Step, Writer
from ringform.manifest.tree import Map
from ringform.model.address import Address
from ringform.model.change import Action, FieldChange
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import Location
from ringform.model.problem import DocumentPath
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import FieldPath, Json, dotted
from ringform.planning.compare import field_changes
from ringform.planning.ignoring import without_ignored
from ringform.planning.pairing import Pair, pair
from ringform.providers.facets import ResolvesReferences

PENDING = "an apply is still to change this number (was:)"


@dataclass(frozen=True)
class Proposal:
    """A difference, and the edits of one file that take it away; or why there are none.

    The fields lead from what the manifest wants to what the account has.
    """

    provider: str
    address: Address
    name: str | None
    action: Action
    fields: tuple[FieldChange, ...]
    file: str = ""
    edits: tuple[Edit, ...] = ()
    obstacle: str | None = None
    source: Location | None = None

    @property
    def path(self) -> FieldPath:
        """The field that differs; empty where it is the whole object."""
        return self.fields[0].path if len(self.fields) == 1 and self.action is Action.UPDATE else ()


def propose(
    part: Part, live: Snapshot, *, only: Collection[Address] = (), add_unmanaged: bool = False
) -> list[Proposal]:
    """Return every difference between a part of a manifest and its account, in the manifest's order.

    With ``only``, just those of these objects. With ``add_unmanaged``, objects that the manifest lacks are added.
    """
    return list(_Proposing(part, live, frozenset(only)).run(add_unmanaged=add_unmanaged))


class _Proposing:
    def __init__(self, part: Part, live: Snapshot, only: frozenset[Address]) -> None:
        self.part, _ = part.resolved(live)
        self.live = live
        self.only = only
        self.desired = without_ignored(self.part.desired, live, part.as_of)
        self.writer = Writer(part.document.form, self._tokens())
        self.vanished = _vanished_kinds(self.desired, live)

    def run(self, *, add_unmanaged: bool) -> Iterator[Proposal]:
        pairs, _ = pair(self.desired, self.live)
        seen = {each.live.address for each in pairs if each.live}
        for each in pairs:
            if not self.only or each.address in self.only:
                yield from self._pair(each)
        for address, resource in self.live.resources.items() if add_unmanaged else ():
            if address not in seen and address not in self.desired.wanted and (not self.only or address in self.only):
                yield self._added(resource)

    def _pair(self, each: Pair) -> Iterator[Proposal]:
        if each.live is None:
            assert each.wanted is not None
            yield self._gone(each.wanted, is_waiting=bool(each.after))
        elif each.wanted is None:
            is_absent = each.address in self.desired.wanted
            yield self._there_again(each.live) if is_absent else self._added(each.live)
        elif each.live.address != each.address:
            change = FieldChange((), each.live.address.key, each.address.key)
            yield self._proposal(each.address, each.live.name, Action.UPDATE, (change,), obstacle=PENDING)
        else:
            yield from self._fields(each.wanted, each.live)

    def _tokens(self) -> dict[str, str]:
        """Return what stands in the manifest's own names for the ids of people whom only the account knows."""
        if not isinstance(self.part.provider, ResolvesReferences):
            return {}
        ids, _ = self.part.provider.resolve_references(self.part.document.references, self.live)
        return {id_: token for token, id_ in ids.items()}

    # Whole objects

    def _gone(self, wanted: Wanted, *, is_waiting: bool) -> Proposal:
        kind = self.part.provider.kinds[wanted.address.kind]
        obstacle = None
        if wanted.purchase is not None:
            obstacle = "an apply is still to buy this number"
        elif is_waiting or wanted.was in self.live.resources:
            obstacle = PENDING
        elif wanted.address.kind in self.vanished:
            obstacle = f"the account has no {kind.noun} of this manifest: it may be another account"
        fields = field_changes(wanted.fields, dict.fromkeys(wanted.fields))
        place = self.part.document.places[wanted.address]
        return self._proposal(
            wanted.address, kind.name_of(wanted.fields), Action.DELETE, fields, (Remove(place),), obstacle
        )

    def _there_again(self, live: Resource) -> Proposal:
        place = self.part.document.places[live.address]
        fields = field_changes({}, live.fields)
        return self._proposal(live.address, live.name, Action.UPDATE, fields, (Put(place, self._entry(live)),))

    def _added(self, live: Resource) -> Proposal:
        section = self.part.document.form.sections.get(live.address.kind)
        fields = field_changes(dict.fromkeys(live.fields), live.fields)
        if section is None:
            reason = "nothing is known of where its provider's manifests list such objects"
            return self._proposal(live.address, live.name, Action.CREATE, fields, obstacle=reason)
        edit = Put((section, live.address.key), self._entry(live))
        return self._proposal(live.address, live.name, Action.CREATE, fields, (edit,), file=self._file_for(section))

    def _entry(self, live: Resource) -> Data:
        kind = self.part.provider.kinds[live.address.kind]
        given = self._defaults if kind.is_number else {}
        fields = {
            name: value
            for name, value in live.fields.items()
            if (value is not None if name not in given else given[name] != [value])
        }
        entry: dict[str, Data] = {}
        for name, value in self.writer.entry(fields).items():
            outer, _, key = name.partition(".")
            if key and outer in kind.mappings:
                inner = entry.setdefault(outer, {})
                assert isinstance(inner, dict)
                inner[key] = value
            else:
                entry[name] = value
        return entry

    @cached_property
    def _defaults(self) -> Mapping[str, list[Json]]:
        """The values that the defaults come to, where a number takes them from there; else nothing is known of them."""
        defaults = self.part.raw.get("defaults")
        found: dict[str, list[Json]] = {}
        for name in defaults if isinstance(defaults, Map) else ():
            found[name] = []
            for address, wanted in self.desired.wanted.items():
                entry = self._raw(self.part.document.places[address])
                if name in wanted.fields and not (isinstance(entry, Map) and name in entry):
                    found[name] = [wanted.fields[name]]
                    break
        return found

    # Fields

    def _fields(self, wanted: Wanted, live: Resource) -> Iterator[Proposal]:
        kind = self.part.provider.kinds[wanted.address.kind]
        after = {name: live.fields.get(name) for name in wanted.fields}
        tops: dict[FieldPath, list[FieldChange]] = {}
        for change in field_changes(wanted.fields, after):
            depth = 2 if change.path[0] in kind.mappings else 1
            tops.setdefault(change.path[:depth], []).append(change)
        order = list(kind.names)
        for top, changes in tops.items():
            name = dotted(top)
            above = order[: order.index(name)] if name in order else order
            before = tuple(each.rpartition(".")[2] for each in reversed(above))
            yield from self._field(wanted.address, live, top, changes, before)

    def _field(
        self, address: Address, live: Resource, top: FieldPath, changes: list[FieldChange], order: tuple[str, ...]
    ) -> Iterator[Proposal]:
        place = self.part.document.places[address]
        entry = self._raw(place)
        own = _lookup(entry, top)
        is_own = own is not _MISSING
        written = own if is_own else _lookup(self.part.raw.get("defaults"), top)
        base: Data = None if isinstance(written, _Missing) else written
        steps = list(self._steps(address, live, top, changes, base))
        for step in steps:
            if step.obstacle is not None:
                yield self._proposal(address, live.name, Action.UPDATE, (step.change,), obstacle=step.obstacle)
            elif is_own:
                edits = tuple(_below((*place, *top), edit, order) for edit in step.edits)
                yield self._proposal(address, live.name, Action.UPDATE, (step.change,), edits)
        good = [step for step in steps if step.obstacle is None]
        if is_own or not good:
            return
        value = raw(base)
        for edit in (edit for step in good for edit in step.edits):
            value = edited(value, edit)
        changed = tuple(step.change for step in good)
        yield self._proposal(address, live.name, Action.UPDATE, changed, (Put((*place, *top), value, order),))

    def _steps(
        self, address: Address, live: Resource, top: FieldPath, changes: list[FieldChange], base: Data
    ) -> Iterator[Step]:
        if top != (self.part.document.form.week,):
            yield from self.writer.steps(top, changes, base)
            return
        goal, normal = live.fields[top[0]], self._normal_week(address, top[0])
        if not isinstance(goal, Mapping) or not isinstance(normal, Mapping) or any(len(c.path) < 2 for c in changes):
            yield from self.writer.steps(top, changes, base)
            return
        week = dict(normal)
        taken: list[FieldChange] = []
        for change in changes:
            reason = self._made_by_date(address, change)
            if reason is None:
                week[change.path[1]] = change.after
                taken.append(change)
            else:
                yield Step(change, obstacle=reason)
        if taken:
            whole = FieldChange(top, {c.path[1]: c.before for c in taken}, {c.path[1]: c.after for c in taken})
            yield self.writer.week_step(taken[0] if len(taken) == 1 else whole, week, base)

    def _normal_week(self, address: Address, name: str) -> Json:
        """Return the hours of the manifest without what its dates make of them."""
        normal = self.part.desired_as_of(self.part.as_of, in_normal_week=True)
        return normal.wanted[address].fields.get(name)

    def _made_by_date(self, address: Address, change: FieldChange) -> str | None:
        """Return why a day's hours are no news: a date makes them, or made them and no apply has put them back yet."""
        for day in self.part.document.exceptional(self.part.as_of).get(address, ()):
            if tuple(day.path) == change.path:
                return f"the hours of this day hold for {day.on.isoformat()} only, by the manifest's dates"
        name, day_name = change.path
        for earlier in self._earlier:
            week = earlier.wanted[address].fields.get(name) if address in earlier.wanted else None
            if isinstance(week, Mapping) and week.get(day_name) == change.after:
                return (
                    "a date in the manifest made the account's hours, and an apply is due to put the normal ones back"
                )
        return None

    @cached_property
    def _earlier(self) -> list[Desired]:
        return self.part.earlier()

    # Places

    def _proposal(
        self,
        address: Address,
        name: str | None,
        action: Action,
        fields: tuple[FieldChange, ...],
        edits: tuple[Edit, ...] = (),
        obstacle: str | None = None,
        *,
        file: str | None = None,
    ) -> Proposal:
        path = fields[0].path if len(fields) == 1 else ()
        source = self.part.locate(address, path)
        if file is None:
            section, key = self.part.document.places[address][:2]
            holder = self.part.raw[str(section)]
            file = holder.marks[str(key)][0].source.name if isinstance(holder, Map) else ""
        provider = self.part.provider.name
        edits = () if obstacle else edits
        return Proposal(provider, address, name, action, fields, file, edits, obstacle, source)

    def _raw(self, place: DocumentPath) -> Data:
        return at(self.part.raw, place)

    def _file_for(self, section: str) -> str:
        """Return the file that gets a new entry: the one with the last entry of the section, or else the first file."""
        holder = self.part.raw.get(section)
        if isinstance(holder, Map) and holder:
            return holder.marks[list(holder)[-1]][0].source.name
        if section in self.part.raw:
            return self.part.raw.marks[section][0].source.name
        return self.part.id.files[0]


class _Missing:
    """Stands for a field that a mapping does not have."""


_MISSING = _Missing()


def _lookup(data: Data, path: FieldPath) -> Data | _Missing:
    try:
        return at(data, path)
    except NoSuchPlaceError:
        return _MISSING


def _below(place: EditPath, edit: Edit, order: tuple[str, ...]) -> Edit:
    """Return an edit of a field's value as one of the file."""
    if isinstance(edit, Put) and not edit.path:
        return Put(place, edit.value, order)
    return replace(edit, path=(*place, *edit.path))


def _vanished_kinds(desired: Desired, live: Snapshot) -> frozenset[str]:
    """Return the kinds of which the account lacks every object that the manifest wants, of several."""
    wanted: dict[str, list[bool]] = {}
    for address, each in desired.wanted.items():
        if not each.absent:
            wanted.setdefault(address.kind, []).append(address in live.resources or each.was in live.resources)
    return frozenset(kind for kind, found in wanted.items() if len(found) > 1 and not any(found))
