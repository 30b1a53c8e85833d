"""One call through a call flow: what is played, who rings and for how long, and how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ringform.callflow.types import (
    CallFlow,
    Ends,
    Flow,
    FlowNames,
    Menu,
    Message,
    People,
    Slot,
    StepType,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import listed, shown
from ringform.model.people import known_as


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One thing that a caller meets.

    A step comes from a ``slot``, or from the key that was pressed. ``ring_seconds`` is None where no timer runs.
    """

    type: StepType | Unknown
    slot: Slot | None = None
    press: str | None = None
    plays: str | None = None
    rings: People | None = None
    ring_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """A call from its first step to its end. ``names`` are the API's, for reports."""

    steps: tuple[TraceStep, ...]
    ends: Ends
    is_recorded: bool = False
    language: str | None = None
    names: FlowNames = field(default=FlowNames(), repr=False)

    def in_words(self, people: Mapping[str, str], *, longest: int | None = None) -> str:
        """Return the call in words: ``"Welcome", rings Alex and Bea for 20 s, "Sorry", voicemail``.

        ``people`` maps ids to names. Of each text at most ``longest`` characters are quoted (None: all).
        """
        parts = []
        for step in self.steps:
            if step.plays is not None:
                text = step.plays if longest is None or len(step.plays) <= longest else f"{step.plays[:longest]}..."
                parts.append(f'"{text}"')
            if step.rings is not None:
                seconds = f" for {step.ring_seconds} s" if step.ring_seconds and self.ends is not Ends.ANSWERED else ""
                parts.append(f"rings {listed(names(step.rings, people))}{seconds}")
        is_menu = bool(self.steps) and self.steps[-1].type is StepType.MENU
        match self.ends:
            case Ends.ANSWERED:
                pass
            case Ends.RINGS_OUT:
                parts[-1] += " until the caller gives up"
            case Ends.NOT_DOCUMENTED:
                parts.append("a menu" if is_menu else "nothing that is documented")
            case Ends.VOICEMAIL:
                parts.append("voicemail")
            case Ends.HANGUP:
                parts.append("hangs up")
        return ", ".join(parts)


def names(ids: Iterable[str], people: Mapping[str, str]) -> list[str]:
    """Return the names of people in alphabetical order; an id without a name stands for itself."""
    return sorted((known_as(people, "", id_) or id_ for id_ in sorted(ids)), key=str.casefold)


def local_time(flow: CallFlow, at: datetime) -> datetime:
    """Return the time on the number's clock. A time without a zone is taken to be that already.

    One that the clock skips, as it is put forward in spring, is what it shows instead: 03:30 for 02:30.
    """
    zone = zone_of(flow.timezone)
    moment = at.replace(tzinfo=zone) if at.tzinfo is None else at
    return moment.astimezone(UTC).astimezone(zone)


def zone_of(timezone: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises:
        RingformError: There is no such zone.
    """
    try:
        return ZoneInfo(timezone)
    except (ValueError, KeyError, OSError):
        hint = "update ringform's list of time zones: pip install --upgrade tzdata"
        raise RingformError(
            Diagnostic("unknown-zone", f"{shown(timezone)} is not a known time zone", hint=hint)
        ) from None


def is_open(flow: CallFlow, local: datetime) -> bool:
    """Return whether a time on the number's clock lies in its opening hours: ``[opening, closing)``."""
    interval = flow.hours.get(local.weekday())
    return interval is not None and interval[0] <= local.hour * 60 + local.minute < interval[1]


def trace(flow: CallFlow, *, is_open: bool, press: Sequence[str] = (), answered: bool = True) -> Trace:
    """Walk one call. Each menu takes the next key of ``press``; unless ``answered``, nobody ever picks up."""
    walk = _Walk(flow, list(press), answered)
    if not is_open and flow.closed is not None:
        return walk.walk(flow.closed, Slot.CLOSED)
    return walk.walk(flow.incoming, Slot.INCOMING)


class _Walk:
    def __init__(self, flow: CallFlow, keys: list[str], answered: bool) -> None:
        self._flow = flow
        self._keys = keys
        self._answered = answered
        self._steps: list[TraceStep] = []

    def walk(self, first: Flow, slot: Slot) -> Trace:
        ends = self._meet(first, slot, None)
        speaks = any(step.plays is not None for step in self._steps)
        return Trace(
            tuple(self._steps),
            ends,
            is_recorded=self._flow.is_recorded and ends is Ends.ANSWERED,
            language=self._flow.language if speaks else None,
            names=self._flow.names,
        )

    def _meet(self, flow: Flow, slot: Slot | None, press: str | None, *, in_no_answer: bool = False) -> Ends:
        match flow:
            case Menu(plays, options):
                self._steps.append(TraceStep(StepType.MENU, slot, press, plays))
                key = self._keys.pop(0) if self._keys else None
                if key is None or key not in options:
                    return Ends.NOT_DOCUMENTED
                return self._meet(options[key], None, key, in_no_answer=in_no_answer)
            case Transfer():
                return self._ring(flow, slot, press, in_no_answer=in_no_answer)
            case Voicemail(plays):
                self._steps.append(TraceStep(StepType.VOICEMAIL, slot, press, plays))
                return Ends.VOICEMAIL
            case Message(plays):
                self._steps.append(TraceStep(StepType.MESSAGE if slot else StepType.MENU_MESSAGE, slot, press, plays))
                return Ends.HANGUP
            case Unknown():
                self._steps.append(TraceStep(flow, slot, press))
                return Ends.NOT_DOCUMENTED

    def _ring(self, flow: Transfer, slot: Slot | None, press: str | None, *, in_no_answer: bool) -> Ends:
        # "The no-answer transfer rings without a timer, so it never loops back into itself."
        fallback = None if in_no_answer else self._flow.no_answer
        seconds = None if fallback is None else self._flow.ring_seconds
        type_ = StepType.TRANSFER if flow.plays is None else StepType.WELCOME_TRANSFER
        self._steps.append(TraceStep(type_, slot, press, flow.plays, flow.rings, seconds))
        if self._answered:
            return Ends.ANSWERED
        if fallback is None:
            return Ends.RINGS_OUT
        return self._meet(fallback, Slot.NO_ANSWER, None, in_no_answer=True)
