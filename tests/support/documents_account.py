"""A sandbox with the account that the documents show, for tests of one package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ringform.sandbox.phone_inc.example import documents_account
from support.sandboxes import Site, site


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("manifests")
    with site(folder) as found:
        yield found


@pytest.fixture
def here(running: Site) -> Site:
    """Return the sandbox with the documents' account as it was."""
    running.hold(documents_account())
    return running
