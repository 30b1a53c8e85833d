"""The agenda: what changes next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ringform.calendar.agenda import Agenda, Handover, HoursChange, next_change
from ringform.calendar.dates import DAY
from ringform.model.address import Address

CHRISTMAS = date(2026, 12, 24)  # a Thursday


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
