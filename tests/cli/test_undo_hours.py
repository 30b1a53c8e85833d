"""``ringform undo`` of opening hours: the times that the account keeps for closed days come back too."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from cli.harness import Ringform
from ringform.sandbox.phone_inc.example import SALES

MANIFEST = """\
version: 1
main_numbers:
  "+14155551234":
    opening_hours: {mon-fri: 08:00-16:00, sat: 09:30-13:00, sun: closed}
"""


@pytest.fixture
def sales(ringform: Ringform) -> list[dict[str, Any]]:
    """The week of Sales in the account, closed on both days of the weekend, with times of their own."""
    assert ringform.sandbox
    account = ringform.sandbox.account
    with account.changing():
        week = account.main_number(SALES).opening_hours
        week[5] |= {"opening_at": "10:00", "closing_at": "14:00"}
        week[6] |= {"opening_at": "11:15", "closing_at": "12:00"}
    return copy.deepcopy(week)


def week(ringform: Ringform) -> list[dict[str, Any]]:
    assert ringform.sandbox
    return copy.deepcopy(ringform.sandbox.account.main_number(SALES).opening_hours)


@pytest.mark.parametrize("saved", [False, True], ids=["at once", "from a saved plan"])
def test_an_undo_puts_back_the_times_of_closed_days(ringform: Ringform, sales: Any, saved: bool) -> None:
    ringform.write(MANIFEST)
    if saved:
        assert ringform("plan", "--out", "plan.json").code == 0
    assert ringform("apply", "--yes", *(["--plan", "plan.json"] if saved else [])).code == 0
    opened = week(ringform)
    assert (opened[5]["opening_at"], opened[5]["closing_at"]) == ("09:30", "13:00")
    assert ringform("undo", "--yes").code == 0
    assert week(ringform) == sales
    assert ringform("undo", "--yes").code == 0
    assert week(ringform) == opened, "the undo of the undo"


def test_only_the_times_of_days_that_the_apply_opened_are_put_back(ringform: Ringform, sales: Any) -> None:
    ringform.write(MANIFEST)
    assert ringform("apply", "--yes").code == 0
    assert ringform.sandbox
    with ringform.sandbox.account.changing():
        ringform.sandbox.account.main_number(SALES).opening_hours[6]["closing_at"] = "18:00"
    assert ringform("undo", "--yes").code == 0
    assert week(ringform)[5] == sales[5]
    assert week(ringform)[6] == sales[6] | {"closing_at": "18:00"}, "somebody has changed it since"
