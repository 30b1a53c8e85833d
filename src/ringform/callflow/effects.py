"""What callers will notice of a plan: the differences of every main number that it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ringform.callflow.difference import differences
from ringform.callflow.flow import INCOMING, configuration
from ringform.core.callers import Effect
from ringform.core.change import Change
from ringform.core.plan import Plan
from ringform.core.values import Fields


def effects(plan: Plan, on: date) -> tuple[Effect, ...]:
    """The effects of a plan on callers, in the plan's order, in the week that holds the day ``on``."""
    return tuple(_effects(plan, on - timedelta(days=on.weekday())))


def _effects(plan: Plan, monday: date) -> Iterator[Effect]:
    for change in plan.changes:
        if change.before is None or INCOMING not in change.before:
            continue
        before, after = configuration(change.before), configuration(goal(change))
        found = differences(before, after, monday)
        if found:
            yield Effect(change.address, change.name, found)


def goal(change: Change) -> Fields:
    """The whole object as the change's calls will leave it."""
    after = dict(change.before or {})
    for call in change.calls:
        after.update(call.expect)
    return after
