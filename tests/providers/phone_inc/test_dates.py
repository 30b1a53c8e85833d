"""Dates and rotations of a Phone.inc manifest: which entry counts, on whose clock, for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from ringform.calendar.agenda import Agenda, Handover, HoursChange
from ringform.model.address import Address
from ringform.model.desired import Desired
from ringform.model.problem import Problem
from ringform.model.values import Json
from ringform.providers.phone_inc.provider import PhoneInc

ALEX, BEA, CLEO = (f"019daef1-085e-7000-aaaa-00000000000{number}" for number in (1, 2, 3))
HERE, THERE = "+4570000001", "+12125550130"
WEEK = {"daily": "09:00-17:00"}


def problems(document: Mapping[str, Any], as_of: str) -> Sequence[Problem]:
    return PhoneInc().parse(document, datetime.fromisoformat(as_of).date()).problems


def desired(document: Mapping[str, Any], as_of: str) -> Desired:
    moment = datetime.fromisoformat(as_of)
    parsed = PhoneInc().parse(document, moment.date())
    assert parsed.problems == []
    return parsed.desired(moment)


def agenda_of(document: Mapping[str, Any], begin: datetime, days: int) -> Agenda:
    return PhoneInc().parse(document, begin.date()).agenda(begin, days)


def week(document: Mapping[str, Any], as_of: str, number: str = HERE) -> Mapping[str, Json]:
    hours = desired(document, as_of).wanted[Address("main_number", number)].fields["opening_hours"]
    assert isinstance(hours, Mapping)
    return hours


def one_number(**sections: Any) -> dict[str, Any]:
    number = {"timezone": "Copenhagen", "opening_hours": WEEK, **sections.pop("number", {})}
    return {"main_numbers": {HERE: number}, **sections}


@pytest.mark.parametrize(
    ("top", "own", "expected"),
    [
        ({"closures": ["2026-12-24"]}, {}, "closed"),
        ({"closures": ["12-24"]}, {}, "closed"),
        ({"closures": ["12-20..01-02"]}, {}, "closed"),
        ({"closures": [{"holidays": {"country": "NO"}}]}, {}, "09:00-17:00"),
        ({"closures": [{"holidays": {"country": "CZ"}}]}, {}, "closed"),  # Christmas Eve
        ({"closures": [{"holidays": {"country": "CZ"}}], "special_hours": {"12-24": "10:00-12:00"}}, {}, "10:00-12:00"),
        ({"closures": ["12-20..12-31"], "special_hours": {"12-24": "10:00-12:00"}}, {}, "10:00-12:00"),
        ({"closures": ["12-20..12-31"], "special_hours": {"12-21..12-30": "10:00-12:00"}}, {}, "10:00-12:00"),
        ({"closures": ["2026-12-24"], "special_hours": {"12-24": "10:00-12:00"}}, {}, "closed"),
        ({"closures": ["2026-12-24"]}, {"special_hours": {"12-20..12-30": "10:00-12:00"}}, "10:00-12:00"),
        ({"special_hours": {"2026-12-24": "24h"}}, {"closures": [{"holidays": {"country": "CZ"}}]}, "closed"),
        ({"closures": ["2026-12-24"]}, {"closures": None}, "09:00-17:00"),
        ({"closures": ["2026-12-24"]}, {"closures": []}, "closed"),
        ({"closures": ["2026-12-24"], "special_hours": {"12-24": "24h"}}, {"closures": None}, "00:00-24:00"),
        ({"closures": ["12-24"], "special_hours": {"2026-12-24": "24h"}}, {"special_hours": None}, "closed"),
        ({"closures": None, "special_hours": None}, {}, "09:00-17:00"),
    ],
)
def test_which_entry_counts_for_a_date(top: Mapping[str, Any], own: Mapping[str, Any], expected: str) -> None:
    document = one_number(number=own, **top)
    for day in ("2026-12-18", "2026-12-24"):
        assert week(document, day)["thu"] == expected
    assert week(document, "2026-12-10")["fri"] == "09:00-17:00"


def test_the_day_is_that_of_the_numbers_own_clock() -> None:
    number = {"opening_hours": WEEK}
    document = {
        "closures": ["2026-12-24"],
        "main_numbers": {HERE: {"timezone": "Copenhagen", **number}, THERE: {"timezone": "New_York", **number}},
    }
    at = "2026-12-24T23:30:00+00:00"  # the 25th in Copenhagen, the 24th in New York
    assert (week(document, at, HERE)["thu"], week(document, at, THERE)["thu"]) == ("09:00-17:00", "closed")
    for local in ("2026-12-24", "2026-12-24 23:59"):
        assert (week(document, local, HERE)["thu"], week(document, local, THERE)["thu"]) == ("closed", "closed")


def rotation(**more: Any) -> dict[str, Any]:
    return {
        "rotation": {"every": "1 week", "start": "2026-11-23", "handover": "mon 09:00", "members": ["alex", "bea"]}
        | more
    }


def rings(document: Mapping[str, Any], as_of: str, number: str = HERE) -> Json:
    config = desired(document, as_of).wanted[Address("main_number", number)].fields["incoming_call_config"]
    assert isinstance(config, Mapping)
    return config["employee_ids"]


def with_groups(groups: Mapping[str, Any], *names: str) -> dict[str, Any]:
    config = {"type": "TransferConfig", "employee_ids": list(names)}
    return {
        "employees": {"alex": ALEX, "bea": BEA, "cleo": CLEO},
        "ring_groups": groups,
        "defaults": {"incoming_call_config": config},
        "main_numbers": {HERE: {"timezone": "Copenhagen"}, THERE: {"timezone": "New_York"}},
    }


def test_a_rotation_hands_over_on_the_clock_of_the_number_it_rings_for() -> None:
    document = with_groups({"on_call": rotation()}, "on_call")
    at = "2026-11-30T08:00:00+00:00"  # 09:00 in Copenhagen, 03:00 in New York
    assert (rings(document, at, HERE), rings(document, at, THERE)) == ([BEA], [ALEX])
    assert rings(document, "2026-11-30 08:59", HERE) == rings(document, "2026-11-30 08:59", THERE) == [ALEX]
    assert rings(document, "2026-11-30 09:00", HERE) == rings(document, "2026-11-30 09:00", THERE) == [BEA]


def test_with_a_clock_of_its_own_it_hands_over_everywhere_at_once() -> None:
    document = with_groups({"on_call": rotation(timezone="Copenhagen")}, "on_call")
    for at, expected in (("2026-11-30T07:59:00+00:00", [ALEX]), ("2026-11-30T08:00:00+00:00", [BEA])):
        assert rings(document, at, HERE) == rings(document, at, THERE) == expected


def test_a_rotation_is_usable_wherever_a_group_is_and_can_hold_groups() -> None:
    groups = {"team": ["bea", "cleo"], "on_call": rotation(members=["alex", "team"]), "all": ["on_call", "cleo"]}
    document = with_groups(groups, "all")
    assert rings(document, "2026-11-24") == [ALEX, CLEO]
    assert rings(document, "2026-12-01") == [BEA, CLEO]


def test_somebody_on_a_rotation_may_ring_anyway_whoever_has_the_turn() -> None:
    document = with_groups({"on_call": rotation()}, "alex", "on_call")
    assert rings(document, "2026-11-24") == [ALEX]
    assert rings(document, "2026-12-01") == [ALEX, BEA]


def test_everybody_who_takes_turns_is_looked_up_from_the_start() -> None:
    document = with_groups({"on_call": rotation()}, "on_call")
    document["employees"]["bea"] = {"email": "bea@example.com"}
    assert [each.value for each in desired(document, "2026-11-24").references] == ["bea@example.com"]


@pytest.mark.parametrize("as_of", ["2020-01-01", "2026-12-24", "2026-12-28 12:00", "2150-06-01"])
def test_whether_a_manifest_is_valid_does_not_depend_on_the_day(as_of: str) -> None:
    document = with_groups({"on_call": rotation()}, "alex", "on_call")
    document |= {"closures": ["2026-12-24", {"holidays": {"country": "DK"}}]}
    assert not [each for each in problems(document, as_of) if each.severity == "error"]


def warnings(document: Mapping[str, Any], as_of: str = "2026-12-01") -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.code, each.path) for each in problems(document, as_of)]


def test_warnings() -> None:
    place = ("main_numbers", HERE)
    closed = {"closures": ["2026-12-24"]}
    assert warnings({**closed, "main_numbers": {HERE: {"opening_hours": WEEK}}}) == [("dates-without-timezone", place)]
    assert warnings({**closed, "main_numbers": {HERE: {"name": "Sales"}}}) == [("dates-without-hours", ("closures",))]
    always_the_same = {"timezone": "Copenhagen", "opening_hours": WEEK, "outside_opening_hours_config": None}
    document: dict[str, Any] = {**closed, "main_numbers": {HERE: always_the_same}}
    assert warnings(document) == [("closure-without-effect", place)]
    document["main_numbers"][HERE] = {**always_the_same, "closures": None}
    assert warnings(document) == []
    over = one_number(closures=["2026-10-01..2026-10-30"], special_hours={"2026-10-31": "24h"})
    assert warnings(over) == [("date-over", ("closures", 0))]
    # Under martial law Ukraine has no public holidays, and the package knows of none.
    ukraine = one_number(closures=[{"holidays": {"country": "UA"}}])
    assert warnings(ukraine) == [("no-holidays", ("closures", 0, "holidays"))]
    assert warnings(ukraine, "2020-01-01") == []
    document = with_groups({"on_call": rotation()}, "on_call")
    document["main_numbers"] = {HERE: {}}
    assert warnings(document) == [("dates-without-timezone", place)]
    assert warnings(document, "2026-11-22")[0] == (
        "rotation-not-begun",
        ("ring_groups", "on_call", "rotation", "start"),
    )


def test_the_agenda_says_what_changes_when_and_why() -> None:
    document = one_number(closures=["2026-12-24", "2026-12-31"], special_hours={"2026-12-23": "10:00-12:00"})
    agenda = agenda_of(document, datetime(2026, 12, 10), 28)
    told = [
        (each.at.isoformat(), each.day, each.before, each.after, each.on and each.on.isoformat())
        for each in agenda.changes
        if isinstance(each, HoursChange)
    ]
    assert told == [
        ("2026-12-17T00:00:00+01:00", "wed", "09:00-17:00", "10:00-12:00", "2026-12-23"),
        ("2026-12-18T00:00:00+01:00", "thu", "09:00-17:00", "closed", "2026-12-24"),
        ("2026-12-24T00:00:00+01:00", "wed", "10:00-12:00", "09:00-17:00", None),
        ("2027-01-01T00:00:00+01:00", "thu", "closed", "09:00-17:00", None),
    ]


def test_the_agenda_is_what_the_days_come_to() -> None:
    """Replaying the changes of the agenda gives the week of every day."""
    document = one_number(
        closures=["12-24..12-26", "2027-01-01", {"holidays": {"country": "DK"}}],
        special_hours={"2026-12-30": "24h", "12-31": "09:00-12:00"},
    )
    agenda = agenda_of(document, datetime(2026, 12, 1), 60)
    now = dict(week(document, "2026-11-30"))
    for number in range(60):
        today = datetime.fromordinal(datetime(2026, 12, 1).toordinal() + number)
        for each in agenda.changes:
            if isinstance(each, HoursChange) and each.at.replace(tzinfo=None) == today:
                assert now[each.day] == each.before
                now[each.day] = each.after
        assert now == week(document, today.isoformat())


def test_the_agenda_has_the_handovers_of_each_clock() -> None:
    document = with_groups({"on_call": rotation(), "idle": rotation()}, "on_call")
    agenda = agenda_of(document, datetime(2026, 11, 29, tzinfo=UTC), 7)
    assert [
        (each.at.isoformat(), each.before, each.after) for each in agenda.changes if isinstance(each, Handover)
    ] == [
        ("2026-11-30T09:00:00+01:00", "alex", "bea"),
        ("2026-11-30T09:00:00-05:00", "alex", "bea"),
    ]
    assert agenda.handovers == (("Europe/Copenhagen", 0, 540), ("America/New_York", 0, 540))
    assert len(agenda.shifts) == 4
