"""Dates for a week: what holds on which day, whatever the dates are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.calendar.dates import (
    DAY,
    Agenda,
    DatedHours,
    Dates,
    Exceptional,
    Handover,
    HoursChange,
    Yearly,
    covers,
    day_of_year,
    days,
    exceptional,
    next_change,
    on_clock,
    on_dates,
    week_as_of,
    without_dates,
)
from ringform.model.address import Address

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NORMAL = {day: f"0{number}:00-17:00" for number, day in enumerate(NAMES)}
CHRISTMAS = date(2026, 12, 24)  # a Thursday

some_dates = st.dates(date(2026, 1, 1), date(2028, 12, 31))
days_of_year = some_dates.map(lambda day: (day.month, day.day))
spans = st.tuples(some_dates, st.integers(0, 40)).map(lambda pair: Dates(pair[0], pair[0] + pair[1] * DAY))
whens = spans | st.tuples(days_of_year, days_of_year).map(lambda pair: Yearly(*pair))
entries = st.lists(st.builds(DatedHours, whens, st.sampled_from(("closed", "10:00-12:00"))), max_size=8)


def week(today: date, given_entries: list[DatedHours]) -> dict[str, object]:
    dated = on_dates(given_entries, today, today + 7 * DAY)
    return dict(week_as_of(NORMAL, dated, today))


@given(entries, some_dates)
def test_only_weekdays_with_a_date_in_the_next_seven_days_differ(given_entries: list[DatedHours], today: date) -> None:
    week_now = week(today, given_entries)
    differing = {day for day in NAMES if week_now[day] != NORMAL[day]}
    ahead = [today + number * DAY for number in range(7)]
    assert differing <= {NAMES[day.weekday()] for day in ahead if any(covers(each.when, day) for each in given_entries)}


@given(entries, some_dates)
def test_on_a_date_its_weekday_has_its_hours_and_any_other_the_normal_ones(
    given_entries: list[DatedHours], today: date
) -> None:
    wanted = {entry.hours for entry in given_entries if covers(entry.when, today)} or {NORMAL[NAMES[today.weekday()]]}
    assert week(today, given_entries)[NAMES[today.weekday()]] in wanted


@given(some_dates, st.integers(-10, 10))
def test_a_date_governs_its_weekday_from_six_days_before_and_the_day_after_it_is_over(day: date, offset: int) -> None:
    entry = DatedHours(Dates(day, day), "closed")
    now = week(day + offset * DAY, [entry])
    expected = {**NORMAL, NAMES[day.weekday()]: "closed"} if -6 <= offset <= 0 else NORMAL
    assert now == expected


@given(entries, some_dates)
def test_what_is_exceptional_is_all_that_differs_from_the_normal_week(
    given_entries: list[DatedHours], today: date
) -> None:
    now = week(today, given_entries)
    dated = on_dates(given_entries, today, today + 7 * DAY)
    found = exceptional("opening_hours", NORMAL, dated, today)
    assert {each.path[1] for each in found} == {day for day in NAMES if now[day] != NORMAL[day]}
    assert without_dates({"opening_hours": now}, found)["opening_hours"] == NORMAL  # type: ignore[dict-item]  # texts


@pytest.mark.parametrize(
    ("when", "inside", "outside"),
    [
        (Yearly((12, 24), (1, 1)), ["2026-12-24", "2027-01-01", "2030-12-31"], ["2026-12-23", "2027-01-02"]),
        (Yearly((2, 29), (2, 29)), ["2028-02-29"], ["2027-02-28", "2027-03-01"]),
        (Dates(CHRISTMAS, CHRISTMAS + DAY), ["2026-12-24", "2026-12-25"], ["2026-12-26", "2027-12-24"]),
    ],
)
def test_dates_of_one_year_and_of_every_year(when: Dates | Yearly, inside: list[str], outside: list[str]) -> None:
    assert all(covers(when, date.fromisoformat(day)) for day in inside)
    assert not any(covers(when, date.fromisoformat(day)) for day in outside)


def test_the_more_particular_entry_counts() -> None:
    yearly_days = DatedHours(Yearly((12, 20), (12, 31)), "0")
    these_days = DatedHours(Dates(CHRISTMAS - DAY, CHRISTMAS + DAY), "1")
    yearly_day = DatedHours(Yearly((12, 24), (12, 24)), "2")
    this_day = DatedHours(Dates(CHRISTMAS, CHRISTMAS), "3")
    order = [yearly_days, these_days, yearly_day, this_day]
    for count in range(1, 5):
        found = on_dates(order[:count], CHRISTMAS, CHRISTMAS + DAY)
        assert found == {CHRISTMAS: order[count - 1]}
    first, second = DatedHours(this_day.when, "first"), DatedHours(this_day.when, "second")
    assert on_dates([first, second], CHRISTMAS, CHRISTMAS + DAY)[CHRISTMAS] is first


def test_a_day_that_is_the_same_as_always_is_not_exceptional() -> None:
    dated = {CHRISTMAS: DatedHours(Dates(CHRISTMAS, CHRISTMAS), NORMAL["thu"], "Christmas Eve")}
    assert exceptional("opening_hours", NORMAL, dated, CHRISTMAS) == ()
    dated = {CHRISTMAS: DatedHours(Dates(CHRISTMAS, CHRISTMAS), "closed", "Christmas Eve")}
    (only,) = exceptional("opening_hours", NORMAL, dated, CHRISTMAS - 3 * DAY)
    assert only == Exceptional(("opening_hours", "thu"), CHRISTMAS, "closed", NORMAL["thu"], "Christmas Eve")


def test_days_of_the_year() -> None:
    assert day_of_year(2, 29) == (2, 29)
    with pytest.raises(ValueError, match="day"):
        day_of_year(2, 30)
    assert list(days(CHRISTMAS, CHRISTMAS + 2 * DAY)) == [CHRISTMAS, CHRISTMAS + DAY]


def test_a_time_without_a_zone_is_on_any_clock() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    assert on_clock(datetime(2026, 12, 24), tokyo).isoformat() == "2026-12-24T00:00:00+09:00"
    assert on_clock(datetime(2026, 12, 23, 16, tzinfo=UTC), tokyo).date() == CHRISTMAS
    assert timedelta(days=1) == DAY


def test_the_next_change_is_one_of_these_objects_and_after_a_time_on_its_clock() -> None:
    sales, support = (Address("main_number", f"+457000000{number}") for number in (1, 2))
    copenhagen = ZoneInfo("Europe/Copenhagen")
    midnight = datetime(2026, 12, 18, tzinfo=copenhagen)
    morning = datetime(2026, 12, 21, 9, tzinfo=copenhagen)
    changes = (
        HoursChange(sales, midnight, "thu", "09:00-17:00", "closed", CHRISTMAS, None),
        Handover("on_call", morning, "alex", "bea", (sales, support)),
    )
    agenda = Agenda(midnight - DAY, morning + DAY, changes)
    assert next_change(agenda, {sales}, midnight - DAY) == midnight
    assert next_change(agenda, {support}, midnight - DAY) == morning
    assert next_change(agenda, {sales}, datetime(2026, 12, 17, 22, 59, tzinfo=UTC)) == midnight
    assert next_change(agenda, {sales}, datetime(2026, 12, 17, 23, 0, tzinfo=UTC)) == morning
    assert next_change(agenda, {sales}, datetime(2026, 12, 18)) == morning, "on its own clock"
    assert next_change(agenda, {sales}, morning) is None
    assert next_change(agenda, (), midnight - DAY) is None
