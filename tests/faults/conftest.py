from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.sandboxes import Site, site


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One sandbox for a module: each test puts its own account into it."""
    with site(tmp_path_factory.mktemp("manifests")) as running:
        yield running
