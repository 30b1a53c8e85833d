from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.sandboxes import Site, site


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One sandbox for all examples of a module: each puts its own account into it."""
    folder: Path = tmp_path_factory.mktemp("manifests")
    with site(folder) as running:
        yield running
