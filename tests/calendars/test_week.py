"""Dates for a week: what holds on which day, whatever the dates are."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ringform.calendar.dated_hours import DatedHours, on_dates
from ringform.calendar.dates import DAY, Dates, Yearly, covers
from ringform.calendar.week import ExceptionalDay, exceptional_days, week_as_of

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NORMAL = {day: f"0{number}:00-17:00" for number, day in enumerate(NAMES)}
CHRISTMAS = date(2026, 12, 24)  # a Thursday

some_dates = st.dates(date(2026, 1, 1), date(2028, 12, 31))
days_of_year = some_dates.map(lambda day: (day.month, day.day))
spans = st.tuples(some_dates, st.integers(0, 40)).map(lambda pair: Dates(pair[0], pair[0] + pair[1] * DAY))
periods = spans | st.tuples(days_of_year, days_of_year).map(lambda pair: Yearly(*pair))
entries = st.lists(st.builds(DatedHours, periods, st.sampled_from(("closed", "10:00-12:00"))), max_size=8)


def week(today: date, given_entries: list[DatedHours]) -> dict[str, object]:
    dated = on_dates(given_entries, today, today + 7 * DAY)
    return dict(week_as_of(NORMAL, dated, today))


@given(entries, some_dates)
def test_only_weekdays_with_a_date_in_the_next_seven_days_differ(given_entries: list[DatedHours], today: date) -> None:
    week_now = week(today, given_entries)
    differing = {day for day in NAMES if week_now[day] != NORMAL[day]}
    ahead = [today + number * DAY for number in range(7)]
    assert differing <= {
        NAMES[day.weekday()] for day in ahead if any(covers(each.period, day) for each in given_entries)
    }


@given(entries, some_dates)
def test_on_a_date_its_weekday_has_its_hours_and_any_other_the_normal_ones(
    given_entries: list[DatedHours], today: date
) -> None:
    wanted = {entry.hours for entry in given_entries if covers(entry.period, today)} or {NORMAL[NAMES[today.weekday()]]}
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
    found = exceptional_days("opening_hours", NORMAL, dated, today)
    assert {each.path[1] for each in found} == {day for day in NAMES if now[day] != NORMAL[day]}
    assert {**now, **{each.path[1]: each.normal for each in found}} == NORMAL


def test_a_day_that_is_the_same_as_always_is_not_exceptional() -> None:
    dated = {CHRISTMAS: DatedHours(Dates(CHRISTMAS, CHRISTMAS), NORMAL["thu"], "Christmas Eve")}
    assert exceptional_days("opening_hours", NORMAL, dated, CHRISTMAS) == ()
    dated = {CHRISTMAS: DatedHours(Dates(CHRISTMAS, CHRISTMAS), "closed", "Christmas Eve")}
    (only,) = exceptional_days("opening_hours", NORMAL, dated, CHRISTMAS - 3 * DAY)
    assert only == ExceptionalDay(("opening_hours", "thu"), CHRISTMAS, "closed", NORMAL["thu"], "Christmas Eve")
