"""Whom callers can reach, over a whole week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ringform.callflow.difference import call_paths
from ringform.callflow.trace import trace
from ringform.callflow.types import CallFlow, Ends, Interval
from ringform.callflow.week import segments

_ANY_MONDAY = date(2026, 1, 5)


class Reach(StrEnum):
    """The most that a caller can reach: somebody who may answer, a voicemail, or neither."""

    PERSON = "person"
    VOICEMAIL = "voicemail"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day with whom callers can reach in it, and whether the number is open."""

    interval: Interval
    is_open: bool
    reach: Reach


def week(flow: CallFlow) -> tuple[Stretch, ...]:
    """Return the week on the number's clock, Monday 00:00 first, without gaps, cut where opening hours begin or end."""
    reached = {state: _reach(flow, is_open=state) for state in (True, False)}
    return tuple(
        Stretch(segment.interval, segment.open_after, reached[segment.open_after])
        for segment in segments(flow, flow, _ANY_MONDAY)
    )


def _reach(flow: CallFlow, *, is_open: bool) -> Reach:
    ends = {
        trace(flow, is_open=is_open, press=path.press, answered=path.answered).ends
        for path in call_paths(flow, is_open=is_open)
    }
    if Ends.ANSWERED in ends:
        return Reach.PERSON
    return Reach.VOICEMAIL if Ends.VOICEMAIL in ends else Reach.NOBODY
