"""Which parts of call flows routing tests are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given

from callflow.configurations import MENU, TRANSFER, VOICEMAIL, number, numbers
from ringform.callflow.answering import LeftToAccount
from ringform.callflow.coverage import Coverage, CoveragePart, FlowPart, HoursPart, KeyPart, NumberCoverage, coverage
from ringform.callflow.difference import call_paths
from ringform.callflow.routing_test import Exemption, Expectation, Once, Phase, RoutingTest, Weekly
from ringform.callflow.types import Interval, Slot
from ringform.model.address import Address
from ringform.model.values import Json
from ringform.providers.phone_inc.resources.call_flow import call_flow

SALES = Address("main_number", "+14155551234")
INCOMING, OUTSIDE, NO_ANSWER = map(FlowPart, Slot)
WEEKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
OPEN = HoursPart(True, WEEKDAYS, (540, 1020))
CLOSED = HoursPart(False, WEEKDAYS, (540, 1020))
SHUT = HoursPart(False, WEEKEND, None)
MONDAY_AT_TEN = Once(datetime(2026, 11, 23, 10))
ALL_WEEK = Weekly(tuple(Interval(day, 0, 24 * 60) for day in range(7)))


def about(when: Weekly | Once, *press: str, answered: bool = True, index: int = 0) -> RoutingTest:
    return RoutingTest(index, f"test {index}", (SALES,), when, Expectation(), press=press, answers=(answered,))


def of(*tests: RoutingTest, **fields: Json) -> NumberCoverage:
    (found,) = coverage(tests, {SALES: call_flow(number(**fields))}, {SALES: "Sales"})
    return found


def touched(*tests: RoutingTest, **fields: Json) -> list[CoveragePart]:
    return [part for part, names in of(*tests, **fields).parts if names]


def test_the_parts_are_the_flows_their_keys_and_the_hours() -> None:
    parts = [part for part, _ in of(incoming_call_config=MENU).parts]
    keys = [KeyPart(Slot.INCOMING, key) for key in "1234"]
    assert parts == [INCOMING, *keys, OUTSIDE, NO_ANSWER, OPEN, CLOSED, SHUT]


def test_a_test_is_about_what_its_call_passes() -> None:
    assert touched(about(MONDAY_AT_TEN)) == [INCOMING, OPEN]
    assert touched(about(MONDAY_AT_TEN, answered=False)) == [INCOMING, NO_ANSWER, OPEN]
    key = KeyPart(Slot.INCOMING, "2")
    assert touched(about(MONDAY_AT_TEN, "2"), incoming_call_config=MENU) == [INCOMING, key, OPEN]
    assert touched(about(MONDAY_AT_TEN, "7"), incoming_call_config=MENU) == [INCOMING, OPEN]
    second = KeyPart(Slot.NO_ANSWER, "3")
    far = about(MONDAY_AT_TEN, "1", "3", answered=False)
    assert second in touched(far, incoming_call_config=MENU, no_answer_config=MENU)


def test_a_weekly_test_is_about_all_hours_that_it_spans() -> None:
    assert touched(about(ALL_WEEK)) == [INCOMING, OUTSIDE, OPEN, CLOSED, SHUT]
    assert touched(about(Weekly((Interval(0, 960, 1080),)))) == [INCOMING, OUTSIDE, OPEN, CLOSED]


def test_what_no_call_comes_to_is_no_part() -> None:
    always = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00")
    parts = [part for part, _ in of(opening_hours=always, incoming_call_config=VOICEMAIL).parts]
    assert parts == [INCOMING, HoursPart(True, tuple(range(7)), (0, 1440))]
    assert OUTSIDE not in [part for part, _ in of(outside_opening_hours_config=None).parts]
    assert NO_ANSWER not in [part for part, _ in of(no_answer_timeout_secs=None).parts]


def test_tests_of_other_numbers_do_not_count_and_what_is_left_to_the_account_is_said() -> None:
    other = Address("main_number", "+14155555678")
    test = about(MONDAY_AT_TEN)
    first, second, *rest = coverage(
        [test], {other: call_flow(number(incoming_call_config=TRANSFER)), SALES: LeftToAccount(("timezone",))}, {}
    )
    assert (first.tested, second.parts, rest) == (0, (), [])
    assert second.problem == "the manifest leaves timezone to the account"
    assert not coverage([test], {SALES: None}, {}), "nobody can call it"


def test_the_share_is_rounded_down_and_of_nothing_it_is_everything() -> None:
    def percent(tested: int, parts: int) -> int:
        found = tuple((KeyPart(Slot.INCOMING, str(n)), ("a test",) if n < tested else ()) for n in range(parts))
        return Coverage((NumberCoverage(SALES, None, found[:1]), NumberCoverage(SALES, None, found[1:]))).percent

    assert [percent(*counts) for counts in ((0, 0), (1, 3), (199, 200), (5, 5))] == [100, 33, 99, 100]


@given(numbers)
def test_every_way_at_every_hour_is_everything(fields: dict[str, Json]) -> None:
    config = call_flow(fields)
    paths = {path for state in (True, False) for path in call_paths(config, is_open=state)}
    tests = [about(ALL_WEEK, *each.press, answered=each.answered, index=n) for n, each in enumerate(paths)]
    (found,) = coverage(tests, {SALES: config}, {})
    assert found.tested == len(found.parts) > 0


def test_a_rule_covers_every_key_of_every_number_but_those_that_are_excepted() -> None:
    bea = Address("main_number", "+14155555678")
    config = call_flow(number(incoming_call_config=MENU))
    every_key = RoutingTest(0, "a rule", (SALES, bea), Phase.OPEN, Expectation(), press=None, answers=(False, True))
    spared = replace(every_key, exemptions=(Exemption(frozenset({bea}), "by design"),))
    numbers = {SALES: config, bea: config}
    assert [each.tested for each in coverage([every_key], numbers, {})] == [7, 7]
    assert [each.tested for each in coverage([spared], numbers, {})] == [7, 0]
