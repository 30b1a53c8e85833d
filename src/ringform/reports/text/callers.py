"""What callers will notice, in words: when, after which key, what they met and what they will meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
"""Characters of a text that are quoted at most: what changed in it stands in the plan itself."""

DescribedChange: TypeAlias = tuple[str, str, str]
"""What the caller does (``, key 1, nobody answers``; empty: nothing), what was met, and what will be met."""


def render(effects: Sequence[Effect], people: Mapping[str, str], style: Style) -> str:
    """Return the section of a plan, ending without a newline; empty when callers will notice nothing."""
    if not effects:
        return ""
    lines = [style.bold("What callers will notice:")]
    for effect in effects:
        whose = f", by the clock of {safe(effect.new_clock)}" if effect.new_clock else ""
        lines.append(f"  {style.bold(safe(effect.address.labelled(effect.name)))}{whose}")
        lines += [f"    {line}" for line in _lines(effect.differences, people, style)]
    return "\n".join(lines)


def _lines(differences: Sequence[Difference], people: Mapping[str, str], style: Style) -> Iterator[str]:
    told: dict[DescribedChange, list[Interval]] = {}
    for _, group in groupby(sorted(differences, key=_by_time), key=_by_time):
        for change, times in describe_differences(list(group), people):
            told.setdefault(change, []).extend(times)
    for (what, was, now), intervals in told.items():
        yield f"{style.place(when(intervals))}{what}"
        yield f"  was: {style.removed(was)}"
        yield f"  now: {style.added(now)}"


def describe_differences(
    differences: list[Difference], people: Mapping[str, str]
) -> Iterator[tuple[DescribedChange, tuple[Interval, ...]]]:
    """Yield what is worth telling of differences that hold at the same times, in words."""
    worth = _worth_telling(differences)
    is_menu_told = any(not each.path.press for each in worth)
    for each in worth:
        yield _change(each, people, is_menu_told=is_menu_told), each.intervals


def _by_time(difference: Difference) -> tuple[Interval, ...]:
    return difference.intervals


def _worth_telling(differences: list[Difference]) -> list[Difference]:
    """Without those that only say again what an earlier one said: a menu's new welcome is told once, not per key."""
    told: list[Difference] = []
    for each in sorted(differences, key=lambda difference: (len(difference.path.press), not difference.path.answered)):
        if not any(_follows(each, earlier) for earlier in told):
            told.append(each)
    return told


def _follows(later: Difference, earlier: Difference) -> bool:
    """Return whether everything that differs in ``later`` differs in the same way already in ``earlier``."""
    then, now = _tail(later.before, earlier.before), _tail(later.after, earlier.after)
    if later.path.press[: len(earlier.path.press)] != earlier.path.press or then is None or now is None:
        return False
    is_own_way = earlier.before.ends is not earlier.after.ends and Ends.NOT_DOCUMENTED in (
        earlier.before.ends,
        earlier.after.ends,
    )
    # A menu in the place of something else, or the other way round, says it all; but not what comes if nobody answers.
    has_news = len(later.path.press) == len(earlier.path.press) and bool(now[0])
    return then == now or (is_own_way and not has_news)


def _tail(call: Trace, start: Trace) -> tuple[tuple[TraceStep, ...], Ends | None] | None:
    """Return what a call has beyond another one that begins it; None when it does not begin like that."""
    steps, beginning = ([_plain(step, each.ends) for step in each.steps] for each in (call, start))
    unanswered = [replace(step, ring_seconds=None) for step in steps[: len(beginning)]]
    if unanswered != [replace(step, ring_seconds=None) for step in beginning]:
        return None
    rest = tuple(steps[len(beginning) :])
    return rest, call.ends if rest or call.ends is not start.ends else None


def _plain(step: TraceStep, ends: Ends) -> TraceStep:
    """A step as a caller notices it: whoever is answered does not notice how long it would have gone on ringing."""
    seconds = None if ends is Ends.ANSWERED else step.ring_seconds
    return replace(step, slot=None, press=None, type=StepType.MESSAGE, ring_seconds=seconds)


def _change(difference: Difference, people: Mapping[str, str], *, is_menu_told: bool) -> DescribedChange:
    """Return a difference in words; after a menu that is told of already, from the key on."""
    keys = difference.path.press
    after = f", key {listed(keys, last='then')}" if keys else ""
    unanswered = ", nobody answers" if not difference.path.answered and _rings(difference) else ""
    before, now = (_after_the_key(call, keys) for call in (difference.before, difference.after))
    heads = (difference.before.steps[:1], difference.after.steps[:1])
    if before is None or now is None or not (is_menu_told or heads[0] == heads[1]):
        before, now = difference.before, difference.after
    was, becomes = tell(before, people), tell(now, people)
    if was == becomes:  # what differs may stand far behind in a text
        was, becomes = tell(before, people, longest=None), tell(now, people, longest=None)
    if was == becomes:
        was, becomes = _background(before, now), _background(now, before)
    return f"{after}{unanswered}", was, becomes


def _after_the_key(call: Trace, keys: tuple[str, ...]) -> Trace | None:
    """Return a call from the first key on, or None when it is not the first menu's key that leads on."""
    if not keys or not call.steps or call.steps[0].type is not StepType.MENU:
        return None
    return replace(call, steps=call.steps[1:])


def _rings(difference: Difference) -> bool:
    return any(step.rings is not None for call in (difference.before, difference.after) for step in call.steps)


def tell(call: Trace, people: Mapping[str, str], *, longest: int | None = _LONGEST) -> str:
    """Return a call in words, safe for a terminal. See ``Trace.in_words``."""
    return safe(call.in_words(people, longest=longest))


def _background(call: Trace, other: Trace) -> str:
    """Return what is different of two calls that sound the same in words."""
    parts = []
    if call.is_recorded is not other.is_recorded:
        parts.append("recorded" if call.is_recorded else "not recorded")
    if call.language != other.language:
        parts.append(f"spoken in {safe(call.language or 'no language')}")
    return ", ".join(parts) or "as before"


def when(intervals: Sequence[Interval]) -> str:
    """``Mon-Thu 09:00-17:00, Fri 09:00-15:30``; ``Always`` for the whole week."""
    if [(each.start, each.end) for each in merge_intervals(intervals)] == [(0, MINUTES)] * 7:
        return "Always"
    return ", ".join(spans(intervals))


def spans(intervals: Sequence[Interval]) -> list[str]:
    """Return the same as one text for each time of day: ``Mon-Thu 09:00-17:00``."""
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
