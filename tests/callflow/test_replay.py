"""Replay: what it says of a call against brute force over every way that the call may have gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.configurations import MENU, REJECT, TRANSFER, number, pairs
from ringform.callflow.replay import Replay, Verdict, replay
from ringform.callflow.trace import Trace, is_open, local_time, trace
from ringform.callflow.types import Ends
from ringform.model.address import Address
from ringform.model.call_record import CallRecord
from ringform.model.change import Action, Call, Change
from ringform.model.plan import ManifestId, Plan
from ringform.model.values import Json
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.providers.phone_inc.resources.call_flow import call_flow

Fields = dict[str, Json]
SALES = Address("main_number", "+14155551234")
KEYS = ("1", "2", "3", "4", "9", "7")
PRESSED = [(), *((key,) for key in KEYS), *product(KEYS, KEYS)]
FRIDAY_AT_FOUR = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def record(at: datetime | None, *, answered: bool | None = False, number: Address | None = SALES) -> CallRecord:
    return CallRecord("id", number, "+4520123412", True, False, at, answered)


def replayed(before: Fields, after: Fields, *calls: CallRecord) -> Replay:
    change = Change(SALES, "Sales", Action.UPDATE, (), (Call("PUT", "/x", None, after),), before=before)
    changes = (change,) if before != after else ()
    plan = Plan(("phone.inc",), ManifestId((), ""), changes, 0, (), "", live={SALES: {}})
    return replay(plan, [PhoneInc()], calls)


def heard(call: Trace) -> object:
    """What can be noticed of a call, written down independently of the code under test."""
    seconds = call.ends is not Ends.ANSWERED
    steps = [(step.plays, step.rings, step.ring_seconds if seconds else None) for step in call.steps]
    return steps, call.ends, call.is_recorded, call.language


def gone(call: Trace) -> object:
    return [step.rings for step in call.steps if step.rings], call.ends


def by_brute_force(before: Fields, after: Fields, call: CallRecord) -> tuple[bool, bool]:
    """Whether the call may have gone elsewhere, and whether it may have noticed anything at all."""
    assert call.started_at is not None
    sides = [call_flow(fields) for fields in (before, after)]
    opened = [is_open(side, local_time(side, call.started_at)) for side in sides]
    traced = [
        [trace(side, is_open=state, press=press, answered=answered) for side, state in zip(sides, opened, strict=True)]
        for press in PRESSED
        for answered in ((True, False) if call.was_answered is None else (call.was_answered,))
    ]
    if call.was_answered:
        traced = [each for each in traced if each[0].ends is Ends.ANSWERED] or traced
    return (
        any(gone(then) != gone(now) for then, now in traced),
        any(heard(then) != heard(now) for then, now in traced),
    )


@settings(max_examples=300)
@given(
    pairs(),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from([True, False, None]),
    st.sampled_from(["Copenhagen", "Copenhagen", "New_York", "Lord_Howe"]),
)
def test_the_verdict_on_a_call_is_that_of_brute_force(
    pair: tuple[Fields, Fields], at: datetime, answered: bool | None, timezone: str
) -> None:
    before, after = pair[0], {**pair[1], "timezone": timezone}
    call = record(at.replace(tzinfo=UTC), answered=answered)
    elsewhere, noticed = by_brute_force(before, after, call)
    found = replayed(before, after, call)
    verdicts = [each.verdict for each in found.calls]
    assert verdicts == ([Verdict.ELSEWHERE] if elsewhere else [Verdict.OTHERWISE] if noticed else [])
    assert found.counted == 1


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)))
def test_the_time_shown_is_that_of_the_numbers_clock(at: datetime) -> None:
    found = replayed(number(), number(incoming_call_config=REJECT, outside_opening_hours_config=None), record(_utc(at)))
    for call in found.calls:
        assert call.at == _utc(at)
        assert call.at.utcoffset() in (timedelta(hours=1), timedelta(hours=2))


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)


def test_calls_that_cannot_be_compared_are_counted_apart() -> None:
    other = Address("main_number", "+4570000000")
    calls = [record(FRIDAY_AT_FOUR, number=number) for number in (SALES, other, None)]
    found = replayed(number(), number(incoming_call_config=REJECT), *calls, record(None))
    assert (found.read, found.counted, found.not_named, found.untold) == (4, 1, 2, 1)
    assert len(found.calls) == 1


def test_a_number_that_the_plan_leaves_alone_treats_every_call_as_before() -> None:
    found = replayed(number(), number(), record(FRIDAY_AT_FOUR))
    assert (found.calls, found.counted, found.untold) == ((), 1, 0)


def test_a_number_that_lacks_what_a_call_needs_is_not_told_of() -> None:
    before = {name: value for name, value in number().items() if name != "opening_hours"}
    found = replayed(before, {**before, "incoming_call_config": REJECT}, record(FRIDAY_AT_FOUR))
    assert (found.calls, found.counted, found.untold) == ((), 0, 1)


def test_only_one_key_of_a_menu_makes_it_a_perhaps() -> None:
    options = {**MENU["menu_options"], "1": {"action_type": "TransferConfig", "employee_ids": ["bea"]}}  # type: ignore[dict-item]  # a menu
    after = number(incoming_call_config={**MENU, "menu_options": options})
    unknown, picked_up = replayed(
        number(incoming_call_config=MENU), after, record(FRIDAY_AT_FOUR, answered=None), record(FRIDAY_AT_FOUR)
    ).calls
    assert (unknown.verdict, unknown.is_certain) == (Verdict.ELSEWHERE, False)
    assert {each.path.press for each in picked_up.differences} == {("1",)}


def test_a_call_that_somebody_picked_up_did_not_go_to_the_voicemail_of_a_menu() -> None:
    options = {**MENU["menu_options"], "3": {"action_type": "VoicemailConfig", "prompt": "Now"}}  # type: ignore[dict-item]  # a menu
    after = number(incoming_call_config={**MENU, "menu_options": options})
    before = number(incoming_call_config=MENU)
    assert replayed(before, after, record(FRIDAY_AT_FOUR, answered=True)).calls == ()
    [lost] = replayed(before, after, record(FRIDAY_AT_FOUR)).calls
    assert (lost.verdict, lost.is_certain) == (Verdict.OTHERWISE, False)


def test_another_text_on_the_way_to_the_same_people_is_not_elsewhere() -> None:
    before = number(incoming_call_config=TRANSFER)
    after = number(incoming_call_config={**TRANSFER, "type": "WelcomeTransferConfig", "welcome": "Hello"})
    [call] = replayed(before, after, record(FRIDAY_AT_FOUR, answered=True)).calls
    assert (call.verdict, call.is_certain) == (Verdict.OTHERWISE, True)
