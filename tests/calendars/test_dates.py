"""Dates of one year and of every year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ringform.calendar.dates import DAY, Dates, Yearly, covers, day_of_year, days, on_clock

CHRISTMAS = date(2026, 12, 24)  # a Thursday


@pytest.mark.parametrize(
    ("period", "inside", "outside"),
    [
        (Yearly((12, 24), (1, 1)), ["2026-12-24", "2027-01-01", "2030-12-31"], ["2026-12-23", "2027-01-02"]),
        (Yearly((2, 29), (2, 29)), ["2028-02-29"], ["2027-02-28", "2027-03-01"]),
        (Dates(CHRISTMAS, CHRISTMAS + DAY), ["2026-12-24", "2026-12-25"], ["2026-12-26", "2027-12-24"]),
    ],
)
def test_dates_of_one_year_and_of_every_year(period: Dates | Yearly, inside: list[str], outside: list[str]) -> None:
    assert all(covers(period, date.fromisoformat(day)) for day in inside)
    assert not any(covers(period, date.fromisoformat(day)) for day in outside)


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
