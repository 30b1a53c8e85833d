"""Every sentence about routing in the Phone.inc documents, as a call."""

from datetime import UTC, datetime

import pytest

from callflow.configurations import MENU, REJECT, TRANSFER, VOICEMAIL, WELCOME, number
from ringform.callflow.trace import Trace, TraceStep, is_open, local_time, trace
from ringform.callflow.types import Ends, FlowNames, Slot, StepType, Unknown
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow

ALEX, BEA = frozenset({"alex"}), frozenset({"bea"})
BOTH = ALEX | BEA


def call(*press: str, is_open: bool = True, answered: bool = True, **fields: Json) -> Trace:
    return trace(call_flow(number(**fields)), is_open=is_open, press=press, answered=answered)


def met(found: Trace) -> list[tuple[str | None, frozenset[str] | None, int | None]]:
    return [(step.plays, step.rings, step.ring_seconds) for step in found.steps]


def test_transfer_config_transfers_the_call_to_the_chosen_employees_without_playing_a_welcome_message() -> None:
    found = call(incoming_call_config=TRANSFER)
    assert met(found) == [(None, BOTH, 20)]
    assert found.ends is Ends.ANSWERED


def test_welcome_transfer_config_plays_its_welcome_and_transfers() -> None:
    assert met(call(incoming_call_config=WELCOME)) == [("Hello", ALEX, 20)]


def test_reject_config_plays_its_message_and_the_call_ends() -> None:
    found = call(incoming_call_config=REJECT)
    assert (met(found), found.ends) == ([("We are closed", None, None)], Ends.HANGUP)


def test_voicemail_config_plays_its_greeting_and_records() -> None:
    found = call(incoming_call_config=VOICEMAIL)
    assert (met(found), found.ends) == ([("Leave a message", None, None)], Ends.VOICEMAIL)


def test_phone_menu_config_plays_its_welcome_greeting_then_waits_for_the_caller_to_press_a_single_digit() -> None:
    found = call(incoming_call_config=MENU)
    assert (met(found), found.ends) == ([("Press a key", None, None)], Ends.NOT_DOCUMENTED)


def test_a_key_that_the_menu_does_not_list_is_not_documented() -> None:
    found = call("7", incoming_call_config=MENU)
    assert (len(found.steps), found.ends) == (1, Ends.NOT_DOCUMENTED)


def test_option_transfer_config_transfers_straight_to_employee_ids() -> None:
    found = call("1", incoming_call_config=MENU)
    assert found.steps[1] == TraceStep(StepType.TRANSFER, None, "1", None, ALEX, 20), "its prompt is not played"


def test_option_welcome_transfer_config_plays_prompt_then_transfers_to_employee_ids() -> None:
    assert met(call("2", incoming_call_config=MENU))[1] == ("One moment", BEA, 20)


def test_option_voicemail_config_plays_prompt_then_records_a_voicemail() -> None:
    found = call("3", incoming_call_config=MENU)
    assert (met(found)[1], found.ends) == (("After the tone", None, None), Ends.VOICEMAIL)


def test_option_play_message_config_plays_prompt_then_hangs_up() -> None:
    found = call("4", incoming_call_config=MENU)
    assert (met(found)[1], found.ends) == (("Goodbye", None, None), Ends.HANGUP)


def test_outside_opening_hours_config_is_the_routing_configuration_used_outside_opening_hours() -> None:
    assert call(is_open=False).steps[0].slot == Slot.CLOSED


def test_outside_opening_hours_config_null_falls_back_to_incoming_call_config() -> None:
    found = call(is_open=False, outside_opening_hours_config=None)
    assert (found.steps[0].slot, found.steps[0].rings) == (Slot.INCOMING, BOTH)


def test_no_answer_config_runs_when_a_call_is_transferred_to_employees_but_nobody_answers_within_the_ring_timer() -> (
    None
):
    found = call(answered=False)
    assert [step.slot for step in found.steps] == [Slot.INCOMING, Slot.NO_ANSWER]
    assert (found.steps[0].ring_seconds, found.ends) == (20, Ends.VOICEMAIL)


@pytest.mark.parametrize("timer", [None, 0])
def test_no_timeout_means_the_no_answer_flow_is_off_and_calls_ring_until_they_end_naturally(timer: Json) -> None:
    found = call(answered=False, no_answer_timeout_secs=timer)
    assert (met(found), found.ends) == ([(None, BOTH, None)], Ends.RINGS_OUT)


def test_no_answer_config_null_means_no_fallback_is_set() -> None:
    found = call(answered=False, no_answer_config=None)
    assert (met(found), found.ends) == ([(None, BOTH, None)], Ends.RINGS_OUT)


def test_the_no_answer_transfer_rings_without_a_timer_so_it_never_loops_back_into_itself() -> None:
    found = call(answered=False, no_answer_config=WELCOME)
    assert (met(found), found.ends) == ([(None, BOTH, 20), ("Hello", ALEX, None)], Ends.RINGS_OUT)


def test_the_ring_timer_applies_to_a_transfer_from_a_menu_too() -> None:
    found = call("1", answered=False, incoming_call_config=MENU)
    assert (found.steps[1].ring_seconds, found.ends) == (20, Ends.VOICEMAIL)


def test_the_ring_timer_applies_to_a_transfer_outside_opening_hours_too() -> None:
    found = call(is_open=False, answered=False, outside_opening_hours_config=TRANSFER)
    assert (found.steps[0].ring_seconds, found.ends) == (20, Ends.VOICEMAIL)


def test_a_menu_in_the_no_answer_flow_takes_the_next_key() -> None:
    found = call("2", "3", answered=False, incoming_call_config=MENU, no_answer_config=MENU)
    assert [step.press for step in found.steps] == [None, "2", None, "3"]
    assert found.ends is Ends.VOICEMAIL


def test_a_config_type_that_the_documents_do_not_name_is_not_documented() -> None:
    assert call(incoming_call_config={"type": "QueueConfig"}).ends is Ends.NOT_DOCUMENTED


def test_a_step_has_the_names_of_the_api_or_our_own_where_it_has_none() -> None:
    names = call(incoming_call_config={"type": "QueueConfig"}).names
    assert (names.slot(Slot.CLOSED), names.step(StepType.MENU)) == ("outside_opening_hours_config", "PhoneMenuConfig")
    assert names.path(("incoming", "options", "1", "prompt")) == ("incoming_call_config", "menu_options", "1", "prompt")
    assert (FlowNames().slot(Slot.CLOSED), FlowNames().step(StepType.MENU)) == ("closed", "menu")
    assert names.step(Unknown("menu")) == "menu", "a type of the API that happens to be called like one of ours"


def test_only_answered_calls_are_recorded() -> None:
    assert call(recording_enabled=True).is_recorded
    assert not call(recording_enabled=True, incoming_call_config=REJECT).is_recorded


@pytest.mark.parametrize(
    ("time", "expected"),
    [("09:00", True), ("16:59", True), ("17:00", False), ("08:59", False)],
    ids=["opening", "last minute", "closing", "before"],
)
def test_a_call_at_closing_time_is_outside(time: str, expected: bool) -> None:
    config = call_flow(number())
    assert is_open(config, local_time(config, datetime.fromisoformat(f"2026-11-23 {time}"))) is expected


def test_24_00_is_the_end_of_the_day() -> None:
    week = dict.fromkeys(("tue", "wed", "thu", "fri", "sat", "sun"), "closed")
    config = call_flow(number(opening_hours={"mon": "18:00-24:00", **week}))
    assert is_open(config, local_time(config, datetime(2026, 11, 23, 23, 59)))
    assert not is_open(config, local_time(config, datetime(2026, 11, 24, 0, 0)))


@pytest.mark.parametrize(("month", "utc_hour"), [(1, 8), (7, 7)], ids=["winter", "summer"])
def test_opening_hours_are_read_on_the_numbers_own_clock_in_summer_and_winter(month: int, utc_hour: int) -> None:
    config = call_flow(number())
    monday = datetime(2026, month, 5 if month == 1 else 6, utc_hour, 0, tzinfo=UTC)
    local = local_time(config, monday)
    assert (local.hour, is_open(config, local)) == (9, True)
    assert not is_open(config, local_time(config, monday.replace(hour=utc_hour - 1)))
