from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.sandboxes import Site, site

from ringform.execution import http


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One sandbox for a module: each test puts its own account into it."""
    with site(tmp_path_factory.mktemp("manifests")) as running:
        yield running


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shortest waits after a 429 are real time, as the throttle has a clock of its own."""
    monkeypatch.setattr(http, "_WAIT_UNASKED", 0.02)
    monkeypatch.setattr(http, "_LEAST_WAIT", 0.02)
