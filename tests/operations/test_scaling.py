"""Twice as much of anything in a manifest is twice the work, not four times."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.growing import CONSTRUCTS, Files

from ringform.operations.calendar import agenda
from ringform.operations.check import check
from ringform.operations.test import test as run_tests

WEEKS = 8


def work_offline() -> None:
    """All that is done with a manifest without an account."""
    checked = check()
    if not any(diagnostic.is_error for diagnostic in checked.diagnostics):
        manifest = checked.valid()
        agenda(manifest, WEEKS * 7)
        run_tests(manifest)


def calls(function: Callable[[], None]) -> int:
    """How many functions are called meanwhile, those of C too: the same on every machine, however busy it is."""
    count = 0

    def counting(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def processor_time(function: Callable[[], None]) -> float:
    began = time.process_time()
    function()
    return time.process_time() - began


def write(files: Files) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")


@pytest.fixture(params=CONSTRUCTS, ids=lambda construct: construct.__name__)
def construct(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], Files]:
    monkeypatch.chdir(tmp_path)
    made: Callable[[int], Files] = request.param
    return made


def test_twice_as_much_is_not_three_times_the_work(construct: Callable[[int], Files]) -> None:
    counts = []
    for size in (100, 100, 200, 400):  # the first fills caches
        write(construct(size))
        counts.append(calls(work_offline))
    _, once, twice, four_times = counts
    # By differences: what is done once for each run would hide what is done for each pair.
    is_given_up_early = four_times < once
    assert is_given_up_early or four_times - twice < 3 * (twice - once) + 100, counts


@pytest.mark.slow
def test_twice_as_much_takes_no_three_times_as_long(construct: Callable[[int], Files]) -> None:
    """What C code does within one call is not counted above."""
    times = []
    for size in (10_000, 20_000):
        write(construct(size))
        times.append(min(processor_time(work_offline) for _ in range(2)))
    once, twice = times
    assert twice < 3 * once + 0.2, times
