"""The contract that every provider passes, as a pytest plugin.

In the ``conftest.py`` at the top of the tests::

    pytest_plugins = ["ringform.testing"]

and in a module of tests, a class that inherits ``ProviderContract``. ``docs/adding-a-provider.md`` goes through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ringform.sandbox.faults import Answer, Fault
from ringform.testing.bench import Bench
from ringform.testing.case import Case, Emulator, Refusal, State
from ringform.testing.contract import ProviderContract
from ringform.testing.process import Ended, Run, run_process

__all__ = ["Answer", "Bench", "Case", "Emulator", "Ended", "Fault", "ProviderContract", "Refusal", "Run", "State"]


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the mark of the tests that take long."""
    config.addinivalue_line("markers", "slow: a long exploration")


@pytest.fixture(scope="session")
def run_ringform() -> Run:
    """Return how the command is run: as a process. A project can have another fixture of this name."""
    return run_process


@pytest.fixture(scope="class")
def running_case(request: pytest.FixtureRequest) -> Iterator[tuple[Case, Emulator, State]]:
    """Yield the emulator of a class's ``case``, and what it holds at the start."""
    case: Case = request.cls.case
    with case.start() as emulator:
        yield case, emulator, emulator.read()


@pytest.fixture
def bench(
    running_case: tuple[Case, Emulator, State], run_ringform: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Yield the case's account at the start, with its manifest beside it. No file may hold a secret at the end."""
    # The shortest waits after a 429 are real time, as the throttle has a clock of its own.
    monkeypatch.setattr("ringform.execution.http._WAIT_UNASKED", 0.02)
    monkeypatch.setattr("ringform.execution.http._LEAST_WAIT", 0.02)
    case, emulator, seed = running_case
    yield Bench(case, emulator, seed, tmp_path, run_ringform)
    for path in tmp_path.rglob("*"):
        for secret in case.secrets:
            assert not path.is_file() or secret.encode() not in path.read_bytes(), f"a secret is in {path.name}"
