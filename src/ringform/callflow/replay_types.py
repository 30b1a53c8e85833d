"""The account's last calls held against a plan, as data: which of them would have gone otherwise, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ringform.callflow.callers import Difference
from ringform.model.address import Address


class Verdict(StrEnum):
    """What would have become of a call.

    ``elsewhere``: other people would have rung, or it would have ended in another way. ``otherwise``: it would have
    gone the same way, and something else would have been noticed on it, such as another text.
    """

    ELSEWHERE = "elsewhere"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class ReplayedCall:
    """A call that would have been treated in another way.

    ``at`` is the time on the number's clock. ``answered`` tells whether a person picked up, None if that is not known.
    ``differences`` hold the ways that the call may have gone and that differ; they have no intervals. ``is_certain``
    says that the verdict holds for every way that it may have gone: no account tells which keys were pressed.
    """

    address: Address
    name: str | None
    at: datetime
    caller: str | None
    answered: bool | None
    verdict: Verdict
    is_certain: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out. ``calls`` are the ones that would have been treated in another way, newest first.

    ``read`` calls were looked at, and ``counted`` of them compared. Of the others ``not_named`` went to numbers that
    the manifest does not name; ``untold`` had not started, or nothing can be said of how their number answers.
    """

    calls: tuple[ReplayedCall, ...]
    read: int
    counted: int
    not_named: int
    untold: int

    def of(self, verdict: Verdict) -> tuple[ReplayedCall, ...]:
        """The calls with this verdict."""
        return tuple(call for call in self.calls if call.verdict is verdict)
