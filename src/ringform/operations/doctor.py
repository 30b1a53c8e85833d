"""Looking whether an account can be used from here: the key, the way to it, what it may read, and the clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from ringform.execution.connection import Connection
from ringform.model.account_check import AccountCheck
from ringform.model.api_error import ApiError
from ringform.model.diagnostic import Diagnostic, Severity

_CLOCK_TOLERANCE = 120.0
"""Seconds that this machine's clock may differ from the server's before it is worth a word."""


def examine(connection: Connection) -> Iterator[AccountCheck]:
    """Look at one thing after the other, as they come. Only GETs are sent."""
    yield AccountCheck("account", f"{connection.provider.name} at {connection.endpoint.base_url}")
    with connection.client() as client:
        for number, probe in enumerate(connection.provider.probes):
            started = time.monotonic()
            try:
                client.send("GET", probe.path)
            except ApiError as error:
                if probe.is_of_nothing and error.status == 404:
                    yield AccountCheck(probe.what, f"can be asked for, {(time.monotonic() - started) * 1000:.0f} ms")
                    continue
                yield AccountCheck(probe.what, "cannot be read", _weighed(error, needed=probe.is_needed))
                if number == 0 and error.status in (None, 401, 404):
                    return  # nothing else can be read either, and once is enough to say so
            else:
                yield AccountCheck(probe.what, f"can be read, {(time.monotonic() - started) * 1000:.0f} ms")
        if client.server_time is not None:
            yield _clock(client.server_time, datetime.now(UTC))


def _weighed(error: ApiError, *, needed: bool) -> Diagnostic:
    return error.diagnostic if needed else replace(error.diagnostic, severity=Severity.WARNING)


def _clock(server: datetime, here: datetime) -> AccountCheck:
    """Opening hours and calendars depend on the date: a wrong clock plans for a wrong day."""
    apart = (here - server).total_seconds()
    if abs(apart) <= _CLOCK_TOLERANCE:
        return AccountCheck("clock", "agrees with the server's")
    direction = "ahead of" if apart > 0 else "behind"
    summary = f"this machine's clock is {abs(apart) / 60:.0f} minutes {direction} the server's"
    hint = "set the clock, for example by switching on network time"
    return AccountCheck("clock", "differs", Diagnostic("wrong-clock", summary, Severity.WARNING, hint=hint))
