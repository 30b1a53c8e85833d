"""One call through a configuration: what is played, who rings and for how long, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ringform.callflow.callers import Ends, Step, Trace
from ringform.callflow.types import (
    INCOMING,
    NO_ANSWER,
    OUTSIDE,
    Configuration,
    Flow,
    Menu,
    Message,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import shown


def local_time(configuration: Configuration, at: datetime) -> datetime:
    """The time on the number's clock. A time without a zone is taken to be that already.

    One that the clock skips, as it is put forward in spring, is what it shows instead: 03:30 for 02:30.
    """
    zone = zone_of(configuration.timezone)
    moment = at.replace(tzinfo=zone) if at.tzinfo is None else at
    return moment.astimezone(UTC).astimezone(zone)


def zone_of(timezone: str) -> ZoneInfo:
    """The zone of an IANA name.

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


def is_open(configuration: Configuration, local: datetime) -> bool:
    """Whether a time on the number's clock lies in its opening hours: ``[opening, closing)``."""
    interval = configuration.hours.get(local.weekday())
    return interval is not None and interval[0] <= local.hour * 60 + local.minute < interval[1]


def trace(configuration: Configuration, *, is_open: bool, press: Sequence[str] = (), answered: bool = True) -> Trace:
    """Walk one call. Each menu takes the next key of ``press``; unless ``answered``, nobody ever picks up."""
    is_outside = not is_open and configuration.outside is not None
    flow = configuration.outside if is_outside and configuration.outside else configuration.incoming
    return _Walk(configuration, list(press), answered).walk(flow, OUTSIDE if is_outside else INCOMING)


class _Walk:
    def __init__(self, configuration: Configuration, keys: list[str], answered: bool) -> None:
        self._configuration = configuration
        self._keys = keys
        self._answered = answered
        self._steps: list[Step] = []

    def walk(self, flow: Flow, slot: str) -> Trace:
        ends = self._meet(flow, slot, None)
        speaks = any(step.plays is not None for step in self._steps)
        return Trace(
            tuple(self._steps),
            ends,
            is_recorded=self._configuration.is_recorded and ends is Ends.ANSWERED,
            language=self._configuration.language if speaks else None,
        )

    def _meet(self, flow: Flow, slot: str | None, press: str | None, *, in_no_answer: bool = False) -> Ends:
        match flow:
            case Menu(plays, options):
                self._steps.append(Step("PhoneMenuConfig", slot, press, plays))
                key = self._keys.pop(0) if self._keys else None
                if key is None or key not in options:
                    return Ends.NOT_DOCUMENTED
                return self._meet(options[key], None, key, in_no_answer=in_no_answer)
            case Transfer():
                return self._ring(flow, slot, press, in_no_answer=in_no_answer)
            case Voicemail(plays):
                self._steps.append(Step("VoicemailConfig", slot, press, plays))
                return Ends.VOICEMAIL
            case Message(plays):
                self._steps.append(Step("RejectConfig" if slot else "PlayMessageConfig", slot, press, plays))
                return Ends.HANGUP
            case Unknown(name):
                self._steps.append(Step(name, slot, press))
                return Ends.NOT_DOCUMENTED

    def _ring(self, flow: Transfer, slot: str | None, press: str | None, *, in_no_answer: bool) -> Ends:
        # "The no-answer transfer rings without a timer, so it never loops back into itself."
        fallback = None if in_no_answer else self._configuration.no_answer
        seconds = None if fallback is None else self._configuration.ring_seconds
        name = "TransferConfig" if flow.plays is None else "WelcomeTransferConfig"
        self._steps.append(Step(name, slot, press, flow.plays, flow.rings, seconds))
        if self._answered:
            return Ends.ANSWERED
        if fallback is None:
            return Ends.RINGS_OUT
        return self._meet(fallback, NO_ANSWER, None, in_no_answer=True)
