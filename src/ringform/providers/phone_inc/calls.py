"""Calls of a Phone.inc account, to look back at. They can only be read (calls document)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from ringform.core.values import Json
from ringform.providers.base import Reads
from ringform.providers.errors import bad_answer

MOST = 50
"""Calls that the API gives at most, newest first; there is no paging behind them (calls document, ``limit``)."""

ENDED = "ended"
"""The state of a call that is over (calls document, "Call states")."""

_PATH = "/calls"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call. ``number`` is the main number in E.164 form, ``caller`` the other party's number.

    ``started_at`` is None for a call that has not started; ``was_answered`` tells a missed or rejected one.
    """

    id: str
    number: str
    caller: str
    is_inbound: bool
    state: str
    started_at: datetime | None
    was_answered: bool

    @property
    def is_under_way(self) -> bool:
        """Whether the call is still going on: any state but ``ended``."""
        return self.state != ENDED


def recent(
    reads: Reads, *, limit: int = MOST, direction: Literal["inbound", "outbound"] | None = None
) -> tuple[CallRecord, ...]:
    """The account's latest calls, newest first.

    Raises:
        ApiError: The account gave no usable answer.
    """
    query = urlencode({"limit": min(limit, MOST), **({"direction": direction} if direction else {})})
    path = f"{_PATH}?{query}"
    answer = reads.get(path)
    try:
        return tuple(_record(entry) for entry in _entries(answer))
    except ValueError as error:
        raise bad_answer(f"GET {path}", str(error)) from None


def _entries(answer: Json) -> list[Json]:
    entries = answer.get("calls") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        raise ValueError("there is no list of calls")
    return entries


def _record(entry: Json) -> CallRecord:
    if not isinstance(entry, Mapping):
        raise ValueError("a call is not an object")
    is_inbound = entry.get("direction") == "inbound"
    started = entry.get("started_at")
    return CallRecord(
        id=_text(entry, "id"),
        number=_text(entry, "main_number"),
        caller=_text(entry, "from" if is_inbound else "to"),
        is_inbound=is_inbound,
        state=_text(entry, "state"),
        started_at=datetime.fromisoformat(started) if isinstance(started, str) else None,
        was_answered=entry.get("answered_at") is not None,
    )


def _text(entry: Mapping[str, Json], name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise ValueError(f"a call has no {name}")
    return value
