"""Whom callers can reach, over a whole week."""

import pytest
from hypothesis import given

from callflow.configurations import MENU, REJECT, TRANSFER, VOICEMAIL, number, numbers
from ringform.callflow.reach import Reach, week
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow


def reach(**fields: Json) -> set[tuple[bool, Reach]]:
    return {(stretch.is_open, stretch.reach) for stretch in week(call_flow(number(**fields)))}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {(True, Reach.PERSON), (False, Reach.NOBODY)}),
        ({"outside_opening_hours_config": VOICEMAIL}, {(True, Reach.PERSON), (False, Reach.VOICEMAIL)}),
        ({"outside_opening_hours_config": None}, {(True, Reach.PERSON), (False, Reach.PERSON)}),
        ({"incoming_call_config": MENU}, {(True, Reach.PERSON), (False, Reach.NOBODY)}),
        ({"incoming_call_config": REJECT}, {(True, Reach.NOBODY), (False, Reach.NOBODY)}),
        ({"incoming_call_config": TRANSFER, "no_answer_config": REJECT}, {(True, Reach.PERSON), (False, Reach.NOBODY)}),
    ],
    ids=["rings", "voicemail outside", "the same outside", "menu", "rejects", "rejects unanswered"],
)
def test_the_best_that_a_caller_can_reach(fields: dict[str, Json], expected: set[tuple[bool, Reach]]) -> None:
    assert reach(**fields) == expected


@given(numbers)
def test_a_week_has_every_minute_once(fields: dict[str, Json]) -> None:
    stretches = week(call_flow(fields))
    minutes = [
        (each.interval.day, minute) for each in stretches for minute in range(each.interval.start, each.interval.end)
    ]
    assert len(minutes) == len(set(minutes)) == 7 * 24 * 60
