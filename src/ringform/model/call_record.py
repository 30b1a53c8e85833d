"""Calls of an account: recent ones to list or replay, and active ones for an apply to wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ringform.model.address import Address


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call, in words that belong to no vendor.

    ``number`` is the account's own number (None: the account does not say which), ``caller`` the other party's, as the
    account writes it: personal data, to be masked wherever it is shown. ``started_at`` has a zone; None: the call has
    not started. ``was_answered`` says whether a person picked up; None where that is not known (yet).

    The rest is for display, as far as the account tells it. ``state`` is in the vendor's words, ``people`` are names
    of those who took part; ``seconds`` count from ``picked_up_at``, when a person or a machine answered. The transcript
    is a sequence of speakers and what they said.
    """

    id: str
    number: Address | None
    caller: str | None
    is_inbound: bool
    is_under_way: bool
    started_at: datetime | None
    was_answered: bool | None
    number_name: str | None = None
    state: str = ""
    picked_up_at: datetime | None = None
    seconds: int | None = None
    people: tuple[str, ...] = ()
    summary: str | None = None
    transcript: tuple[tuple[str | None, str], ...] = ()
    recording_url: str | None = None


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls are asked for; None: it does not matter.

    ``caller`` is the other party's number, in any writing. ``limit`` is the most calls to return; an account may not
    give as many.
    """

    caller: str | None = None
    is_inbound: bool | None = None
    state: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ActiveCalls:
    """The calls in progress, inbound and outbound: both occupy the number.

    ``is_complete`` is False when there may be more of them than the account shows.
    """

    calls: Sequence[CallRecord]
    is_complete: bool = True

    def may_be_on(self, address: Address) -> bool:
        """Return whether a call on this number is, or may be, in progress."""
        return not self.is_complete or any(call.number == address for call in self.calls)
