"""Replay: calls that were made, each walked through what a plan finds and through what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringform.callflow.answering import answering
from ringform.callflow.callers import Difference, Ends, Trace
from ringform.callflow.difference import compared, is_noticed
from ringform.callflow.effects import goal
from ringform.callflow.replay_types import Replay, ReplayedCall, Verdict
from ringform.callflow.trace import is_open, local_time
from ringform.callflow.types import Configuration
from ringform.model.call_record import CallRecord
from ringform.model.change import Change
from ringform.model.plan import Plan
from ringform.providers.protocol import Provider


def replay(plan: Plan, providers: Sequence[Provider], calls: Iterable[CallRecord]) -> Replay:
    """Which calls would have been treated in another way, had the plan been applied before them.

    Exact for what is known of a call: each way that it may have gone is compared. A number that the plan does not
    change treats every call as before.
    """
    by_kind = {kind: provider for provider in providers for kind in provider.answering}
    changes = {change.address: change for change in plan.changes}
    read = counted = not_named = untold = 0
    found: list[ReplayedCall] = []
    for call in calls:
        read += 1
        if call.number is None or call.number not in plan.live:
            not_named += 1
            continue
        provider = by_kind.get(call.number.kind)
        change = changes.get(call.number)
        sides = _sides(provider, change) if provider and change else None
        if call.started_at is None or provider is None or (change and sides is None):
            untold += 1
            continue
        counted += 1
        if change and sides and (replayed := _replayed(call, change, *sides)):
            found.append(replayed)
    return Replay(tuple(found), read, counted, not_named, untold)


def _sides(provider: Provider, change: Change) -> tuple[Configuration, Configuration] | None:
    """How a number answers before and after its change; None where that cannot be said."""
    before, after = (answering(provider, change.address, side) for side in (change.before or {}, goal(change)))
    if isinstance(before, Configuration) and isinstance(after, Configuration):
        return before, after
    return None


def _replayed(call: CallRecord, change: Change, before: Configuration, after: Configuration) -> ReplayedCall | None:
    """The call, if it would have been treated in another way on any of the ways that it may have gone."""
    assert call.started_at is not None
    at = local_time(after, call.started_at)
    opened = is_open(before, local_time(before, call.started_at)), is_open(after, at)
    ways = [
        (path, then, now)
        for path, then, now in compared(before, after, open_before=opened[0], open_after=opened[1])
        if call.was_answered is None or path.answered is call.was_answered
    ]
    if call.was_answered:
        # Somebody picked up: the keys on which nobody rings were not pressed, unless nobody rings by now at all.
        ways = [way for way in ways if way[1].ends is Ends.ANSWERED] or ways
    noticed = [way for way in ways if is_noticed(*way[1:])]
    if not noticed:
        return None
    rerouted = [way for way in noticed if _route(way[1]) != _route(way[2])]
    return ReplayedCall(
        change.address,
        change.name,
        at,
        call.caller,
        call.was_answered,
        Verdict.ELSEWHERE if rerouted else Verdict.OTHERWISE,
        is_certain=len(rerouted or noticed) == len(ways),
        differences=tuple(Difference((), *way) for way in noticed),
    )


def _route(call: Trace) -> object:
    """Where a call goes: who rings, in turn, and how it ends."""
    return [step.rings for step in call.steps if step.rings is not None], call.ends
