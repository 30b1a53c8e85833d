from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.bench import Bench
from contract.case import Case, Emulator, State
from contract.cases import CASES
from ringform.execution import http
from ringform.providers import packages


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture(scope="module")
def running(case: Case) -> Iterator[tuple[Emulator, State]]:
    """One emulator for the tests of a module; each begins with the account of the start."""
    with case.start() as emulator:
        yield emulator, emulator.read()


@pytest.fixture(scope="module")
def site(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """Where the provider's package is installed, for this process too."""
    place = case.packages(tmp_path_factory.mktemp("packages"))
    if place is None:
        yield None
        return
    sys.path.insert(0, str(place))
    importlib.invalidate_caches()
    packages.installed.cache_clear()
    try:
        yield place
    finally:
        sys.path.remove(str(place))
        for name in [name for name in sys.modules if name.partition(".")[0] == "tiny_pbx"]:
            del sys.modules[name]
        packages.installed.cache_clear()


@pytest.fixture
def bench(case: Case, running: tuple[Emulator, State], site: Path | None, tmp_path: Path) -> Iterator[Bench]:
    """The provider's account and its manifest. No file may hold a secret at the end."""
    account, seed = running
    yield Bench(case, account, seed, tmp_path, site)
    assert_no_secret(tmp_path, case)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shortest waits after a 429 are real time, as the throttle has a clock of its own."""
    monkeypatch.setattr(http, "_WAIT_UNASKED", 0.02)
    monkeypatch.setattr(http, "_LEAST_WAIT", 0.02)


def assert_no_secret(folder: Path, case: Case) -> None:
    for path in folder.rglob("*"):
        for secret in case.secrets:
            assert not path.is_file() or secret.encode() not in path.read_bytes(), f"a secret is in {path.name}"
