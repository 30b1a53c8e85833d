from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from ringform.sandbox.server import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with client(sandbox) as opened:
        yield opened


def client(sandbox: Sandbox) -> httpx.Client:
    return httpx.Client(base_url=sandbox.url, headers={"X-Api-Key": sandbox.key}, verify=False)
