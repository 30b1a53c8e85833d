"""What a test says of a text that is played."""

from __future__ import annotations

import re
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from callflow.configurations import number
from ringform.callflow.routing_test import Expectation, RoutingTest, Weekly
from ringform.callflow.testing import run
from ringform.callflow.types import Interval
from ringform.model.address import Address
from ringform.providers.phone_inc.resources.call_flow import call_flow

AS_OF = datetime(2026, 11, 23)
SALES = Address("main_number", "+14155551234")
_WORDS = st.text("ab*[]?! ", max_size=8)


def passes(text: str, plays: str) -> bool:
    fields = number(incoming_call_config={"type": "VoicemailConfig", "greeting": text})
    test = RoutingTest(0, "a test", (SALES,), Weekly((Interval(0, 600, 601),)), Expectation(plays=plays))
    (result,) = run([test], {SALES: call_flow(fields)}, {}, AS_OF)
    return result.passed


@given(_WORDS, _WORDS)
def test_a_star_stands_for_anything_and_every_other_character_for_itself(text: str, plays: str) -> None:
    pattern = ".*".join(map(re.escape, plays.split("*")))
    assert passes(text, plays) is (re.fullmatch(pattern, text) is not None)


def test_a_text_may_hold_what_patterns_are_made_of_elsewhere() -> None:
    assert passes("Press 1 for sales [EU]?", "*sales [EU]?")
    assert not passes("Press 1 for sales E", "*sales [EU]")
    assert passes("VI HAR LUKKET", "*lukket")
