"""A probe for something that does not exist: of a vendor without lists a 404 is the good answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ringform.execution.connection import Connection
from ringform.model.api_error import ApiError
from ringform.model.diagnostic import Diagnostic
from ringform.operations.doctor import examine
from ringform.providers.oneinbox.provider import OneInbox
from ringform.providers.protocol import Endpoint


class Client:
    """Answers every request with one status."""

    server_time = datetime.now(UTC)

    def __init__(self, status: int) -> None:
        self.status = status

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, method: str, path: str) -> Any:
        raise ApiError(Diagnostic("failed", f"{self.status} to {method} {path}"), status=self.status)


@pytest.mark.parametrize(("status", "is_well"), [(404, True), (401, False), (500, False)])
def test_only_a_404_shows_that_the_account_answers(
    monkeypatch: pytest.MonkeyPatch, status: int, *, is_well: bool
) -> None:
    monkeypatch.setattr(Connection, "client", lambda self: Client(status))
    findings = list(examine(Connection(OneInbox(), Endpoint("https://api.oneinbox.ai/v1", {}, ()))))
    assert findings[1].subject == "phone numbers"
    assert (findings[1].diagnostic is None) is is_well
