"""A saved plan: read from its file, and held against the accounts before it is applied."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.planning import codec, staleness

if TYPE_CHECKING:
    from ringform.execution.connection import Connections
    from ringform.model.plan import Plan

_LARGEST = 256 * 1024 * 1024
"""Bytes that a file may have to be taken for a plan."""


def read(file: Path) -> codec.SavedPlan:
    """Read a plan that was saved with ``plan --out``.

    Raises:
        RingformError: The file cannot be read, or is no whole plan.
    """
    return codec.decode(_content(file), str(file))


def _content(file: Path) -> bytes:
    try:
        reason = None if file.is_file() else "it is not a file" if file.exists() else "there is no such file"
        if reason is None and file.stat().st_size > _LARGEST:
            reason = "it is too large to be a plan"
        if reason is None:
            return file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
    hint = "name the file that plan --out wrote"
    raise RingformError(Diagnostic("unreadable", f"{file} cannot be read: {reason}", hint=hint))


def refuse_overtaken(plan: Plan, name: str = "the plan") -> None:
    """Refuse a plan whose dates are over, of this process too: somebody may have thought about it overnight.

    Raises:
        Refused: The manifest's dates now ask for something else.
    """
    if refusal := staleness.overtaken(plan, datetime.now(UTC), name):
        raise Refused(refusal)


def confirmed(plan: Plan, connections: Connections, name: str = "the plan") -> Plan:
    """Return a plan that was made in another process as one of this moment, if the accounts are what it was made from.

    A plan of this process is returned as it is. ``name`` is what to call the plan in a refusal.

    Raises:
        Refused: The plan is out of date: nothing of it may be applied.
        RingformError: An account gives no usable answer.
    """
    refuse_overtaken(plan, name)
    if plan.read_at is not None:
        return plan
    # Imported here: commands that show a saved plan offline do not need the HTTP client.
    from ringform.execution.reader import observe_all

    began = time.monotonic()
    if found := staleness.moved(plan, observe_all(connections, staleness.scope_of(plan))):
        raise Refused(staleness.stale(found, name))
    return replace(plan, read_at=began)
