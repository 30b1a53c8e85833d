"""What callers will notice of a plan, as text: when, after which key, what they met and what they will meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from ringform.callflow.difference import Difference
from ringform.callflow.effects import Effect
from ringform.callflow.trace import Trace, TraceStep
from ringform.callflow.types import Ends, Interval, StepType
from ringform.callflow.week import by_time_of_day, merge_intervals
from ringform.model.clock import DAYS, MINUTES, clock
from ringform.model.messages import listed
from ringform.reports.text.style import Style, safe

_LONGEST = 90
"""The most characters of a text that are quoted: the plan itself shows what changes in it."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What a report calls the two sides of a difference, and the heading of its section about callers."""

    heading: str
    before: str
    after: str


CHANGE = Sides("What callers will notice:", "was", "now")
DRIFT = Sides("What callers notice:", "account", "manifest")

DescribedChange: TypeAlias = tuple[str, str, str]
"""What the caller does (``, key 1, nobody answers``; empty: nothing), met before, and will meet."""


def render(effects: Sequence[Effect], people: Mapping[str, str], style: Style, sides: Sides = CHANGE) -> str:
    """Return the section of a plan, without a final newline; empty if callers will notice nothing."""
    if not effects:
        return ""
    lines = [style.bold(sides.heading)]
    for effect in effects:
        whose = f", on the clock of {safe(effect.new_clock)}" if effect.new_clock else ""
        lines.append(f"  {style.bold(safe(effect.address.labelled(effect.name)))}{whose}")
        lines += [f"    {line}" for line in _lines(effect, people, style, sides)]
    return "\n".join(lines)


def _lines(effect: Effect, people: Mapping[str, str], style: Style, sides: Sides) -> Iterator[str]:
    changes: dict[DescribedChange, list[Interval]] = {}
    for _, group in groupby(sorted(effect.differences, key=_by_time), key=_by_time):
        for change, times in describe_differences(list(group), people):
            changes.setdefault(change, []).extend(times)
    width = max(len(sides.before), len(sides.after)) + 1
    for (what, was, now), intervals in changes.items():
        yield f"{style.place(_when_for(effect, intervals))}{what}"
        yield f"  {sides.before + ':':<{width}} {style.removed(was)}"
        yield f"  {sides.after + ':':<{width}} {style.added(now)}"


def _when_for(effect: Effect, intervals: Sequence[Interval]) -> str:
    """Return intervals in words, all closed hours as ``When closed``."""
    text = when(intervals)
    return "When closed" if text != "Always" and merge_intervals(intervals) == effect.closed else text


def describe_differences(
    differences: list[Difference], people: Mapping[str, str]
) -> Iterator[tuple[DescribedChange, tuple[Interval, ...]]]:
    """Yield differences that hold at the same times, in words, without those that follow from others."""
    shown = _without_consequences(differences)
    is_menu_shown = any(not difference.path.press for difference in shown)
    for difference in shown:
        yield _change(difference, people, is_menu_shown=is_menu_shown), difference.intervals


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
    after = f", key {listed(keys, last='then')}" if keys else ""
    unanswered = ", nobody answers" if not difference.path.answered and _rings(difference) else ""
    before, now = (_after_the_key(call, keys) for call in (difference.before, difference.after))
    heads = (difference.before.steps[:1], difference.after.steps[:1])
    if before is None or now is None or not (is_menu_shown or heads[0] == heads[1]):
        before, now = difference.before, difference.after
    was, becomes = in_words(before, people), in_words(now, people)
    if was == becomes:  # the difference may be far behind in a text
        was, becomes = in_words(before, people, longest=None), in_words(now, people, longest=None)
    if was == becomes:
        was, becomes = _background(before, now), _background(now, before)
    return f"{after}{unanswered}", was, becomes


def _after_the_key(call: Trace, keys: tuple[str, ...]) -> Trace | None:
    """Return a call from the first key on, or None if it does not begin with a menu."""
    if not keys or not call.steps or call.steps[0].type is not StepType.MENU:
        return None
    return replace(call, steps=call.steps[1:])


def _rings(difference: Difference) -> bool:
    return any(step.rings is not None for call in (difference.before, difference.after) for step in call.steps)


def in_words(call: Trace, people: Mapping[str, str], *, longest: int | None = _LONGEST) -> str:
    """Return a call in words, safe for a terminal. See ``Trace.in_words``."""
    return safe(call.in_words(people, longest=longest))


def _background(call: Trace, other: Trace) -> str:
    """Return what differs of two calls that are the same in words."""
    parts = []
    if call.is_recorded is not other.is_recorded:
        parts.append("recorded" if call.is_recorded else "not recorded")
    if call.language != other.language:
        parts.append(f"spoken in {safe(call.language or 'no language')}")
    return ", ".join(parts) or "as before"


def when(intervals: Sequence[Interval]) -> str:
    """Return intervals as ``Mon-Thu 09:00-17:00, Fri 09:00-15:30``, the whole week as ``Always``."""
    if [(each.start, each.end) for each in merge_intervals(intervals)] == [(0, MINUTES)] * 7:
        return "Always"
    return ", ".join(spans(intervals))


def spans(intervals: Sequence[Interval]) -> list[str]:
    """Return intervals as one text for each time of day: ``Mon-Thu 09:00-17:00``."""
    times = by_time_of_day(merge_intervals(intervals))
    return [f"{_days(days)} {clock(start)}-{clock(end)}" for (start, end), days in times.items()]


def _days(days: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)
