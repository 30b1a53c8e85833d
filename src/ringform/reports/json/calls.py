"""An account's calls as JSON, ``ringform.calls/v1``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ringform.model.call_record import CallRecord
from ringform.model.phone import masked
from ringform.model.values import Json
from ringform.version import __version__


def document(calls: Sequence[CallRecord], *, show_personal_data: bool) -> dict[str, Json]:
    """Return the document that ``ringform calls`` prints; without personal data callers are masked."""
    return {
        "format": "ringform.calls/v1",
        "tool_version": __version__,
        "personal_data": show_personal_data,
        "calls": [_call(call, show_personal_data=show_personal_data) for call in calls],
    }


def _call(call: CallRecord, *, show_personal_data: bool) -> dict[str, Json]:
    return {
        "id": call.id,
        "address": str(call.number) if call.number else None,
        "name": call.number_name,
        "direction": "inbound" if call.is_inbound else "outbound",
        "caller": call.caller if show_personal_data else masked(call.caller),
        "state": call.state,
        "under_way": call.is_under_way,
        "started_at": _time(call.started_at),
        "answered_at": _time(call.picked_up_at),
        "duration": call.seconds,
        "people": list(call.people),
        "summary": call.summary if show_personal_data else None,
        "transcript": [{"speaker": speaker, "text": said} for speaker, said in call.transcript]
        if show_personal_data
        else [],
        "recording_url": call.recording_url if show_personal_data else None,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
