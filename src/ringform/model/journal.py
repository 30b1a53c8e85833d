"""The journal of an apply: what was about to be done, from where, and how it ended; one JSON object a line.

``start`` opens a journal; each call has an ``intent`` before it is sent and a ``result`` once it has ended; ``end``
closes the journal. An intent without a result is a call of which nobody knows whether it took effect.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from ringform.model.address import Address
from ringform.model.change import Action
from ringform.model.diagnostic import Diagnostic
from ringform.model.outcome import STORED_OTHERWISE, Status
from ringform.model.values import Fields

FORMAT = "ringform.journal/v1"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One call of an apply.

    ``before`` is the object in normal form before the apply (None: it did not exist), ``expect`` the fields that the
    call was to leave, or has left, if the account stored something else. ``previous`` is the object's address before
    a rename. ``code`` says why the call is not done.
    """

    address: Address
    previous: Address | None
    name: str | None
    action: Action
    method: str
    path: str
    before: Fields | None
    expect: Fields
    status: Status
    code: str | None = None

    @property
    def may_have_worked(self) -> bool:
        """Whether the account is, or may be, another because of this call."""
        return self.status in (Status.DONE, Status.UNKNOWN) or self.code == STORED_OTHERWISE


@dataclass(frozen=True, slots=True)
class Journal:
    """What is known of one apply. ``account`` names the account as a key saw it, and is no secret.

    ``was_cut_off`` says that it has no end: the program was killed or the machine stopped. ``diagnostics`` warn of
    what may be wrong with it.
    """

    name: str
    providers: tuple[str, ...]
    account: str
    started_at: str
    tool_version: str
    plan_digest: str
    calls: int
    entries: tuple[JournalEntry, ...]
    was_cut_off: bool
    diagnostics: tuple[Diagnostic, ...] = ()

    def limited_to(self, kinds: Collection[str]) -> Journal:
        """The journal with the calls about these kinds of objects only."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.address.kind in kinds))

    def count(self, status: Status) -> int:
        """How many calls ended like that."""
        if status is Status.NOT_ATTEMPTED:
            return self.calls - len(self.entries) + sum(entry.status is status for entry in self.entries)
        return sum(entry.status is status for entry in self.entries)

    @property
    def unknown(self) -> tuple[JournalEntry, ...]:
        """The calls of which nobody knows whether they took effect."""
        return tuple(entry for entry in self.entries if entry.status is Status.UNKNOWN)
