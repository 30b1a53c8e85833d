"""The effects of a plan on callers: the differences that they will notice on every number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ringform.callflow.answering import answering
from ringform.callflow.difference import Difference, differences
from ringform.callflow.types import CallFlow, Interval
from ringform.callflow.week import merge_intervals, segments
from ringform.model.address import Address
from ringform.model.change import Change
from ringform.model.kind import HasKinds, vendors_by_kind
from ringform.model.plan import Plan
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class Effect:
    """The differences that callers of one number will notice; ``new_clock`` is its new time zone, if that changes.

    ``closed`` is the part of the week in which it is closed both before and after.
    """

    address: Address
    name: str | None
    differences: tuple[Difference, ...]
    new_clock: str | None = None
    closed: tuple[Interval, ...] = ()


def effects(plan: Plan, vendors: Iterable[HasKinds], on: date) -> tuple[Effect, ...]:
    """Return the effects of a plan on callers, in the plan's order, in the week that holds the day ``on``."""
    return tuple(_effects(plan, vendors, on - timedelta(days=on.weekday())))


def _effects(plan: Plan, vendors: Iterable[HasKinds], monday: date) -> Iterator[Effect]:
    by_kind = vendors_by_kind(vendors)
    for change in plan.changes:
        vendor = by_kind.get(change.address.kind)
        if vendor is None or change.before is None:
            continue
        before, after = (answering(vendor, change.address, side) for side in (change.before, goal(change)))
        if not isinstance(before, CallFlow) or not isinstance(after, CallFlow):
            continue
        if found := effect(change.address, change.name, before, after, monday):
            yield found


def effect(address: Address, name: str | None, before: CallFlow, after: CallFlow, monday: date) -> Effect | None:
    """Return what callers of a number notice between two call flows in a week, None if that is nothing."""
    noticed = differences(before, after, monday)
    if not noticed:
        return None
    new_clock = after.timezone if after.timezone != before.timezone else None
    closed = merge_intervals(
        each.interval for each in segments(before, after, monday) if not each.open_before and not each.open_after
    )
    return Effect(address, name, noticed, new_clock, closed)


def goal(change: Change) -> Fields:
    """Return the whole object as the change's calls will leave it."""
    after = dict(change.before or {})
    for call in change.calls:
        after.update(call.expect)
    return after
