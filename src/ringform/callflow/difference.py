"""What callers will notice: two configurations compared over a whole week, every key, answered or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from ringform.callflow.callers import Difference, Ends, Interval, Path, People, Trace, joined
from ringform.callflow.trace import trace
from ringform.callflow.types import Configuration, Flow, Menu, Transfer
from ringform.callflow.week import segments

Keys: TypeAlias = tuple[str, ...]
"""The keys that a caller presses, in order."""

_Noticed: TypeAlias = tuple[tuple[tuple[str | None, People | None, int | None], ...], Ends, bool, str | None]
"""What is played, who rings and for how long; how it ends; whether it is recorded; and the language."""


def differences(before: Configuration, after: Configuration, monday: date) -> tuple[Difference, ...]:
    """Every difference that a caller can notice, each with all the intervals of the week in which it is the same.

    Exact: a call at any minute, with any keys, answered or not, is covered by a difference if and only if the two
    configurations treat it differently in a way that can be noticed.
    """
    if before == after:
        return ()
    by_states: dict[tuple[bool, bool], list[Interval]] = {}
    for segment in segments(before, after, monday):
        by_states.setdefault((segment.open_before, segment.open_after), []).append(segment.interval)
    found: dict[tuple[Path, Trace, Trace], list[Interval]] = {}
    then_at, now_at = _Calls(before), _Calls(after)
    for (open_before, open_after), intervals in by_states.items():
        for path in _paths(before, after, open_before=open_before, open_after=open_after):
            then, met = then_at(path, is_open=open_before)
            now, meets = now_at(path, is_open=open_after)
            if met != meets:
                found.setdefault((path, then, now), []).extend(intervals)
    ordered = sorted(found.items(), key=lambda item: (min(item[1]), item[0][0].press, not item[0][0].answered))
    return tuple(Difference(joined(intervals), *key) for key, intervals in ordered)


def compared(
    before: Configuration, after: Configuration, *, open_before: bool, open_after: bool
) -> Iterator[tuple[Path, Trace, Trace]]:
    """Every way to go through either configuration in these states, with the call on it through both."""
    for path in _paths(before, after, open_before=open_before, open_after=open_after):
        yield (
            path,
            trace(before, is_open=open_before, press=path.press, answered=path.answered),
            trace(after, is_open=open_after, press=path.press, answered=path.answered),
        )


def is_noticed(then: Trace, now: Trace) -> bool:
    """Whether a caller can tell one call from the other."""
    return _noticed(then) != _noticed(now)


def _paths(before: Configuration, after: Configuration, *, open_before: bool, open_after: bool) -> list[Path]:
    """Every way to go through either configuration, once; a key that neither menu has says nothing of either."""
    paths = [*ways(before, is_open=open_before), *ways(after, is_open=open_after)]
    return list(dict.fromkeys(paths))


def ways(configuration: Configuration, *, is_open: bool) -> Iterator[Path]:
    """Every way to go through a configuration: each key of its menus, answered or not."""
    outside = configuration.outside if not is_open else None
    for keys, flow in _leaves(outside or configuration.incoming):
        yield Path(keys, answered=True)
        if isinstance(flow, Transfer) and configuration.no_answer is not None:
            for more, _ in _leaves(configuration.no_answer):
                yield Path((*keys, *more), answered=False)
        else:
            yield Path(keys, answered=False)


def _leaves(flow: Flow) -> Iterator[tuple[Keys, Flow]]:
    yield (), flow
    if isinstance(flow, Menu):
        for digit, option in flow.options.items():
            yield (digit,), option


class _Calls:
    """Calls to one number, each traced once: the same one is met in several parts of the week."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._known: dict[tuple[Path, bool], tuple[Trace, _Noticed]] = {}

    def __call__(self, path: Path, *, is_open: bool) -> tuple[Trace, _Noticed]:
        known = self._known.get((path, is_open))
        if known is None:
            call = trace(self._configuration, is_open=is_open, press=path.press, answered=path.answered)
            known = self._known[path, is_open] = (call, _noticed(call))
        return known


def _noticed(call: Trace) -> _Noticed:
    """What a caller notices of a call: slots and types are names of ours, what is played and who rings are not."""
    is_answered = call.ends is Ends.ANSWERED
    steps = tuple(
        # Whoever is answered does not notice how long it would have gone on ringing.
        (step.plays, step.rings, None if is_answered else step.ring_seconds)
        for step in call.steps
    )
    return steps, call.ends, call.is_recorded, call.language
