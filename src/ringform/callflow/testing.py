"""Running routing tests: every claim is held against every call that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from itertools import pairwise

from ringform.callflow.answering import Answering, LeftToAccount
from ringform.callflow.trace import is_open, local_time, trace
from ringform.core.address import Address
from ringform.core.call_flow import Configuration
from ringform.core.callers import Trace
from ringform.core.routing_test import Counterexample, Once, RoutingTest, TestResult, Weekly
from ringform.core.words import listed

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def run(tests: Sequence[RoutingTest], numbers: Mapping[Address, Answering]) -> tuple[TestResult, ...]:
    """Run the tests, in order, against how the numbers answer."""
    return tuple(_run(test, numbers.get(test.to)) for test in tests)


def _run(test: RoutingTest, config: Answering) -> TestResult:
    if isinstance(config, LeftToAccount):
        return TestResult(test, problem=f"the manifest leaves {listed(config.fields)} of {test.to.key} to the account")
    if config is None:
        return TestResult(test, problem=f"it is not documented what happens to a call to {test.to.key}")
    for at, opened in _moments(test, config):
        call = trace(config, is_open=opened, press=test.press, answered=test.answered)
        failed = tuple(_failures(test, call))
        if failed:
            return TestResult(test, Counterexample(at, opened, call, failed))
    return TestResult(test)


def _moments(test: RoutingTest, config: Configuration) -> Iterator[tuple[str, bool]]:
    """The times that the test is about, in words, with whether the number is open: one for each stretch of it."""
    match test.when:
        case Once(at):
            local = local_time(config, at)
            yield _said(local), is_open(config, local)
        case Weekly(intervals):
            for interval in intervals:
                opening, closing = config.hours.get(interval.day, (0, 0))
                inside = (edge for edge in (opening, closing) if interval.start < edge < interval.end)
                for start, _ in pairwise(sorted({interval.start, *inside, interval.end})):
                    yield f"{_DAYS[interval.day]} {start // 60:02}:{start % 60:02}", opening <= start < closing


def _said(local: datetime) -> str:
    return f"{_DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def _failures(test: RoutingTest, call: Trace) -> Iterator[str]:
    if test.rings is not None and test.rings not in [step.rings for step in call.steps]:
        yield "rings"
    if test.plays is not None and not any(
        step.plays is not None and fnmatchcase(step.plays.casefold(), test.plays.casefold()) for step in call.steps
    ):
        yield "plays"
    if test.ends is not None and call.ends is not test.ends:
        yield "ends"
