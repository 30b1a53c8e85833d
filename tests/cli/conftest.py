from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.harness import KEY, Ringform
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The documents' account; starting it takes milliseconds."""
    with Sandbox(key=KEY) as running:
        yield running


@pytest.fixture
def ringform(tmp_path: Path, sandbox: Sandbox) -> Iterator[Ringform]:
    """The command in an empty folder, with the documents' account. No file may hold the key at the end."""
    yield Ringform(tmp_path, sandbox)
    assert_no_key(tmp_path)


@pytest.fixture
def big(tmp_path: Path) -> Iterator[Ringform]:
    """The command with an account of 200 numbers and 2,000 contacts."""
    with Sandbox(generated_account(200, 2_000), key=KEY) as running:
        yield Ringform(tmp_path, running)
    assert_no_key(tmp_path)


@pytest.fixture
def offline(tmp_path: Path) -> Ringform:
    """The command without an account."""
    return Ringform(tmp_path)


def assert_no_key(folder: Path) -> None:
    for path in folder.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), f"the key is in {path.name}"
