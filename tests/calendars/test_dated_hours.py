"""Which of several entries for one date counts."""

from __future__ import annotations

from datetime import date

from ringform.calendar.dated_hours import DatedHours, on_dates
from ringform.calendar.dates import DAY, Dates, Yearly

CHRISTMAS = date(2026, 12, 24)  # a Thursday


def test_the_more_particular_entry_counts() -> None:
    yearly_days = DatedHours(Yearly((12, 20), (12, 31)), "0")
    these_days = DatedHours(Dates(CHRISTMAS - DAY, CHRISTMAS + DAY), "1")
    yearly_day = DatedHours(Yearly((12, 24), (12, 24)), "2")
    this_day = DatedHours(Dates(CHRISTMAS, CHRISTMAS), "3")
    order = [yearly_days, these_days, yearly_day, this_day]
    for count in range(1, 5):
        found = on_dates(order[:count], CHRISTMAS, CHRISTMAS + DAY)
        assert found == {CHRISTMAS: order[count - 1]}
    first, second = DatedHours(this_day.period, "first"), DatedHours(this_day.period, "second")
    assert on_dates([first, second], CHRISTMAS, CHRISTMAS + DAY)[CHRISTMAS] is first
