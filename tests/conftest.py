from __future__ import annotations

import os
import time

import pytest
from hypothesis import settings

pytest_plugins = ["ringform.testing"]

# A busy machine is no failure of an example.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Reports for people have times on this machine's clock; wherever the tests run, they look the same.
os.environ["TZ"] = "UTC"
time.tzset()


@pytest.fixture(scope="session", autouse=True)
def _own_locks(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Applies of this process, and of those that it starts, keep their locks here and not with the user's own."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))
