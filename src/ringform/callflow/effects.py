"""What callers will notice of a plan: the differences of every number that it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ringform.callflow.answering import answering
from ringform.callflow.callers import Effect
from ringform.callflow.difference import differences
from ringform.callflow.types import Configuration
from ringform.model.change import Change
from ringform.model.plan import Plan
from ringform.model.values import Fields
from ringform.providers.protocol import Provider


def effects(plan: Plan, providers: Sequence[Provider], on: date) -> tuple[Effect, ...]:
    """The effects of a plan on callers, in the plan's order, in the week that holds the day ``on``."""
    return tuple(_effects(plan, providers, on - timedelta(days=on.weekday())))


def _effects(plan: Plan, providers: Sequence[Provider], monday: date) -> Iterator[Effect]:
    by_kind = {kind: provider for provider in providers for kind in provider.answering}
    for change in plan.changes:
        provider = by_kind.get(change.address.kind)
        if provider is None or change.before is None:
            continue
        before, after = (answering(provider, change.address, side) for side in (change.before, goal(change)))
        if isinstance(before, Configuration) and isinstance(after, Configuration):
            found = differences(before, after, monday)
            if found:
                new_clock = after.timezone if after.timezone != before.timezone else None
                yield Effect(change.address, change.name, found, new_clock)


def goal(change: Change) -> Fields:
    """The whole object as the change's calls will leave it."""
    after = dict(change.before or {})
    for call in change.calls:
        after.update(call.expect)
    return after
