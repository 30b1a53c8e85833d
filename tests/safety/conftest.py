from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.harness import KEY, Ringform
from support import twelve
from support.sandboxes import Site, site

from ringform.sandbox.server import Sandbox


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One sandbox for a module: each test puts its own account into it."""
    with site(tmp_path_factory.mktemp("manifests")) as running:
        yield running


@pytest.fixture
def ringform(tmp_path: Path) -> Iterator[Ringform]:
    """The command in a folder of its own, with a sandbox that holds the account of the fault matrix."""
    with Sandbox(twelve.account(), key=KEY) as sandbox:
        started = Ringform(tmp_path, sandbox)
        started.environment["XDG_STATE_HOME"] = str(tmp_path / "state")
        yield started
