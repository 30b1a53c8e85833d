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


@pytest.fixture
def talk(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with talk_client(sandbox) as opened:
        yield opened


def talk_client(sandbox: Sandbox) -> httpx.Client:
    auth = (f"{sandbox.zendesk_email}/token", sandbox.zendesk_token)
    return httpx.Client(base_url=sandbox.zendesk_url, auth=auth, verify=False)


@pytest.fixture
def inbox(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with inbox_client(sandbox) as opened:
        yield opened


def inbox_client(sandbox: Sandbox) -> httpx.Client:
    headers = {"Authorization": f"Bearer {sandbox.oneinbox_key}"}
    return httpx.Client(base_url=sandbox.oneinbox_url, headers=headers, verify=False)
