"""The behaviour diff against brute force: every minute of the week, every key, answered or not."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, reduce
from itertools import product
from operator import or_

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.configurations import number, numbers, pairs, random_pair
from ringform.callflow.difference import Difference, differences
from ringform.callflow.trace import Trace, is_open, trace, zone_of
from ringform.callflow.types import CallFlow, Ends
from ringform.callflow.week import segments
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow

MONDAY = date(2026, 11, 23)
FIRST_KEYS = (None, "1", "2", "3", "9")
WAYS = [
    (tuple(key for key in keys if key), answered)
    for keys in product(FIRST_KEYS, FIRST_KEYS)
    if not (keys[0] is None and keys[1] is not None)
    for answered in (True, False)
]
"""Every key that a menu of these tests has, and one that none has; a second menu can follow in a no-answer flow."""

Minutes = int
"""A set of minutes of the week as a number with a bit for each: real sets of ten thousand are slow to compare."""
ALL_MINUTES: Minutes = (1 << 7 * 24 * 60) - 1
Fields = dict[str, Json]


def heard(call: Trace) -> object:
    """What can be noticed of a call, written down independently of the code under test."""
    is_answered = call.ends is Ends.ANSWERED
    return (
        [(step.plays, step.rings, None if is_answered else step.ring_seconds) for step in call.steps],
        call.ends,
        call.is_recorded,
        call.language,
    )


@cache
def moments(clock: str, own: str) -> list[datetime]:
    """What a clock shows at every minute of a week on another one."""
    start = datetime(2026, 11, 23)
    week = (start + timedelta(minutes=minute) for minute in range(7 * 24 * 60))
    return [moment.replace(tzinfo=zone_of(clock)).astimezone(zone_of(own)) for moment in week]


def open_minutes(config: CallFlow, on_clock_of: CallFlow) -> Minutes:
    """The minutes of the week, on a clock, at which a number is open: asked minute by minute."""
    hours = tuple(config.hours.items())
    return reduce(or_, (opened(day, on_clock_of.timezone, config.timezone) for day in hours), 0)


@cache
def opened(day: tuple[int, tuple[int, int]], clock: str, own: str) -> Minutes:
    """The minutes at which a number with the hours of this one day is open; remembered, as there are few such days."""
    config = call_flow(number(timezone=own, opening_hours={}))
    one_day = replace(config, hours=dict([day]))
    return sum(1 << minute for minute, moment in enumerate(moments(clock, own)) if is_open(one_day, moment))


def by_brute_force(before: CallFlow, after: CallFlow) -> dict[tuple[tuple[str, ...], bool], Minutes]:
    """Where a caller who does this notices something, by tracing."""
    then_open, now_open = (open_minutes(each, after) for each in (before, after))
    by_state = {
        (True, True): then_open & now_open,
        (True, False): then_open & ~now_open,
        (False, True): now_open & ~then_open,
        (False, False): ALL_MINUTES & ~then_open & ~now_open,
    }
    found = {}
    for press, answered in WAYS:
        then, now = (
            {opened: heard(trace(each, is_open=opened, press=press, answered=answered)) for opened in (True, False)}
            for each in (before, after)
        )
        differing = 0
        for (open_before, open_after), where in by_state.items():
            if then[open_before] != now[open_after]:
                differing |= where
        found[press, answered] = differing
    return found


def covered(found: tuple[Difference, ...], press: tuple[str, ...], *, answered: bool) -> Minutes:
    """The minutes that the differences for this way name."""
    minutes = 0
    for difference in found:
        if (difference.path.press, difference.path.answered) == (press, answered):
            for each in difference.intervals:
                minutes |= ((1 << each.end - each.start) - 1) << each.day * 24 * 60 + each.start
    return minutes


def check(before: Fields, after: Fields) -> None:
    """Both ways: what is told is true, and what is true is told."""
    configs = call_flow(before), call_flow(after)
    found = differences(*configs, MONDAY)
    brute = by_brute_force(*configs)
    named = {(press, answered): covered(found, press, answered=answered) for press, answered in brute}
    for (press, answered), minutes in brute.items():
        own = named[press, answered]
        # A key that neither menu has adds nothing to what the way without it tells.
        shorter = [named[press[:length], answered] for length in range(len(press))]
        assert not own & ~minutes, f"told and not so: {press} {answered}"
        assert not minutes & ~reduce(or_, shorter, own), f"so and not told: {press} {answered}"
    assert {(each.path.press, each.path.answered) for each in found} <= set(brute)


def check_all(seeds: range) -> None:
    for seed in seeds:
        try:
            check(*random_pair(seed))
        except AssertionError as error:
            error.add_note(f"random_pair({seed})")
            raise


def test_the_behaviour_diff_tells_exactly_what_brute_force_finds() -> None:
    check_all(range(1_000))


@pytest.mark.slow
def test_the_behaviour_diff_tells_exactly_what_brute_force_finds_at_length() -> None:
    check_all(range(1_000, 21_000))


# Slower than pairs at random; but what it finds, it makes small.
@settings(max_examples=40, deadline=None)
@given(pairs())
def test_there_is_no_small_pair_of_which_it_tells_anything_else(pair: tuple[Fields, Fields]) -> None:
    check(*pair)


@settings(max_examples=10, deadline=None)
@given(pairs(), st.sampled_from(["London", "New_York", "Tokyo", "Kathmandu", "Lord_Howe"]))
def test_it_is_exact_when_the_time_zone_moves(pair: tuple[Fields, Fields], timezone: str) -> None:
    before, after = pair
    check(before, {**after, "timezone": timezone})


@pytest.mark.parametrize(
    ("monday", "own", "clock", "hours"),
    [
        (date(2027, 3, 8), "New_York", "Tokyo", "02:30-03:30"),
        (date(2027, 3, 8), "Los_Angeles", "New_York", "00:00-24:00"),
        (date(2026, 10, 26), "New_York", "Copenhagen", "01:30-09:00"),
        (date(2026, 10, 19), "Copenhagen", "Lord_Howe", "02:30-02:45"),
    ],
)
def test_it_is_exact_on_the_day_on_which_a_clock_is_changed(monday: date, own: str, clock: str, hours: str) -> None:
    before = call_flow(number(timezone=own, opening_hours={"sat": hours, "sun": hours}))
    after = call_flow(number(timezone=clock, opening_hours={"sun": "09:00-17:00"}))
    sunday = monday + timedelta(days=6)
    told = [each for each in segments(before, after, monday) if each.interval.day == 6]
    for minute in range(24 * 60):
        here = datetime.combine(sunday, time(), zone_of(after.timezone)) + timedelta(minutes=minute)
        there = here.astimezone(zone_of(before.timezone))
        (part,) = (each for each in told if each.interval.start <= minute < each.interval.end)
        if there.astimezone(here.tzinfo).hour == here.hour:  # the clock does not skip it
            assert (part.open_before, part.open_after) == (is_open(before, there), is_open(after, here)), here


@given(numbers)
def test_nothing_is_told_of_a_label(fields: Fields) -> None:
    renamed = {**fields, "name": "Another name"}
    assert differences(call_flow(fields), call_flow(renamed), MONDAY) == ()


def test_each_difference_has_the_fewest_intervals() -> None:
    after = number(opening_hours=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00"))
    found = differences(call_flow(number()), call_flow(after), MONDAY)
    assert [(each.start, each.end) for each in found[0].intervals if each.day == 5] == [(0, 24 * 60)]
    assert [(each.start, each.end) for each in found[0].intervals if each.day == 0] == [(0, 540), (1020, 1440)]
