"""What callers will notice, in words: when, after which key, what they met and what they will meet.

The words are raw: each format escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from ringform.callflow.difference import Difference
from ringform.callflow.effects import Effect
from ringform.callflow.trace import Trace, TraceStep
from ringform.callflow.types import Ends, Interval, StepType
from ringform.callflow.week import merge_intervals, when
from ringform.model.messages import listed

_LONGEST = 90
"""The most characters of a text that are quoted: the plan itself shows what changes in it."""


@dataclass(frozen=True, slots=True)
class DescribedChange:
    """What the caller does (``key 1, nobody answers``; empty: nothing), met before, and will meet."""

    does: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """One change that callers of a number notice, and when.

    ``times`` are the intervals in words: ``When closed``. ``difference`` is the first of those that it describes.
    """

    times: str
    intervals: tuple[Interval, ...]
    change: DescribedChange
    difference: Difference


def noticed(effect: Effect, people: Mapping[str, str]) -> Iterator[Noticed]:
    """Yield what callers of a number notice, each change once. ``people`` maps ids to names."""
    intervals: dict[DescribedChange, list[Interval]] = {}
    first: dict[DescribedChange, Difference] = {}
    for _, group in groupby(sorted(effect.differences, key=_by_time), key=_by_time):
        for change, difference in describe_differences(list(group), people):
            intervals.setdefault(change, []).extend(difference.intervals)
            first.setdefault(change, difference)
    for change, times in intervals.items():
        merged = merge_intervals(times)
        text = when(merged)
        is_closed = text != "Always" and merged == effect.closed
        yield Noticed("When closed" if is_closed else text, merged, change, first[change])


def describe_differences(
    differences: list[Difference], people: Mapping[str, str]
) -> Iterator[tuple[DescribedChange, Difference]]:
    """Yield differences that hold at the same times, in words, without those that follow from others."""
    shown = _without_consequences(differences)
    is_menu_shown = any(not difference.path.press for difference in shown)
    for difference in shown:
        yield _change(difference, people, is_menu_shown=is_menu_shown), difference


def _by_time(difference: Difference) -> tuple[Interval, ...]:
    return difference.intervals


def _without_consequences(differences: list[Difference]) -> list[Difference]:
    """Return the differences that do not follow from others: a menu's new welcome is shown once, not for each key."""
    shown: list[Difference] = []
    for each in sorted(differences, key=lambda difference: (len(difference.path.press), not difference.path.answered)):
        if not any(_follows(each, earlier) for earlier in shown):
            shown.append(each)
    return shown


def _follows(later: Difference, earlier: Difference) -> bool:
    """Return whether everything that differs in ``later`` differs in the same way already in ``earlier``."""
    then, now = _tail(later.before, earlier.before), _tail(later.after, earlier.after)
    if later.path.press[: len(earlier.path.press)] != earlier.path.press or then is None or now is None:
        return False
    ends = {earlier.before.ends, earlier.after.ends}
    is_menu_replaced = len(ends) == 2 and Ends.NOT_DOCUMENTED in ends
    # A menu in the place of something else, or the reverse, implies the rest, but not what follows if nobody answers.
    has_news = len(later.path.press) == len(earlier.path.press) and bool(now[0])
    return then == now or (is_menu_replaced and not has_news)


def _tail(call: Trace, start: Trace) -> tuple[tuple[TraceStep, ...], Ends | None] | None:
    """Return the rest of a call that begins like the call ``start``, or None if it does not."""
    steps, beginning = ([_plain(step, each.ends) for step in each.steps] for each in (call, start))
    unanswered = [replace(step, ring_seconds=None) for step in steps[: len(beginning)]]
    if unanswered != [replace(step, ring_seconds=None) for step in beginning]:
        return None
    rest = tuple(steps[len(beginning) :])
    return rest, call.ends if rest or call.ends is not start.ends else None


def _plain(step: TraceStep, ends: Ends) -> TraceStep:
    """Return a step as a caller notices it: an answered caller does not notice how long it would have rung."""
    seconds = None if ends is Ends.ANSWERED else step.ring_seconds
    return replace(step, slot=None, press=None, type=StepType.MESSAGE, ring_seconds=seconds)


def _change(difference: Difference, people: Mapping[str, str], *, is_menu_shown: bool) -> DescribedChange:
    """Return a difference in words; if the menu is shown already, from the key on."""
    keys = difference.path.press
    pressed = [f"key {listed(keys, last='then')}"] if keys else []
    unanswered = ["nobody answers"] if not difference.path.answered and _rings(difference) else []
    before, now = (_after_the_key(call, keys) for call in (difference.before, difference.after))
    heads = (difference.before.steps[:1], difference.after.steps[:1])
    if before is None or now is None or not (is_menu_shown or heads[0] == heads[1]):
        before, now = difference.before, difference.after
    was, becomes = (call.in_words(people, longest=_LONGEST) for call in (before, now))
    if was == becomes:  # the difference may be far behind in a text
        was, becomes = (call.in_words(people) for call in (before, now))
    if was == becomes:
        was, becomes = _background(before, now), _background(now, before)
    return DescribedChange(", ".join(pressed + unanswered), was, becomes)


def _after_the_key(call: Trace, keys: tuple[str, ...]) -> Trace | None:
    """Return a call from the first key on, or None if it does not begin with a menu."""
    if not keys or not call.steps or call.steps[0].type is not StepType.MENU:
        return None
    return replace(call, steps=call.steps[1:])


def _rings(difference: Difference) -> bool:
    return any(step.rings is not None for call in (difference.before, difference.after) for step in call.steps)


def _background(call: Trace, other: Trace) -> str:
    """Return what differs of two calls that are the same in words."""
    parts = []
    if call.is_recorded is not other.is_recorded:
        parts.append("recorded" if call.is_recorded else "not recorded")
    if call.language != other.language:
        parts.append(f"spoken in {call.language or 'no language'}")
    return ", ".join(parts) or "as before"
