from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from cli.harness import Ringform

from ringform.testing import Ended, Run


@pytest.fixture(scope="session")
def run_ringform() -> Run:
    """The command as the other tests run it: forked from a process that has done its imports, where that can be."""

    def run(arguments: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Ended:
        ended = Ringform(folder, settings=settings)(*arguments)
        return Ended(ended.code, ended.out, ended.err)

    return run
