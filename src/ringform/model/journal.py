"""The journal of an apply: every call before it is sent, and its result; one JSON object a line.

``start`` opens a journal; each call has an ``intent`` before it is sent and a ``result`` once it has ended; ``end``
closes the journal. An intent without a result is a call of which nobody knows whether it took effect.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

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
    call should leave, or has left, if the account stored something else. ``previous`` is the object's address before
    a rename. ``code`` says why the call is not done. For ``overwrites`` see ``Call``.
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
    overwrites: Fields = field(default_factory=dict)

    @property
    def may_have_worked(self) -> bool:
        """Whether the call changed the account, or may have."""
        return self.status in (Status.DONE, Status.UNKNOWN) or self.code == STORED_OTHERWISE


@dataclass(frozen=True, slots=True)
class Origin:
    """Who applied, and from where, as far as it was known: all of it is text from outside.

    ``run`` is the URL of a CI system's run, ``pull_request`` the number of the one that it was for.
    """

    user: str | None = None
    host: str | None = None
    commit: str | None = None
    branch: str | None = None
    run: str | None = None
    pull_request: str | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """One apply, as its journal records it. ``account`` identifies the account without revealing the key.

    ``is_undo`` says that it took back an earlier one, ``origin`` who made it. Journals of earlier versions lack both.

    ``was_cut_off`` says that the journal has no end: the program was killed or the machine stopped. ``diagnostics``
    warn of what may be wrong with it.
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
    is_undo: bool = False
    origin: Origin = Origin()

    def limited_to(self, kinds: Collection[str]) -> Journal:
        """Return the journal with only the calls to these kinds of objects."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.address.kind in kinds))

    def count(self, status: Status) -> int:
        """Return how many calls ended with this status."""
        if status is Status.NOT_ATTEMPTED:
            return self.calls - len(self.entries) + sum(entry.status is status for entry in self.entries)
        return sum(entry.status is status for entry in self.entries)

    @property
    def effects(self) -> dict[Address, tuple[JournalEntry, ...]]:
        """The calls that took effect, or may have, by object."""
        found: dict[Address, tuple[JournalEntry, ...]] = {}
        for entry in self.entries:
            if entry.may_have_worked:
                found[entry.address] = (*found.get(entry.address, ()), entry)
        return found

    @property
    def unknown(self) -> tuple[JournalEntry, ...]:
        """The calls that may or may not have taken effect."""
        return tuple(entry for entry in self.entries if entry.status is Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The journal of the apply to take back, and those of later applies that changed nothing, newest first."""

    journal: Journal
    without_effect: tuple[Journal, ...] = ()
