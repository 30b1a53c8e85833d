"""Which fields ``ignore_changes`` leaves alone, until when, and what a plan says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ringform.model.address import Address
from ringform.model.desired import Desired, Wanted
from ringform.model.left_alone import IgnoreRule
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields
from ringform.planning.ignoring import is_in_force, left_alone, without_ignored
from ringform.planning.planner import nowhere

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
OVER = date(2026, 11, 30)
NUMBER = Address("zendesk_phone_number", "+1")


def desired(*rules: IgnoreRule, **fields: str) -> Desired:
    return Desired({NUMBER: Wanted(NUMBER, fields, ignore=rules)})


def live(**fields: str) -> Snapshot:
    return Snapshot({NUMBER: Resource(NUMBER, "1", "Desk", fields, {})})


def asked(wanted: Desired, there: Snapshot) -> Fields:
    return without_ignored(wanted, there, NOW).wanted[NUMBER].fields


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("UTC", datetime(2026, 12, 31, 23, 59, tzinfo=UTC), True),
        ("UTC", datetime(2027, 1, 1, tzinfo=UTC), False),
        ("Europe/Copenhagen", datetime(2026, 12, 31, 22, 59, tzinfo=UTC), True),
        ("Europe/Copenhagen", datetime(2026, 12, 31, 23, 0, tzinfo=UTC), False),
        ("America/New_York", datetime(2027, 1, 1, 4, 59, tzinfo=UTC), True),
        ("America/New_York", datetime(2026, 12, 31, 23, 59), True),  # on its own clock
        ("America/New_York", datetime(2027, 1, 1), False),
    ],
)
def test_until_is_the_last_day_on_the_own_clock(zone: str, moment: datetime, expected: bool) -> None:
    assert is_in_force(IgnoreRule("name", date(2026, 12, 31), zone=zone), moment) is expected


def test_a_plan_asks_for_everything_else() -> None:
    rules = IgnoreRule("nickname"), IgnoreRule("priority", OVER)
    assert asked(desired(*rules, nickname="A", priority="1", recorded="x"), live()) == {
        "priority": "1",
        "recorded": "x",
    }


def test_an_object_that_is_still_to_be_made_gets_every_field() -> None:
    assert asked(desired(IgnoreRule("nickname"), nickname="A"), Snapshot({})) == {"nickname": "A"}


def test_a_mapping_is_left_alone_with_all_its_entries_or_by_entry() -> None:
    fields = {"settings.voicemail": "a", "settings.priority": "b", "settings_of_others": "c"}
    assert asked(desired(IgnoreRule("settings"), **fields), live()) == {"settings_of_others": "c"}
    assert list(asked(desired(IgnoreRule("settings.priority"), **fields), live())) == [
        "settings.voicemail",
        "settings_of_others",
    ]


def test_only_what_is_in_force_and_differs_is_listed() -> None:
    rules = (
        IgnoreRule("nickname", date(2026, 12, 24), "Bea tries"),
        IgnoreRule("priority"),
        IgnoreRule("recorded", OVER),
        IgnoreRule("line_type"),
    )
    wanted = desired(*rules, nickname="A", priority="1", recorded="x")
    [only] = left_alone(wanted, live(nickname="B", priority="1", recorded="y", line_type="phone"), NOW, nowhere)
    assert (only.address, only.name, only.field) == (NUMBER, "Desk", "nickname")
    assert (only.until, only.reason) == (date(2026, 12, 24), "Bea tries")
    assert [(each.path, each.before, each.after) for each in only.differences] == [(("nickname",), "B", "A")]
    assert not list(left_alone(wanted, Snapshot({}), NOW, nowhere))
