"""Numbers that answer alike have one behaviour, and all others one of their own."""

from __future__ import annotations

import pytest

from callflow.configurations import DAYS, MENU, VOICEMAIL, number
from ringform.callflow.behaviour import Behaviours
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow


@pytest.mark.parametrize(
    "fields",
    [
        {"incoming_call_config": VOICEMAIL},
        {"outside_opening_hours_config": None},
        {"no_answer_config": None},
        {"no_answer_timeout_secs": 30},
        {"language": "en"},
        {"recording_enabled": True},
        {"incoming_call_config": {**MENU, "welcome": "Hello"}},
    ],
    ids=["incoming", "closed", "no answer", "timer", "language", "recording", "menu"],
)
def test_what_a_caller_can_notice_makes_another_behaviour(fields: dict[str, Json]) -> None:
    behaviours = Behaviours()
    menu = number(incoming_call_config=MENU)
    assert behaviours.of(call_flow(menu)) is not behaviours.of(call_flow({**menu, **fields}))


def test_hours_and_clock_make_none() -> None:
    behaviours = Behaviours()
    other = number(timezone="Berlin", opening_hours=dict.fromkeys(DAYS, "00:00-24:00"))
    assert behaviours.of(call_flow(number())) is behaviours.of(call_flow(other))
