"""Opening hours, from a manifest to the API and back."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import strategies

from ringform.providers.phone_inc.resources import hours
from ringform.providers.shared.calendar.hours import DAYS, short
from ringform.sandbox.phone_inc.opening_hours import check_opening_hours, week
from ringform.sandbox.phone_inc.validation import Errors


@st.composite
def weeks(draw: st.DrawFn) -> dict[str, str]:
    """A week in normal form, with runs of equal days."""
    clock = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 30, 59])) | st.just("24:00")
    interval = st.lists(clock, min_size=2, max_size=2, unique=True).map(lambda pair: "-".join(sorted(pair)))
    choices = draw(st.lists(interval | st.just("closed"), min_size=1, max_size=3))
    return {day: draw(st.sampled_from(choices)) for day in DAYS}


@settings(max_examples=50, deadline=None)
@given(weeks(), strategies.days())
def test_a_week_that_is_sent_is_read_back(days: dict[str, str], live: list[dict[str, Any]]) -> None:
    sent = hours.for_api(days, live)
    errors = Errors()
    stored = check_opening_hours(sent, week("08:00", "16:00", ()), errors)
    errors.raise_any()
    assert hours.normal(stored) == days
    closed = {day["day_of_week"]: day for day in live}
    for day in stored:
        if not day["open"]:
            kept = closed[day["day_of_week"]]
            assert (day["opening_at"], day["closing_at"]) == (kept["opening_at"], kept["closing_at"])


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ({"opening_at": None}, "the time an empty value on mon"),
        ({"opening_at": "09:00:00"}, "the time '09:00:00' on mon"),
        ({"closing_at": "2026-11-24T17:00:00Z"}, "the time '2026-11-24T17:00:00Z' on mon"),
        ({"closing_at": 17}, "the time '17' on mon"),
        ({"open": False, "closing_at": "25:00"}, "the time '25:00' on mon"),
        ({"open": "yes"}, "does not say whether mon is open"),
        ({"day_of_week": 6}, "sun twice"),
        ({"day_of_week": True}, "without a day_of_week from 0 to 6"),
    ],
)
def test_times_that_are_none_are_a_bad_answer(day: dict[str, Any], reason: str) -> None:
    answer: list[Any] = week("09:00", "17:00", (0, 1, 2, 3, 4))
    with pytest.raises(ValueError, match=re.escape(reason)):
        hours.normal([{**answer[0], **day}, *answer[1:]])


def test_a_week_has_seven_days_and_closed_ones_need_no_times() -> None:
    answer: list[Any] = week("09:00", "17:00", (0, 1, 2, 3, 4))
    closed = [{**each, "opening_at": None, "closing_at": None} if not each["open"] else each for each in answer]
    assert hours.normal(closed) == hours.normal(answer)
    for few in ([], answer[:6]):
        with pytest.raises(ValueError, match="opening_hours lacks"):
            hours.normal(few)


@given(weeks())
def test_the_short_form_of_a_week_reads_back(days: dict[str, str]) -> None:
    lines_of_days = short(days)
    assert hours.read(lines_of_days) == (days, [])
    lines = list(lines_of_days.values())
    assert all(one != next_one for one, next_one in pairwise(lines))


@given(strategies.days())
def test_the_apis_list_in_a_manifest_means_what_it_means_in_the_api(days: list[dict[str, Any]]) -> None:
    as_text = [{key: str(value) for key, value in day.items()} for day in days]
    assert hours.read(as_text) == (hours.normal(days), [])


@settings(max_examples=40)
@given(
    st.recursive(
        st.text(max_size=12) | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=12,
    )
)
def test_no_hours_are_a_traceback(value: object) -> None:
    days, problems = hours.read(value)
    assert problems or list(days) == list(DAYS)


@pytest.mark.parametrize("live", [None, [], [{"day_of_week": 0, "opening_at": None}], "x"])
def test_a_closed_day_without_times_in_the_account_gets_some(live: Any) -> None:
    sent = hours.for_api(dict.fromkeys(DAYS, "closed"), live)
    assert sent[0] == {"day_of_week": 0, "open": False, "opening_at": "09:00", "closing_at": "17:00"}
