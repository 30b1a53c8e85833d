"""Replay: past calls, each traced through the call flows before and after a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ringform.callflow.answering import answering
from ringform.callflow.difference import Difference, compare_paths, is_noticed
from ringform.callflow.effects import goal
from ringform.callflow.trace import Trace, is_open, local_time
from ringform.callflow.types import CallFlow, Ends
from ringform.model.address import Address
from ringform.model.call_record import CallRecord
from ringform.model.change import Change
from ringform.model.kind import HasKinds, vendors_by_kind
from ringform.model.plan import Plan


class Verdict(StrEnum):
    """How a call would have changed.

    ``elsewhere``: other people would have rung, or it would have ended in another way. ``otherwise``: it would have
    gone the same way, and the caller would have noticed something else, such as another text.
    """

    ELSEWHERE = "elsewhere"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class ReplayedCall:
    """A call that would have gone differently.

    ``at`` is the time on the number's clock. ``answered`` says whether a person picked up, None if that is not known.
    ``differences`` are the paths that the call may have taken and that differ; they have no intervals. ``is_certain``
    says that the verdict holds for every path that it may have taken: no account tells which keys were pressed.
    """

    address: Address
    name: str | None
    at: datetime
    caller: str | None
    answered: bool | None
    verdict: Verdict
    is_certain: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """The result of a replay. ``calls`` are those that would have gone differently, newest first.

    ``read`` counts all calls, ``counted`` those that could be compared. Of the others ``not_named`` went to numbers
    that the manifest does not name; ``untold`` had not started, or it is unknown how their number answers.
    """

    calls: tuple[ReplayedCall, ...]
    read: int
    counted: int
    not_named: int
    untold: int

    def of(self, verdict: Verdict) -> tuple[ReplayedCall, ...]:
        """Return the calls with this verdict."""
        return tuple(call for call in self.calls if call.verdict is verdict)


def replay(plan: Plan, vendors: Iterable[HasKinds], calls: Iterable[CallRecord]) -> Replay:
    """Return which calls would have gone differently, had the plan been applied before them.

    Exact for what is known of a call: each path that it may have taken is compared. On a number that the plan does not
    change no call differs.
    """
    by_kind = vendors_by_kind(vendors)
    changes = {change.address: change for change in plan.changes}
    read = counted = not_named = untold = 0
    replayed_calls: list[ReplayedCall] = []
    for call in calls:
        read += 1
        if call.number is None or call.number not in plan.live:
            not_named += 1
            continue
        vendor = by_kind.get(call.number.kind)
        change = changes.get(call.number)
        sides = _sides(vendor, change) if vendor and change else None
        is_traced = vendor is not None and bool(vendor.kinds[call.number.kind].traced)
        if call.started_at is None or not is_traced or (change and sides is None):
            untold += 1
            continue
        counted += 1
        if change and sides and (replayed := _replayed(call, change, *sides)):
            replayed_calls.append(replayed)
    return Replay(tuple(replayed_calls), read, counted, not_named, untold)


def _sides(vendor: HasKinds, change: Change) -> tuple[CallFlow, CallFlow] | None:
    """Return how a number answers before and after its change; None where that is unknown."""
    before, after = (answering(vendor, change.address, side) for side in (change.before or {}, goal(change)))
    if isinstance(before, CallFlow) and isinstance(after, CallFlow):
        return before, after
    return None


def _replayed(call: CallRecord, change: Change, before: CallFlow, after: CallFlow) -> ReplayedCall | None:
    """Return the call, if it would have gone differently on any of the paths that it may have taken."""
    assert call.started_at is not None
    at = local_time(after, call.started_at)
    opened = is_open(before, local_time(before, call.started_at)), is_open(after, at)
    paths = [
        (path, then, now)
        for path, then, now in compare_paths(before, after, open_before=opened[0], open_after=opened[1])
        if call.was_answered is None or path.answered is call.was_answered
    ]
    if call.was_answered:
        # Somebody picked up: keys after which nobody rings were not pressed, unless nobody rings any more at all.
        paths = [path for path in paths if path[1].ends is Ends.ANSWERED] or paths
    noticed = [path for path in paths if is_noticed(*path[1:])]
    if not noticed:
        return None
    rerouted = [path for path in noticed if _route(path[1]) != _route(path[2])]
    return ReplayedCall(
        change.address,
        change.name,
        at,
        call.caller,
        call.was_answered,
        Verdict.ELSEWHERE if rerouted else Verdict.OTHERWISE,
        is_certain=len(rerouted or noticed) == len(paths),
        differences=tuple(Difference((), *path) for path in noticed),
    )


def _route(call: Trace) -> object:
    """Return the route of a call: who rings, in turn, and how it ends."""
    return [step.rings for step in call.steps if step.rings is not None], call.ends
