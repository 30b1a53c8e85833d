"""Who is on call: one at any instant, and the handover at its time on the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.calendar.rotation import Rotation

# Zones with the clocks changed on both halves of the globe, by half an hour, at midnight, and never.
ZONES = ("Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata", "UTC")

rotations = st.builds(
    Rotation,
    days=st.integers(1, 21),
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    handover=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    members=st.lists(st.sampled_from("abcde"), min_size=1, max_size=5).map(tuple),
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(rotations, zones, instants)
def test_at_any_instant_exactly_one_shift_runs(rotation: Rotation, zone: ZoneInfo, at: datetime) -> None:
    number = rotation.shift_at(at, zone)
    assert rotation.begin(number, zone) <= at < rotation.begin(number + 1, zone)
    assert rotation.member_at(at, zone) == rotation.members[max(number, 0) % len(rotation.members)]


@given(rotations, zones, st.integers(0, 60))
def test_the_handover_is_at_its_time_on_the_clock_whatever_the_season(
    rotation: Rotation, zone: ZoneInfo, number: int
) -> None:
    begin = rotation.begin(number, zone)
    local = begin.astimezone(zone)
    asked = datetime.combine(rotation.start + timedelta(days=rotation.days * number), rotation.handover)
    is_skipped = asked.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != asked
    assert is_skipped or local.replace(tzinfo=None) == asked
    instant = timedelta(seconds=1)
    assert rotation.shift_at(begin, zone) == number
    assert rotation.shift_at((begin.astimezone(UTC) - instant), zone) == number - 1


@given(rotations, zones, instants, st.integers(1, 60))
def test_shifts_follow_each_other_without_a_gap(rotation: Rotation, zone: ZoneInfo, at: datetime, days: int) -> None:
    end = at + timedelta(days=days)
    found = list(rotation.shifts(at, end, zone))
    assert all(before[3] == after[2] for before, after in pairwise(found))
    if found and found[0][2] <= at:
        assert found[-1][3] >= end


@pytest.mark.parametrize(
    ("at", "member"),
    [
        ("2026-03-23 08:59", "bea"),
        ("2026-03-23 09:00", "alex"),  # the Monday before the clocks go forward
        ("2026-03-30 08:59", "alex"),  # 167 hours later
        ("2026-03-30 09:00", "bea"),
        ("2026-10-26 08:59", "alex"),  # the Monday after they go back
        ("2026-10-26 09:00", "bea"),
        ("2025-01-01 00:00", "alex"),  # before the start
    ],
)
def test_a_week_across_the_change_of_the_clocks(at: str, member: str) -> None:
    rotation = Rotation(7, date(2026, 3, 9), time(9), ("alex", "bea"))
    zone = ZoneInfo("Europe/Copenhagen")
    assert rotation.member_at(datetime.fromisoformat(at).replace(tzinfo=zone), zone) == member


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    rotation = Rotation(1, date(2026, 3, 28), time(2, 30), ("a", "b"))
    zone = ZoneInfo("Europe/Copenhagen")
    assert rotation.begin(1, zone).isoformat() == "2026-03-29T03:30:00+02:00"
