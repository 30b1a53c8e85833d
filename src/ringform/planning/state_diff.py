"""The differences between two states of an account: what manifests want, what it holds, what a plan leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from ringform.callflow.answering import LeftToAccount, answering
from ringform.callflow.effects import Effect, effect
from ringform.callflow.types import CallFlow
from ringform.model.address import Address
from ringform.model.change import Action, FieldChange
from ringform.model.desired import Desired
from ringform.model.diagnostic import Location
from ringform.model.kind import HasKinds
from ringform.model.left_alone import LeftAlone
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields
from ringform.planning.account_notes import Locate
from ringform.planning.compare import complete, field_changes
from ringform.planning.ignoring import left_alone, without_ignored
from ringform.planning.pairing import Pair, pair
from ringform.planning.planner import nowhere


@dataclass(frozen=True, slots=True)
class State:
    """One state of one vendor's account: a ``Desired`` has the fields that a manifest manages, a ``Snapshot`` all.

    ``covers`` are the only objects that it has anything about (None: all); ``people`` names ids. ``as_of`` decides
    which fields of a ``Desired`` are left alone in an account (None: there are no such rules).
    """

    vendor: HasKinds
    content: Desired | Snapshot
    covers: frozenset[Address] | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    locate: Locate = nowhere
    as_of: datetime | None = None

    @property
    def names(self) -> dict[Address, str | None]:
        """What people call each object that is there."""
        kinds, held = self.vendor.kinds, self.content
        objects = held.wanted if isinstance(held, Desired) else held.resources
        return {address: kinds[address.kind].name_of(each.fields) for address, each in objects.items()}


@dataclass(frozen=True, slots=True)
class ObjectDifference:
    """An object that is in one state only (the other side is None), or has other fields there.

    ``fields`` are the differences of fields that both states have; ``unshared`` are fields that one of them does not
    manage, which is its None. ``previous`` is the object's address before, if it has another one after. An object that
    is not there after ``is_left``: the manifest says nothing of it, so that the account keeps it. ``source`` is where
    a manifest has it.
    """

    address: Address
    name: str | None
    before: Fields | None
    after: Fields | None
    fields: tuple[FieldChange, ...]
    unshared: tuple[FieldChange, ...] = ()
    previous: Address | None = None
    is_left: bool = False
    source: Location | None = None

    @property
    def action(self) -> Action:
        """What leads from one state to the other."""
        return Action.CREATE if self.before is None else Action.DELETE if self.after is None else Action.UPDATE


@dataclass(frozen=True, slots=True)
class UnknownEffect:
    """A number that answers differently; what callers meet is unknown, as these fields are left to the account."""

    address: Address
    name: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateDiff:
    """The differences between two states, and what callers notice of them.

    ``same`` are the objects that are the same in both. ``not_compared`` counts those that only one of the two has
    anything about, such as objects of an account that a manifest does not manage. ``left_alone`` are fields that differ
    in the account and are left so by ``ignore_changes``. ``people`` names ids.
    """

    objects: tuple[ObjectDifference, ...] = ()
    same: frozenset[Address] = frozenset()
    not_compared: int = 0
    effects: tuple[Effect, ...] = ()
    unknown_effects: tuple[UnknownEffect, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the two states are the same, where they can be compared."""
        return not self.objects

    @property
    def unchanged(self) -> int:
        """How many objects are the same in both."""
        return len(self.same)

    def limited_to(self, addresses: Collection[Address]) -> StateDiff:
        """Return the differences of these objects only."""
        objects = tuple(each for each in self.objects if each.address in addresses or each.previous in addresses)
        return replace(
            self,
            objects=objects,
            same=self.same & frozenset(addresses),
            not_compared=0,
            effects=tuple(each for each in self.effects if each.address in addresses),
            unknown_effects=tuple(each for each in self.unknown_effects if each.address in addresses),
            left_alone=tuple(each for each in self.left_alone if each.address in addresses),
        )


@dataclass(frozen=True, slots=True)
class _Object:
    """One object in both states; None: it is not there."""

    address: Address
    before: Fields | None
    after: Fields | None
    previous: Address | None = None
    is_left: bool = False

    def reversed(self) -> _Object:
        """Return it with its sides exchanged."""
        address = self.previous or self.address
        previous = self.address if self.previous else None
        return replace(self, address=address, before=self.after, after=self.before, previous=previous)


def diff_states(before: State, after: State, on: date) -> StateDiff:
    """Return the differences between two states of one vendor's account, as callers notice them in the week of ``on``.

    A manifest's fields are compared with those of an account or a plan as for a plan: what it does not manage is as it
    is there. Of two manifests, fields that only one of them manages are ``unshared``.
    """
    left: tuple[LeftAlone, ...] = ()
    match before.content, after.content:
        case Desired() as wanted, Snapshot() as held:
            pairs, left = _with_account(wanted, held, before)
            pairs = [each.reversed() for each in pairs]
        case Snapshot() as held, Desired() as wanted:
            pairs, left = _with_account(wanted, held, after)
        case Desired() as wanted, Desired() as later:
            pairs = list(_between_manifests(wanted, later, before.vendor))
        case Snapshot() as held, Snapshot() as later_held:
            pairs = list(_between_accounts(held, later_held))
    pairs = [each for each in pairs if all(_is_covered(each, side.covers) for side in (before, after))]
    compared = [(each.address, _difference(each, before, after)) for each in pairs]
    objects = [difference for _, difference in compared if difference]
    noticed = [_noticed(each, before.vendor, on) for each in objects]
    seen = {address for each in pairs for address in (each.address, each.previous)}
    return StateDiff(
        objects=tuple(objects),
        same=frozenset(address for address, difference in compared if difference is None),
        not_compared=len((_there(before.content) | _there(after.content)) - seen),
        effects=tuple(each for each in noticed if isinstance(each, Effect)),
        unknown_effects=tuple(each for each in noticed if isinstance(each, UnknownEffect)),
        left_alone=left,
        people={**before.people, **after.people},
    )


def _between_manifests(before: Desired, after: Desired, vendor: HasKinds) -> Iterator[_Object]:
    resources = {
        address: Resource(address, "", vendor.kinds[address.kind].name_of(wanted.fields), wanted.fields, {})
        for address, wanted in before.wanted.items()
        if not wanted.absent
    }
    seen: set[Address] = set()
    for each in pair(after, Snapshot(resources))[0]:
        if each.live:
            seen.add(each.live.address)
        yield _paired(each, each.wanted.fields if each.wanted else None)
    for address, resource in resources.items():
        if address not in seen:
            yield _Object(address, resource.fields, None, is_left=True)


def _with_account(wanted: Desired, held: Snapshot, manifest: State) -> tuple[list[_Object], tuple[LeftAlone, ...]]:
    """Return the objects as an account has them and as a manifest wants them, and the fields that it leaves alone."""
    left: tuple[LeftAlone, ...] = ()
    if manifest.as_of is not None:
        left = tuple(left_alone(wanted, held, manifest.as_of, manifest.locate))
        wanted = without_ignored(wanted, held, manifest.as_of)
    objects = []
    for each in pair(wanted, held)[0]:
        goal = complete(each.wanted.fields, each.live.fields if each.live else {}) if each.wanted else None
        objects.append(_paired(each, goal))
    return objects, left


def _paired(each: Pair, goal: Fields | None) -> _Object:
    previous = each.live.address if each.live and each.live.address != each.address else None
    return _Object(each.address, each.live.fields if each.live else None, goal, previous)


def _between_accounts(before: Snapshot, after: Snapshot) -> Iterator[_Object]:
    for address in {**before.resources, **after.resources}:
        then, now = (state.resources.get(address) for state in (before, after))
        yield _Object(address, then.fields if then else None, now.fields if now else None)


def _is_covered(each: _Object, covered: frozenset[Address] | None) -> bool:
    return covered is None or each.address in covered or each.previous in covered


def _there(content: Desired | Snapshot) -> set[Address]:
    """Return every object that a state has."""
    if isinstance(content, Desired):
        return {address for address, wanted in content.wanted.items() if not wanted.absent}
    return {*content.resources, *content.unmanaged}


def _difference(each: _Object, before: State, after: State) -> ObjectDifference | None:
    """Return the difference between the two sides of an object, None if they are the same."""
    kind = before.vendor.kinds[each.address.kind]
    then, now = each.before or {}, each.after or {}
    if each.before is None or each.after is None:
        then, now = {**dict.fromkeys(now), **then}, {**dict.fromkeys(then), **now}
    shared = [name for name in {**then, **now} if name in then and name in now]
    fields = field_changes({name: then[name] for name in shared}, {name: now[name] for name in shared})
    rest = [{name: value for name, value in side.items() if name not in shared} for side in (then, now)]
    unshared = field_changes(*rest)
    if not fields and not unshared and each.before is not None and each.after is not None and not each.previous:
        return None
    place = before if each.after is None or after.locate is nowhere else after
    address = each.previous if place is before and each.previous else each.address
    return ObjectDifference(
        address=each.address,
        name=kind.name_of(now) or kind.name_of(then),
        before=each.before,
        after=each.after,
        fields=tuple(replace(field, source=place.locate(address, field.path)) for field in fields),
        unshared=tuple(replace(field, source=place.locate(address, field.path)) for field in unshared),
        previous=each.previous,
        is_left=each.is_left,
        source=place.locate(address, ()),
    )


def _noticed(each: ObjectDifference, vendor: HasKinds, on: date) -> Effect | UnknownEffect | None:
    """Return what callers notice of a number that both states have."""
    if each.before is None or each.after is None:
        return None
    sides = [answering(vendor, each.address, side) for side in (each.before, each.after)]
    match sides:
        case CallFlow() as before, CallFlow() as after:
            return effect(each.address, each.name, before, after, on - timedelta(days=on.weekday()))
    missing = dict.fromkeys(name for side in sides if isinstance(side, LeftToAccount) for name in side.fields)
    traced = vendor.kinds[each.address.kind].traced
    is_about_calls = any(field.lies_in(traced) for field in (*each.fields, *each.unshared))
    return UnknownEffect(each.address, each.name, tuple(missing)) if missing and is_about_calls else None


def merge_diffs(diffs: Sequence[StateDiff]) -> StateDiff:
    """Return one of those for several accounts."""
    return StateDiff(
        objects=tuple(each for diff in diffs for each in diff.objects),
        same=frozenset(address for diff in diffs for address in diff.same),
        not_compared=sum(diff.not_compared for diff in diffs),
        effects=tuple(each for diff in diffs for each in diff.effects),
        unknown_effects=tuple(each for diff in diffs for each in diff.unknown_effects),
        left_alone=tuple(each for diff in diffs for each in diff.left_alone),
        people={id_: name for diff in diffs for id_, name in diff.people.items()},
    )
