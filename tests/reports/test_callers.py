"""What callers will notice, in words."""

from __future__ import annotations

import itertools
from datetime import date

from callflow.configurations import MENU, number, random_pair

from ringform.callflow.difference import differences
from ringform.callflow.effects import Effect
from ringform.model.address import Address
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow
from ringform.reports.text import callers
from ringform.reports.text.style import Style

SALES = Address("main_number", "+14155551234")


def told(before: dict[str, Json], after: dict[str, Json], *, new_clock: str | None = None) -> str:
    found = differences(call_flow(before), call_flow(after), date(2026, 11, 16))
    return callers.render([Effect(SALES, "Sales", found, new_clock)] if found else [], {}, Style())


def test_a_menus_new_welcome_is_told_once_and_not_again_for_each_key() -> None:
    after = number(
        incoming_call_config={**MENU, "welcome": "Another"}, no_answer_config=None, no_answer_timeout_secs=None
    )
    assert told(number(incoming_call_config=MENU), after).splitlines() == [
        "What callers will notice:",
        "  Sales (+14155551234)",
        "    Mon-Fri 09:00-17:00",
        '      was: "Press a key", a menu',
        '      now: "Another", a menu',
        "    Mon-Fri 09:00-17:00, key 1, nobody answers",
        '      was: rings alex for 20 s, "Leave a message", voicemail',
        "      now: rings alex until the caller gives up",
        "    Mon-Fri 09:00-17:00, key 2, nobody answers",
        '      was: "One moment", rings bea for 20 s, "Leave a message", voicemail',
        '      now: "One moment", rings bea until the caller gives up',
    ]


def test_every_difference_that_is_told_can_be_seen_in_its_words() -> None:
    for seed in range(300):
        lines = told(*random_pair(seed)).splitlines()
        for was, now in itertools.pairwise(lines):
            if "was: " in was:
                assert was.partition("was: ")[2] != now.partition("now: ")[2], (seed, lines)


def test_a_difference_far_behind_in_a_long_text_is_seen() -> None:
    long = "Everybody is busy helping somebody else right now. " * 3
    before, after = (
        number(outside_opening_hours_config={"type": "RejectConfig", "message": long + end}) for end in ("Bye.", "Hi.")
    )
    _, _, _, was, now = told(before, after).splitlines()
    assert (was.endswith('Bye.", hangs up'), now.endswith('Hi.", hangs up')) == (True, True)


def test_of_a_number_that_moves_to_another_clock_it_is_said_which_one_the_times_are_by() -> None:
    lines = told(number(), number(timezone="London"), new_clock="Europe/London").splitlines()
    assert lines[1:3] == ["  Sales (+14155551234), on the clock of Europe/London", "    Mon-Fri 08:00-09:00"]


def test_what_comes_if_nobody_answers_is_told_where_people_ring_in_the_place_of_a_menu() -> None:
    assert told(number(incoming_call_config=MENU), number()).splitlines()[2:] == [
        "    Mon-Fri 09:00-17:00",
        '      was: "Press a key", a menu',
        "      now: rings alex and bea",
        "    Mon-Fri 09:00-17:00, nobody answers",
        '      was: "Press a key", a menu',
        '      now: rings alex and bea for 20 s, "Leave a message", voicemail',
    ]
    assert told(number(), number(incoming_call_config=MENU)).splitlines()[2:] == [
        "    Mon-Fri 09:00-17:00",
        "      was: rings alex and bea",
        '      now: "Press a key", a menu',
    ]
