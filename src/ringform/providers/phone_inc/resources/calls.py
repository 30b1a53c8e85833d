"""Calls of a Phone.inc account, to look back at. They can only be read (calls document)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from ringform.model.address import Address
from ringform.model.api_error import bad_answer
from ringform.model.call_record import ActiveCalls, CallRecord
from ringform.model.values import Json
from ringform.providers.phone_inc.resources import main_number
from ringform.providers.protocol import Reads

MOST = 50
"""Calls that the API gives at most, newest first; there is no paging behind them (calls document, ``limit``)."""

ENDED = "ended"
"""The state of a call that is over (calls document, "Call states")."""

GOING_ON = ("initiated", "answered", "playing_audio", "transferring", "recording", "bridged")
"""The other states, in the order of a call's life (calls document, "Call states")."""

_PATH = "/calls"


def recent(
    reads: Reads,
    *,
    limit: int = MOST,
    direction: Literal["inbound", "outbound"] | None = None,
    state: str | None = None,
) -> tuple[CallRecord, ...]:
    """Return the account's latest calls, newest first.

    Raises:
        ApiError: The account gave no usable answer.
    """
    filters = {"direction": direction, "state": state}
    query = urlencode({"limit": min(limit, MOST), **{name: value for name, value in filters.items() if value}})
    path = f"{_PATH}?{query}"
    answer = reads.get(path)
    try:
        return tuple(_record(entry) for entry in _entries(answer))
    except ValueError as error:
        raise bad_answer(f"GET {path}", str(error)) from None


def active(reads: Reads) -> ActiveCalls:
    """Return the calls that have not ended, in both directions: a call "placed to or from" a number occupies it.

    The API has no filter for them: ``state`` takes one value. So the latest calls are asked for whatever their state,
    in one request, and that is all while the account has had fewer calls than an answer holds. Otherwise a long call
    may be hidden behind newer ones, and each state is asked for as well, in the order of a call's life, so that a call
    which moves on meanwhile is met again. An answer full of calls that go on may hide more of them.

    Raises:
        ApiError: The account gave no usable answer.
    """
    latest = recent(reads)
    answers = [latest]
    if len(latest) >= MOST:
        answers += [recent(reads, state=state) for state in GOING_ON]
    going_on = [[call for call in answer if call.is_under_way] for answer in answers]
    return ActiveCalls(
        calls=tuple({call.id: call for answer in going_on for call in answer}.values()),
        # Of a filter the document says that "unknown values are silently ignored": then the answer is full as well.
        is_complete=len(latest) < MOST or all(len(answer) < MOST for answer in answers[1:]),
    )


def _entries(answer: Json) -> list[Json]:
    entries = answer.get("calls") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        raise ValueError("there is no list of calls")
    return entries


def _record(entry: Json) -> CallRecord:
    if not isinstance(entry, Mapping):
        raise ValueError("a call is not an object")
    is_inbound = entry.get("direction") == "inbound"
    number = _text(entry, "main_number")
    state = _text(entry, "state")
    identity = _text(entry, "id")
    if identity is None or state is None:
        raise ValueError("a call has no id or no state")
    return CallRecord(
        id=identity,
        number=Address(main_number.KIND, number) if number else None,
        caller=_text(entry, "from" if is_inbound else "to"),
        is_inbound=is_inbound,
        is_under_way=state != ENDED,
        started_at=_time(_text(entry, "started_at")),
        was_answered=_was_answered(entry, state),
    )


def _was_answered(entry: Mapping[str, Json], state: str) -> bool | None:
    """Whether a person picked up.

    ``answered_at`` is "null for missed or rejected calls". That it is set does not say who answered: a menu or a
    voicemail may have. ``employees`` are those "who participated in the call".
    """
    if entry.get("answered_at") is None:
        return False if state == ENDED else None
    return True if entry.get("employees") else None


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"the time {text[:40]!r} has no zone")
    return time


def _text(entry: Mapping[str, Json], name: str) -> str | None:
    value = entry.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"the {name} of a call is no text")
    return value
