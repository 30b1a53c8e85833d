"""The behaviour diff against brute force: every minute of the week, every key, answered or not."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.configurations import number, numbers, pairs
from ringform.callflow.difference import differences
from ringform.callflow.flow import Configuration, configuration
from ringform.callflow.trace import is_open, trace, zone_of
from ringform.core.callers import Difference, Ends, Trace
from ringform.core.values import Json

MONDAY = date(2026, 11, 23)
FIRST_KEYS = (None, "1", "2", "3", "9")
WAYS = [
    (tuple(key for key in keys if key), answered)
    for keys in product(FIRST_KEYS, FIRST_KEYS)
    if not (keys[0] is None and keys[1] is not None)
    for answered in (True, False)
]
"""Every key that a menu of these tests has, and one that none has; a second menu can follow in a no-answer flow."""

Minute = tuple[int, int]
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


def open_minutes(config: Configuration, on_clock_of: Configuration) -> set[Minute]:
    """The minutes of the week, on a clock, at which a number is open: asked minute by minute."""
    clock, own = zone_of(on_clock_of.timezone), zone_of(config.timezone)
    found = set()
    for day, minute in product(range(7), range(24 * 60)):
        moment = datetime(2026, 11, 23, minute // 60, minute % 60, tzinfo=clock) + timedelta(days=day)
        if is_open(config, moment.astimezone(own)):
            found.add((day, minute))
    return found


def by_brute_force(before: Configuration, after: Configuration) -> dict[tuple[tuple[str, ...], bool], set[Minute]]:
    """Where a caller who does this notices something, by tracing."""
    opens = [open_minutes(each, after) for each in (before, after)]
    minutes = set(product(range(7), range(24 * 60)))
    by_state = {
        state: {each for each in minutes if (each in opens[0], each in opens[1]) == state}
        for state in product((True, False), repeat=2)
    }
    found = {}
    for press, answered in WAYS:
        differing: set[Minute] = set()
        for (open_before, open_after), where in by_state.items():
            then = trace(before, is_open=open_before, press=press, answered=answered)
            now = trace(after, is_open=open_after, press=press, answered=answered)
            if heard(then) != heard(now):
                differing |= where
        found[press, answered] = differing
    return found


def covered(found: tuple[Difference, ...], press: tuple[str, ...], *, answered: bool) -> set[Minute]:
    """The minutes that the differences for this way, or for the beginning of it that decides, name."""
    return {
        (interval.day, minute)
        for difference in found
        if difference.path.press == press and difference.path.answered is answered
        for interval in difference.intervals
        for minute in range(interval.start, interval.end)
    }


def check(before: Fields, after: Fields) -> None:
    """Both ways: what is told is true, and what is true is told."""
    configs = configuration(before), configuration(after)
    found = differences(*configs, MONDAY)
    brute = by_brute_force(*configs)
    named = {(press, answered): covered(found, press, answered=answered) for press, answered in brute}
    for (press, answered), minutes in brute.items():
        own = named[press, answered]
        shorter = set().union(*(named[press[:length], answered] for length in range(len(press))))
        assert own <= minutes, f"told and not so: {press} {answered}"
        assert minutes <= own | shorter, f"so and not told: {press} {answered}"
    assert {(each.path.press, each.path.answered) for each in found} <= set(brute)


@settings(max_examples=150, deadline=None)
@given(pairs())
def test_the_behaviour_diff_tells_exactly_what_brute_force_finds(pair: tuple[Fields, Fields]) -> None:
    check(*pair)


@pytest.mark.slow
@settings(max_examples=5_000, deadline=None)
@given(pairs())
def test_the_behaviour_diff_tells_exactly_what_brute_force_finds_at_length(pair: tuple[Fields, Fields]) -> None:
    check(*pair)


@settings(max_examples=10, deadline=None)
@given(pairs(), st.sampled_from(["London", "New_York", "Tokyo", "Kathmandu", "Lord_Howe"]))
def test_it_is_exact_when_the_time_zone_moves(pair: tuple[Fields, Fields], timezone: str) -> None:
    before, after = pair
    check(before, {**after, "timezone": timezone})


@given(numbers)
def test_nothing_is_told_of_a_label(fields: Fields) -> None:
    renamed = {**fields, "name": "Another name"}
    assert differences(configuration(fields), configuration(renamed), MONDAY) == ()


def test_each_difference_has_the_fewest_intervals() -> None:
    after = number(opening_hours=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00"))
    found = differences(configuration(number()), configuration(after), MONDAY)
    assert [(each.start, each.end) for each in found[0].intervals if each.day == 5] == [(0, 24 * 60)]
    assert [(each.start, each.end) for each in found[0].intervals if each.day == 0] == [(0, 540), (1020, 1440)]
