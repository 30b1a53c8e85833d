"""Rules over many numbers, hours and keys against brute force: every minute of the week, every key, answered or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import Phase as HypothesisPhase
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.configurations import DAYS, MENU, REJECT, TRANSFER, number, numbers
from ringform.callflow import verdict
from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.routing_test import Exemption, Expectation, Once, Phase, RoutingTest, Weekly, When
from ringform.callflow.simulation import Simulation, simulate
from ringform.callflow.testing import run
from ringform.callflow.trace import Trace, is_open, trace
from ringform.callflow.types import CallFlow, Ends, Interval, Menu, Slot, StepType
from ringform.model.address import Address
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow

AS_OF = datetime(2026, 11, 16)
MONDAY = datetime(2026, 11, 23)
ADDRESSES = tuple(Address("main_number", f"+1415555000{index}") for index in range(3))
SALES = ADDRESSES[0]
KEYS = ("1", "2", "5", "9")
"""Every key that a menu of these tests has, and one that none has."""
SEQUENCES = [keys for length in range(3) for keys in product(KEYS, repeat=length)]
WEEK = [MONDAY + timedelta(minutes=minute) for minute in range(7 * 24 * 60)]
VOICEMAIL_ONLY = Expectation(ends=(Ends.VOICEMAIL,))


# What is wrong with a call, written down independently of the code under test.


def breaks(expect: Expectation, to: Address, call: Trace) -> bool:
    """Whether a call is not as expected."""
    rings = [step for step in call.steps if step.rings is not None]
    texts = [step.plays for step in call.steps if step.plays is not None]
    endless = any(step.ring_seconds is None for step in rings)
    seconds = sum(step.ring_seconds or 0 for step in rings)
    most = expect.rings_at_most
    return (
        (expect.rings is not None and all(step.rings != expect.rings[to] for step in rings))
        or (expect.rings_somebody and not rings)
        or (most is not None and (endless or seconds > most))
        or (expect.plays is not None and not any(like(text, expect.plays) for text in texts))
        or (expect.plays_not is not None and any(like(text, expect.plays_not) for text in texts))
        or (bool(expect.ends) and call.ends not in expect.ends)
    )


def like(text: str, pattern: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL | re.IGNORECASE) is not None


def leads_to_an_end(call: Trace, press: tuple[str, ...]) -> bool:
    """Whether the caller pressed a key in each menu, one that it has, and no further key."""
    has_stopped_in_a_menu = call.steps[-1].type is StepType.MENU
    return not has_stopped_in_a_menu and sum(step.press is not None for step in call.steps) == len(press)


def is_about(when: Weekly | Phase, flow: CallFlow, moment: datetime) -> bool:
    match when:
        case Weekly(intervals):
            minute = moment.hour * 60 + moment.minute
            return any(each.day == moment.weekday() and each.start <= minute < each.end for each in intervals)
        case Phase.ALWAYS:
            return True
        case _:
            return is_open(flow, moment) == (when is Phase.OPEN)


def by_brute_force(test: RoutingTest, to: Address, flow: CallFlow) -> list[datetime]:
    """Every minute at which some call to the number breaks the test."""

    @cache
    def is_broken(*, opened: bool) -> bool:
        calls = (
            trace(flow, is_open=opened, press=press, answered=answered)
            for press in (SEQUENCES if test.press is None else [test.press])
            for answered in test.answers
            if test.press is not None
            or leads_to_an_end(trace(flow, is_open=opened, press=press, answered=answered), press)
        )
        return any(breaks(test.expect, to, call) for call in calls)

    moments = [test.when.at] if isinstance(test.when, Once) else WEEK
    return [
        moment
        for moment in moments
        if isinstance(test.when, Once) or is_about(test.when, flow, moment)
        if is_broken(opened=is_open(flow, moment))
    ]


# Rules at random.

_minutes = st.sampled_from([0, 1, 480, 540, 541, 930, 1020, 1439, 1440])
_intervals = st.builds(
    lambda day, ends: Interval(day, min(ends), max(ends)),
    st.integers(0, 6),
    st.sets(_minutes, min_size=2, max_size=2),
)
_whens: st.SearchStrategy[When] = st.one_of(
    st.sampled_from(Phase),
    st.builds(lambda each: Weekly((each,)), _intervals),
    st.builds(lambda minutes: Once(MONDAY + timedelta(minutes=minutes)), st.integers(0, 7 * 24 * 60 - 1)),
)
_people = st.frozensets(st.sampled_from(["alex", "bea", "chris"]), min_size=1, max_size=2)
_patterns = st.sampled_from(["A", "a*", "*B", "*", "nothing"])


class Rule(NamedTuple):
    """A test without its numbers, and the places of those that are excepted."""

    when: When
    press: tuple[str, ...] | None
    answers: tuple[bool, ...]
    expect: Expectation
    excepted: frozenset[int]


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    claims = draw(st.sets(st.sampled_from(["rings", "somebody", "at_most", "plays", "plays_not", "ends"]), min_size=1))
    who = draw(st.lists(_people, min_size=3, max_size=3))
    expect = Expectation(
        rings=dict(zip(ADDRESSES, who, strict=True)) if claims == {"rings"} else None,
        rings_somebody="somebody" in claims,
        rings_at_most=draw(st.sampled_from([0, 19, 20, 60, 80])) if "at_most" in claims else None,
        plays=draw(_patterns) if "plays" in claims else None,
        plays_not=draw(_patterns) if "plays_not" in claims else None,
        ends=tuple(draw(st.sets(st.sampled_from(Ends), min_size=1, max_size=4))) if "ends" in claims else (),
    )
    return Rule(
        draw(_whens),
        draw(st.none() | st.sampled_from(SEQUENCES)),
        draw(st.sampled_from([(True,), (False,), (False, True)])),
        expect,
        draw(st.frozensets(st.integers(0, 2), max_size=1)),
    )


# A failure does not shrink: each try takes a tenth of a second.
@settings(max_examples=60, deadline=None, phases=[HypothesisPhase.generate])
@given(st.lists(numbers, min_size=1, max_size=3), rules())
def test_a_rule_fails_where_some_call_breaks_it_and_nowhere_else(configs: list[dict[str, Json]], rule: Rule) -> None:
    flows = dict(zip(ADDRESSES, map(call_flow, configs), strict=False))
    exempt = frozenset(ADDRESSES[index] for index in rule.excepted)
    exemptions = (Exemption(exempt, "by design"),) if exempt else ()
    test = RoutingTest(
        0, "a rule", tuple(flows), rule.when, rule.expect, press=rule.press, answers=rule.answers, exemptions=exemptions
    )
    result = run_one(test, flows)
    broken = {address: by_brute_force(test, address, flow) for address, flow in flows.items()}
    length = 0 if isinstance(rule.when, Once) else 1
    expected = [
        (address, length * len(minutes)) for address, minutes in broken.items() if minutes and address not in exempt
    ]
    assert [(each.address, each.minutes) for each in result.failing] == expected
    assert result.passed is (not expected)
    if expected:
        call = walked(result, flows)
        assert call.to == expected[0][0]
        assert call.at.replace(tzinfo=None) == broken[call.to][0], "it is the first call that is so"
        assert breaks(rule.expect, call.to, call.call)
        if rule.press is None:
            assert leads_to_an_end(call.call, call.press)
    spared = [each.address for each, _ in result.excepted]
    assert spared == [address for address, minutes in broken.items() if minutes and address in exempt]
    warnings = {each.code for each in result.warnings}
    is_timeless = not isinstance(rule.when, Once) and not any(
        is_about(rule.when, flow, moment) for flow in flows.values() for moment in WEEK
    )
    assert warnings == {
        *(["exception-unneeded"] if exempt and not spared else []),
        *(["matches-nothing"] if is_timeless else []),
    }


def walked(result: verdict.TestResult, flows: dict[Address, CallFlow]) -> Simulation:
    """The counterexample, walked as ``ringform simulate`` walks it, which must be the very same call."""
    example = result.counterexample
    assert example is not None
    when = result.test.when
    day, time = example.at.split()[0], example.at.split()[-1]
    moment = when.at if isinstance(when, Once) else datetime.fromisoformat(f"{_date_of(day)} {time}")
    call = simulate(
        flows[example.to], example.to, "", moment, example.press, answered=example.answered, exception=lambda _: None
    )
    assert (call.is_open, call.call) == (example.is_open, example.call)
    assert example.answered in result.test.answers
    return call


def _date_of(day: str) -> date:
    return (MONDAY + timedelta(days=[each.capitalize() for each in DAYS].index(day))).date()


def run_one(test: RoutingTest, flows: dict[Address, CallFlow], as_of: datetime = AS_OF) -> verdict.TestResult:
    (result,) = run([test], flows, dict.fromkeys(flows, "Sales"), as_of)
    return result


# What the main numbers document says, where a rule meets it.


def about(expect: Expectation, when: When = Phase.ALWAYS, **more: object) -> RoutingTest:
    return RoutingTest(0, "a rule", (SALES,), when, expect, **{"press": None, "answers": (False, True), **more})  # type: ignore[arg-type] # by name


def why(test: RoutingTest, **fields: Json) -> list[str]:
    """Why a number with these fields breaks a test; nothing if it does not."""
    return run_one(test, {SALES: call_flow(number(**fields))}).reasons({})


def test_a_transfer_in_the_no_answer_flow_rings_without_a_timer() -> None:
    at_most = about(Expectation(rings_at_most=60), press=(), answers=(False,))
    assert why(at_most) == []
    assert why(at_most, no_answer_config=TRANSFER) == [
        "expected rings_at_most: 60",
        "Sales (+14155550000), Mon 09:00 (open), nobody answers:"
        " rings alex and bea for 20 s, rings alex and bea until the caller gives up (rings without end)",
        "it fails for 40 hours of this number's week",
    ]


def test_without_a_no_answer_flow_no_timer_runs_and_whoever_answers_may_take_any_time() -> None:
    expected = "Sales (+14155550000), Mon 09:00 (open): rings alex and bea (no timer ends the ringing)"
    answered = about(Expectation(rings_at_most=60), answers=(True,))
    assert why(answered, no_answer_config=None)[1] == expected
    assert why(answered, no_answer_timeout_secs=None)[1] == expected
    assert why(answered) == []
    assert why(about(Expectation(rings_at_most=19), answers=(True,)))[1].endswith("(can ring for 20 s in all)")


def test_an_outside_flow_of_null_falls_through_to_the_incoming_one() -> None:
    closed = about(Expectation(ends=(Ends.ANSWERED, Ends.VOICEMAIL)), Phase.CLOSED)
    assert why(closed)[0] == "expected ends: answered or voicemail"
    assert why(closed, outside_opening_hours_config=None) == []


def test_any_key_is_one_of_the_menu_and_an_unlisted_one_is_not_documented() -> None:
    fields: dict[str, Json] = {"incoming_call_config": MENU, "outside_opening_hours_config": None}
    documented = Expectation(ends=tuple(set(Ends) - {Ends.NOT_DOCUMENTED}))
    assert why(about(documented), **fields) == []
    for press in (("7",), ()):
        (_, call, _) = why(about(documented, press=press), **fields)
        assert call.endswith('"Press a key", a menu (ends: not_documented)')


def test_a_menu_without_keys_is_an_end_that_is_not_documented() -> None:
    flow = CallFlow("Europe/Copenhagen", None, False, Menu("Hello", {}), None, None, None, {})
    result = run_one(about(VOICEMAIL_ONLY), {SALES: flow})
    assert result.counterexample is not None
    assert result.counterexample.call.steps[0].slot is Slot.INCOMING


def test_keys_lead_through_the_menu_of_a_no_answer_flow_too() -> None:
    expect = about(Expectation(plays_not="After the tone"), Phase.OPEN, answers=(False,))
    (_, call, _) = why(expect, incoming_call_config=MENU, no_answer_config=MENU)
    assert ", keys 1 and 3, nobody answers: " in call


# Numbers of which the manifest cannot tell, and exceptions.


def test_a_number_that_a_glob_meets_is_skipped_and_one_that_is_named_is_a_failure() -> None:
    left = LeftToAccount(("opening_hours",))
    to, unknown = ADDRESSES[:2]
    answers: dict[Address, Answering] = {to: call_flow(number()), unknown: left}
    named = RoutingTest(0, "", (to, unknown), Phase.ALWAYS, Expectation(rings_somebody=True))
    (skipping,) = run([replace(named, by_glob=frozenset({unknown}))], answers, {}, AS_OF)
    assert [each.address for each in skipping.skipped] == [unknown]
    assert [each.address for each in skipping.failing] == [to]
    (failing,) = run([named], answers, {}, AS_OF)
    assert failing.reasons({}) == [f"the manifest leaves opening_hours of {unknown.key} to the account"]
    undocumented = run([named], {to: call_flow(number()), unknown: None}, {}, AS_OF)[0]
    assert undocumented.problem == f"the vendor does not document what happens to a call to {unknown.key}"


def test_a_rule_about_skipped_numbers_alone_is_skipped_and_its_exceptions_are_not_judged() -> None:
    exemption = Exemption(frozenset({SALES}), "by design")
    rule = RoutingTest(0, "", (SALES,), Phase.OPEN, VOICEMAIL_ONLY, by_glob=frozenset({SALES}), exemptions=(exemption,))
    (result,) = run([rule], {SALES: LeftToAccount(("opening_hours",))}, {}, AS_OF)
    assert (result.passed, result.is_skipped, result.warnings) == (True, True, ())


@pytest.mark.parametrize(
    ("as_of", "holds"),
    [
        (datetime(2027, 1, 31, 23, 59), True),
        (datetime(2027, 2, 1), False),
        # Midnight in Copenhagen is an hour earlier in UTC.
        (datetime.fromisoformat("2027-01-31T22:59+00:00"), True),
        (datetime.fromisoformat("2027-01-31T23:00+00:00"), False),
    ],
)
def test_an_exception_holds_through_its_last_day_on_the_number_s_clock(as_of: datetime, *, holds: bool) -> None:
    exemption = Exemption(frozenset({SALES}), "by design", date(2027, 1, 31))
    rule = about(VOICEMAIL_ONLY, exemptions=(exemption,))
    result = run_one(rule, {SALES: call_flow(number(incoming_call_config=REJECT))}, as_of)
    assert result.passed is holds
    assert [each.code for each in result.warnings] == ([] if holds else ["exception-over"])


def test_a_rule_that_is_about_no_number_or_no_minute_passes_with_a_warning() -> None:
    open_all_week: dict[str, Json] = {"opening_hours": dict.fromkeys(DAYS, "00:00-24:00")}
    flow = call_flow(number(**open_all_week))
    nobody = RoutingTest(3, "", (), Phase.OPEN, VOICEMAIL_ONLY)
    never = RoutingTest(3, "", ADDRESSES[:1], Phase.CLOSED, VOICEMAIL_ONLY)
    neither = RoutingTest(3, "", ADDRESSES[:2], Phase.CLOSED, VOICEMAIL_ONLY)
    assert list(messages({SALES: flow, ADDRESSES[1]: flow}, nobody, never, neither)) == [
        "no number is one that this test is about",
        "no minute of the week of +14155550000 is one that this test is about",
        "no minute of the week of the 2 numbers is one that this test is about",
    ]


def messages(flows: dict[Address, CallFlow], *tests: RoutingTest) -> Iterator[str]:
    for result in run(tests, flows, {}, AS_OF):
        assert result.passed
        (warning,) = result.warnings
        assert (warning.code, warning.path) == ("matches-nothing", ("tests", 3, "name"))
        yield warning.summary


def test_more_numbers_and_their_hours_are_named_up_to_five() -> None:
    every = tuple(Address("main_number", f"+1415555000{index}") for index in range(8))
    flows = {address: call_flow(number()) for address in every}
    (result,) = run([RoutingTest(0, "", every, Phase.OPEN, VOICEMAIL_ONLY)], flows, {}, AS_OF)
    assert result.reasons({})[-1] == (
        "it fails for 40 hours of this number's week, and on 7 more numbers: +14155550001 for 40 hours,"
        " +14155550002 for 40 hours, +14155550003 for 40 hours, +14155550004 for 40 hours, +14155550005 for 40 hours"
        " and 2 more"
    )
    once = RoutingTest(0, "", every[:2], Once(MONDAY + timedelta(hours=10)), VOICEMAIL_ONLY)
    (result,) = run([once], flows, {}, AS_OF)
    assert result.reasons({})[-1] == "it fails on 1 more number: +14155550001"
