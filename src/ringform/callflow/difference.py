"""What callers will notice: two call flows compared for every minute of a week and every key, answered or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ringform.callflow.trace import Trace, trace
from ringform.callflow.types import CallFlow, Ends, Flow, Interval, Menu, People, Transfer
from ringform.callflow.week import merge_intervals, segments

Keys: TypeAlias = tuple[str, ...]
"""The keys that a caller presses, in order."""

_Noticed: TypeAlias = tuple[tuple[tuple[str | None, People | None, int | None], ...], Ends, bool, str | None]
"""What a caller can notice: each step's text, who rings and how long; the end, recording and language."""


@dataclass(frozen=True, slots=True)
class CallPath:
    """The keys that a caller presses, in order, and whether somebody picks up."""

    press: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference that callers notice: when, on which path, and what they met and will meet."""

    intervals: tuple[Interval, ...]
    path: CallPath
    before: Trace
    after: Trace


def differences(before: CallFlow, after: CallFlow, monday: date) -> tuple[Difference, ...]:
    """Return every difference that a caller can notice, each with all the intervals of the week in which it holds.

    Exact: a difference covers a call at any minute, with any keys, answered or not, if and only if the caller can tell
    the two call flows apart on it.
    """
    if before == after:
        return ()
    by_states: dict[tuple[bool, bool], list[Interval]] = {}
    for segment in segments(before, after, monday):
        by_states.setdefault((segment.open_before, segment.open_after), []).append(segment.interval)
    noticed: dict[tuple[CallPath, Trace, Trace], list[Interval]] = {}
    then_at, now_at = _Calls(before), _Calls(after)
    for (open_before, open_after), intervals in by_states.items():
        for path in _paths(before, after, open_before=open_before, open_after=open_after):
            then, met = then_at(path, is_open=open_before)
            now, meets = now_at(path, is_open=open_after)
            if met != meets:
                noticed.setdefault((path, then, now), []).extend(intervals)
    ordered = sorted(noticed.items(), key=lambda item: (min(item[1]), item[0][0].press, not item[0][0].answered))
    return tuple(Difference(merge_intervals(intervals), *key) for key, intervals in ordered)


def compare_paths(
    before: CallFlow, after: CallFlow, *, open_before: bool, open_after: bool
) -> Iterator[tuple[CallPath, Trace, Trace]]:
    """Yield every path through either call flow in these states, with the traces of both on it."""
    for path in _paths(before, after, open_before=open_before, open_after=open_after):
        yield (
            path,
            trace(before, is_open=open_before, press=path.press, answered=path.answered),
            trace(after, is_open=open_after, press=path.press, answered=path.answered),
        )


def is_noticed(then: Trace, now: Trace) -> bool:
    """Return whether a caller can tell one call from the other."""
    return _noticed(then) != _noticed(now)


def _paths(before: CallFlow, after: CallFlow, *, open_before: bool, open_after: bool) -> list[CallPath]:
    """Return every path through either call flow, once. Keys that neither menu has tell nothing about them."""
    return list(dict.fromkeys([*call_paths(before, is_open=open_before), *call_paths(after, is_open=open_after)]))


def call_paths(flow: CallFlow, *, is_open: bool, to_an_end: bool = False) -> Iterator[CallPath]:
    """Yield every path through a call flow: each key of its menus, answered or not.

    ``to_an_end`` leaves out the paths that stop in a menu which has keys.
    """
    closed = flow.closed if not is_open else None
    for keys, last in _leaves(closed or flow.incoming, to_an_end=to_an_end):
        yield CallPath(keys, answered=True)
        if isinstance(last, Transfer) and flow.no_answer is not None:
            for more, _ in _leaves(flow.no_answer, to_an_end=to_an_end):
                yield CallPath((*keys, *more), answered=False)
        else:
            yield CallPath(keys, answered=False)


def _leaves(flow: Flow, *, to_an_end: bool) -> Iterator[tuple[Keys, Flow]]:
    if not (to_an_end and isinstance(flow, Menu) and flow.options):
        yield (), flow
    if isinstance(flow, Menu):
        for digit, option in flow.options.items():
            yield (digit,), option


class _Calls:
    """Traces of calls to one number. They are cached: the same call occurs in several parts of the week."""

    def __init__(self, flow: CallFlow) -> None:
        self._flow = flow
        self._known: dict[tuple[CallPath, bool], tuple[Trace, _Noticed]] = {}

    def __call__(self, path: CallPath, *, is_open: bool) -> tuple[Trace, _Noticed]:
        known = self._known.get((path, is_open))
        if known is None:
            call = trace(self._flow, is_open=is_open, press=path.press, answered=path.answered)
            known = self._known[path, is_open] = (call, _noticed(call))
        return known


def _noticed(call: Trace) -> _Noticed:
    """Return what a caller can notice of a call: callers do not know slots or types of steps."""
    is_answered = call.ends is Ends.ANSWERED
    steps = tuple(
        # A caller who is answered does not notice how long it would have gone on ringing.
        (step.plays, step.rings, None if is_answered else step.ring_seconds)
        for step in call.steps
    )
    return steps, call.ends, call.is_recorded, call.language
