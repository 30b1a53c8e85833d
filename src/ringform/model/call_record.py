"""Calls of an account: past ones for a replay, and active ones for an apply to wait for."""

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
    """

    id: str
    number: Address | None
    caller: str | None
    is_inbound: bool
    is_under_way: bool
    started_at: datetime | None
    was_answered: bool | None


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
