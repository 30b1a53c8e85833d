"""Calls of a Phone.inc account, to look back at. They can only be read (calls document)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from ringform.model.address import Address
from ringform.model.api_error import ANOTHER_OBJECT
from ringform.model.call_record import ActiveCalls, CallFilter, CallRecord
from ringform.model.values import Json
from ringform.providers.phone_inc.resources import main_number
from ringform.providers.protocol import Reads
from ringform.providers.query import Query

MOST = 50
"""Calls that the API gives at most, newest first; there is no paging behind them (calls document, ``limit``)."""

ENDED = "ended"
"""The state of a call that is over (calls document, "Call states")."""

GOING_ON = ("initiated", "answered", "playing_audio", "transferring", "recording", "bridged")
"""The other states, in the order of a call's life (calls document, "Call states")."""

STATES = (*GOING_ON, ENDED)

_PATH = "/calls"
_ALL = CallFilter()


def recent(reads: Reads, wanted: CallFilter = _ALL) -> tuple[CallRecord, ...]:
    """Return the latest of the wanted calls, newest first.

    Raises:
        ApiError: The account gave no usable answer.
    """
    filters = {
        "phone_number": wanted.caller,
        "direction": None if wanted.is_inbound is None else "inbound" if wanted.is_inbound else "outbound",
        "state": wanted.state,
    }
    limit = min(wanted.limit or MOST, MOST)
    query = urlencode({"limit": limit, **{name: value for name, value in filters.items() if value}})
    return Query(f"{_PATH}?{query}", _records).ask(reads)


def find(reads: Reads, call_id: str) -> CallRecord:
    """Return one call by its id.

    Raises:
        ApiError: The account gave no usable answer; its status is 404 if there is no such call.
    """
    return Query(f"{_PATH}/{call_id}", partial(_with_id, call_id)).ask(reads)


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
        answers += [recent(reads, CallFilter(state=state)) for state in GOING_ON]
    going_on = [[call for call in answer if call.is_under_way] for answer in answers]
    return ActiveCalls(
        calls=tuple({call.id: call for answer in going_on for call in answer}.values()),
        # Of a filter the document says that "unknown values are silently ignored": then the answer is full as well.
        is_complete=len(latest) < MOST or all(len(answer) < MOST for answer in answers[1:]),
    )


def _records(answer: Json) -> tuple[CallRecord, ...]:
    entries = answer.get("calls") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        raise ValueError("there is no list of calls")
    return tuple(_record(entry) for entry in entries)


def _with_id(call_id: str, answer: Json) -> CallRecord:
    record = _record(answer)
    if record.id != call_id:
        raise ValueError(ANOTHER_OBJECT)
    return record


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
        number_name=_text(entry, "main_number_name"),
        state=state,
        picked_up_at=_time(_text(entry, "answered_at")),
        seconds=_seconds(entry),
        people=tuple(_people(entry)),
        summary=_text(entry, "summary"),
        transcript=tuple(_transcript(entry)),
        recording_url=_text(entry, "recording_url"),
    )


def _was_answered(entry: Mapping[str, Json], state: str) -> bool | None:
    """Whether a person picked up.

    ``answered_at`` is "null for missed or rejected calls". That it is set does not say who answered: a menu or a
    voicemail may have. ``employees`` are those "who participated in the call".
    """
    if entry.get("answered_at") is None:
        return False if state == ENDED else None
    return True if entry.get("employees") else None


def _people(entry: Mapping[str, Json]) -> Iterator[str]:
    """Yield the names of the employees who took part, and of the one who placed an outbound call."""
    initiator = entry.get("initiated_by")
    people = [*_objects(entry, "employees"), *([initiator] if isinstance(initiator, Mapping) else [])]
    yield from dict.fromkeys(name for person in people if (name := _text(person, "name")))


def _transcript(entry: Mapping[str, Json]) -> Iterator[tuple[str | None, str]]:
    segments = [(_text(each, "speaker"), _text(each, "text")) for each in _objects(entry, "transcription_segments")]
    for speaker, said in segments or [(None, _text(entry, "transcription"))]:
        if said:
            yield speaker, said


def _objects(entry: Mapping[str, Json], name: str) -> list[Mapping[str, Json]]:
    values = entry.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, Mapping) for value in values):
        raise ValueError(f"the {name} of a call is no list of objects")
    return [value for value in values if isinstance(value, Mapping)]


def _seconds(entry: Mapping[str, Json]) -> int | None:
    value = entry.get("duration")
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueError("the duration of a call is no number of seconds")
    return value


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
