"""Whom callers can reach, over a whole week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ringform.callflow.callers import Ends, Reach, Stretch
from ringform.callflow.difference import ways
from ringform.callflow.trace import trace
from ringform.callflow.types import Configuration
from ringform.callflow.week import segments

_ANY_MONDAY = date(2026, 1, 5)


def week(configuration: Configuration) -> tuple[Stretch, ...]:
    """The week from Monday 00:00 to Sunday 24:00 on the number's clock, without gaps, cut where hours begin or end."""
    reached = {state: _reach(configuration, is_open=state) for state in (True, False)}
    return tuple(
        Stretch(segment.interval, segment.open_after, reached[segment.open_after])
        for segment in segments(configuration, configuration, _ANY_MONDAY)
    )


def _reach(configuration: Configuration, *, is_open: bool) -> Reach:
    ends = set(_ends(configuration, is_open=is_open))
    if Ends.ANSWERED in ends:
        return Reach.PERSON
    return Reach.VOICEMAIL if Ends.VOICEMAIL in ends else Reach.NOBODY


def _ends(configuration: Configuration, *, is_open: bool) -> Iterator[Ends]:
    for path in ways(configuration, is_open=is_open):
        yield trace(configuration, is_open=is_open, press=path.press, answered=path.answered).ends
