from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sandboxes import Site, site

from ringform.sandbox.phone_inc.example import documents_account


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("manifests")
    with site(folder) as found:
        yield found


@pytest.fixture
def here(running: Site) -> Site:
    """A sandbox with the documents' own account."""
    running.hold(documents_account())
    return running
