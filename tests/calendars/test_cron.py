"""Local times as cron entries in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ringform.calendar.agenda import Agenda
from ringform.calendar.cron import schedule


@pytest.mark.parametrize(
    ("zone", "weekday", "minute", "expected"),
    [
        ("Europe/Copenhagen", None, 0, [("5 22,23 * * *", "00:05")]),
        ("Asia/Kolkata", None, 0, [("35 18 * * *", "00:05")]),
        ("Europe/Copenhagen", 0, 540, [("5 7,8 * * 1", "Mon 09:05")]),
        ("Pacific/Auckland", 0, 540, [("5 20,21 * * 0", "Mon 09:05")]),
        # Monday in summer is Sunday in winter: two entries.
        ("Europe/London", 0, 30, [("35 0 * * 1", "Mon 00:35"), ("35 23 * * 0", "Mon 00:35")]),
        ("UTC", 6, 1437, [("2 0 * * 1", "Mon 00:02")]),
    ],
)
def test_a_local_time_in_every_season(
    zone: str, weekday: int | None, minute: int, expected: list[tuple[str, str]]
) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    found = schedule(Agenda(now, now, handovers=((zone, weekday, minute),)))
    assert [(entry.cron, entry.purpose) for entry in found] == [
        (cron, f"{local} in {zone}") for cron, local in expected
    ]


def test_zones_with_the_same_times_share_an_entry() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    (only,) = schedule(Agenda(now, now, zones=("Europe/Copenhagen", "Europe/Berlin")))
    assert only.purpose == "00:05 in Europe/Copenhagen and Europe/Berlin"


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        ("Europe/Copenhagen", ["5 0 * * *", "5 9 * * 1"]),
        ("Europe/Berlin", ["5 0 * * *", "5 9 * * 1"]),
        ("Asia/Kolkata", ["35 3,4 * * *", "35 12,13 * * 1"]),
        ("Pacific/Auckland", ["5 10,11,12 * * *", "5 19,20,21 * * 1"]),
        ("Pacific/Pago_Pago", ["5 11,12 * * *", "5 20,21 * * 0"]),
    ],
)
def test_on_the_clock_of_a_machine(machine: str, expected: list[str]) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    agenda = Agenda(now, now, zones=("Europe/Copenhagen",), handovers=(("Europe/Copenhagen", 0, 540),))
    assert [entry.cron for entry in schedule(agenda, ZoneInfo(machine))] == expected
