"""The week on a number's clock, cut where opening hours begin or end, for one call flow or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from ringform.callflow.trace import is_open, zone_of
from ringform.callflow.types import CallFlow, Interval
from ringform.model.clock import DAYS, MINUTES, clock

_QUARTER = 15


@dataclass(frozen=True, slots=True)
class Segment:
    """An interval in which both call flows are open or closed throughout."""

    interval: Interval
    open_before: bool
    open_after: bool


def merge_intervals(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the fewest intervals that cover the same minutes, in order."""
    merged: list[Interval] = []
    for interval in sorted(set(intervals)):
        last = merged[-1] if merged else None
        if last is not None and last.day == interval.day and last.end >= interval.start:
            merged[-1] = Interval(last.day, last.start, max(last.end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


def by_time_of_day(intervals: Iterable[Interval]) -> dict[tuple[int, int], list[int]]:
    """Return the days of intervals by the time of day that they share, from its beginning to its end."""
    days: dict[tuple[int, int], list[int]] = {}
    for each in intervals:
        days.setdefault((each.start, each.end), []).append(each.day)
    return days


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


def segments(before: CallFlow, after: CallFlow, monday: date) -> Iterator[Segment]:
    """Yield the week that begins on ``monday``, on the clock of ``after``, cut where either flow opens or closes.

    The date matters only when the time zones differ: their distance depends on daylight saving time. Of an hour that
    the clock shows twice the first one counts; what holds in an hour that it skips does not matter.
    """
    if before.timezone == after.timezone:
        yield from _on_one_clock(before, after)
    else:
        yield from _on_two_clocks(before, after, monday)


def _on_one_clock(before: CallFlow, after: CallFlow) -> Iterator[Segment]:
    for day in range(7):
        hours = [each.hours[day] for each in (before, after) if day in each.hours]
        for start, end in _cut(minute for interval in hours for minute in interval):
            states = [_opens(each, day, start) for each in (before, after)]
            yield Segment(Interval(day, start, end), *states)


def _on_two_clocks(before: CallFlow, after: CallFlow, monday: date) -> Iterator[Segment]:
    there, here = zone_of(before.timezone), zone_of(after.timezone)
    edges: dict[date, set[int]] = {}
    for offset in range(-1, 8):
        their_day = monday + timedelta(days=offset)
        for minute in before.hours.get(their_day.weekday(), ()):
            moment = datetime.combine(their_day, time(), there) + timedelta(minutes=minute)
            for either in (moment, moment.replace(fold=1)):  # a clock that is put back shows an hour twice
                local = either.astimezone(here)
                edges.setdefault(local.date(), set()).add(local.hour * 60 + local.minute)
    for day in range(7):
        today = monday + timedelta(days=day)
        for start, end in _cut([*after.hours.get(day, ()), *edges.get(today, ()), *_jumps(today, here, there)]):
            moment = datetime.combine(today, time(start // 60, start % 60), here)
            yield Segment(
                Interval(day, start, end), is_open(before, moment.astimezone(there)), _opens(after, day, start)
            )


def _jumps(today: date, here: tzinfo, there: tzinfo) -> Iterator[int]:
    """Yield the minutes of a day on the clock ``here`` at which its distance to the clock ``there`` changes.

    They are full quarters of an hour.
    """
    begin, end = (datetime.combine(today + timedelta(days=days), time(), here) for days in (0, 1))
    if all(begin.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset() for zone in (here, there)):
        return
    for quarter in range(0, MINUTES, _QUARTER):
        moment = begin + timedelta(minutes=quarter)
        if _distance(moment, there) != _distance(moment - timedelta(minutes=_QUARTER), there):
            yield quarter


def _distance(moment: datetime, there: tzinfo) -> timedelta:
    return moment.astimezone(there).replace(tzinfo=None) - moment.replace(tzinfo=None)


def _cut(minutes: Iterable[int]) -> list[tuple[int, int]]:
    edges = sorted({0, MINUTES, *minutes})
    return list(pairwise(edges))


def _opens(flow: CallFlow, day: int, minute: int) -> bool:
    opening, closing = flow.hours.get(day, (0, 0))
    return opening <= minute < closing
