"""Undo: the desired state that takes back an apply, to be planned against the account as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ringform.model.address import Address
from ringform.model.desired import Desired, Scope, Wanted
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.journal import Journal, JournalEntry
from ringform.model.kind import Kind
from ringform.model.messages import listed
from ringform.model.plan import LEFT_AS_IT_IS
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Json

_FORCE = "add --force to take it back anyway"


def scope(journal: Journal) -> Scope:
    """Return what must be read to plan the undo of an apply."""
    addresses = {address for entry in journal.entries for address in (entry.address, entry.previous) if address}
    return Scope(frozenset(addresses), frozenset(address.kind for address in addresses))


def revert(
    journal: Journal,
    live: Snapshot,
    *,
    force: bool,
    kinds: Mapping[str, Kind],
) -> tuple[Desired, list[Diagnostic]]:
    """Return the desired state that undoes an apply, and diagnostics on what it leaves as it is.

    A field is restored only while it holds what the apply set; ``force`` restores the others too. Objects of kinds that
    are not creatable cannot be deleted: what was bought stays. A field that cannot be cleared, and had no value before
    the apply, keeps its value.
    """
    undo = _Undo(live, force=force, kinds=kinds)
    for entries in journal.effects.values():
        undo.add(entries)
    undo.give_up_taken_numbers()
    undo.make_room()
    return Desired({**undo.wanted, **undo.renamed}), undo.diagnostics


def with_overwritten(live: Snapshot, journal: Journal) -> Snapshot:
    """Return the account with what the apply replaced beside the fields, for the provider to put back."""
    resources = dict(live.resources)
    for address, entries in journal.effects.items():
        if address in resources:
            overwritten = {name: value for entry in entries for name, value in entry.overwrites.items()}
            resources[address] = replace(resources[address], overwritten=overwritten)
    return replace(live, resources=resources)


class _Undo:
    """Collects the desired state. ``renamed`` are the objects that get their former address back, by that address."""

    def __init__(self, live: Snapshot, *, force: bool, kinds: Mapping[str, Kind]) -> None:
        self.live = live.resources
        self.force = force
        self.kinds = kinds
        self.wanted: dict[Address, Wanted] = {}
        self.renamed: dict[Address, Wanted] = {}
        self.diagnostics: list[Diagnostic] = []
        self._entries: dict[Address, JournalEntry] = {}

    def add(self, entries: Sequence[JournalEntry]) -> None:
        """Undo the calls to one object."""
        first = entries[0]
        now = self.live.get(first.address)
        if first.before is None:
            self._undo_create(first, now)
        elif all(entry.method == "DELETE" for entry in entries):
            self._undo_delete(first, first.before, now)
        elif first.previous is None:
            self._undo_update(entries, first.before, now)
        elif now is None:
            # The rename never took effect, or is undone already.
            self._undo_update(entries, first.before, self.live.get(first.previous))
        else:
            self._undo_rename(entries, first.before, first.previous, now)

    def _undo_create(self, entry: JournalEntry, now: Resource | None) -> None:
        if now is None:
            return
        if not self.kinds[entry.address.kind].is_creatable:
            hint = "give it up in the vendor's dashboard"
            self._leave(entry, "the apply bought it, and ringform cannot give it up", hint=hint)
            return
        if _moved(entry.expect, now.fields) and not self.force:
            self._leave(entry, "the apply created it, and it has changed since")
            return
        self.wanted[entry.address] = Wanted(entry.address, {}, absent=True)

    def _undo_delete(self, entry: JournalEntry, before: Mapping[str, Json], now: Resource | None) -> None:
        if now is not None and now.fields != before and not self.force:
            self._leave(entry, "the apply deleted it, and it exists again")
        elif now is None or now.fields != before:
            self.wanted[entry.address] = Wanted(entry.address, before)
            if now is None:
                self._note_new_id(entry.address)

    def _undo_update(self, entries: Sequence[JournalEntry], before: Mapping[str, Json], now: Resource | None) -> None:
        if now is None:
            self._leave(entries[0], "it has been deleted", hint="write it into a manifest to create it again")
        else:
            self.wanted[now.address] = Wanted(now.address, self._fields(entries, before, now))

    def _undo_rename(
        self, entries: Sequence[JournalEntry], before: Mapping[str, Json], previous: Address, now: Resource
    ) -> None:
        self.renamed[previous] = Wanted(previous, self._fields(entries, before, now), was=now.address)
        self._entries[previous] = entries[0]

    def _fields(self, entries: Sequence[JournalEntry], before: Mapping[str, Json], now: Resource) -> dict[str, Json]:
        """Return the fields to restore: those that the apply changed, without those that somebody has changed since."""
        carried = {name: value for entry in entries for name, value in entry.expect.items() if name in before}
        # A call also carries fields that it does not change: these are not restored.
        put = {name: value for name, value in carried.items() if value != before[name]}
        moved = [name for name, value in put.items() if now.fields.get(name) not in (value, before[name])]
        if moved and not self.force:
            self._leave(entries[0], f"{listed(moved)} changed since")
        fixed = self.kinds[now.address.kind].not_clearable
        kept = [name for name in put if name in fixed and before[name] is None and now.fields.get(name)]
        if kept:
            hint = "clear it in the vendor's dashboard, or set something else with a manifest"
            self._leave(entries[0], f"{listed(kept)} had no value before, and cannot be cleared", hint=hint)
        return {name: before[name] for name in put if name not in kept and (self.force or name not in moved)}

    def give_up_taken_numbers(self) -> None:
        """Give up undoing a rename whose former address another object has by now.

        An object that keeps its address can block another one's undo, hence the loop.
        """
        while taken := [back for back in self.renamed if back in self.live and not self._is_freed(back)]:
            for back in taken:
                del self.renamed[back]
                hint = "give that one another number first, or change this one with a manifest"
                self._leave(self._entries[back], f"{back.key} now belongs to another object", hint=hint)

    def _is_freed(self, address: Address) -> bool:
        is_removed = address in self.wanted and self.wanted[address].absent
        return is_removed or any(wanted.was == address for wanted in self.renamed.values())

    def make_room(self) -> None:
        """Replace renames back to an address where the apply created an object: a plan changes an address only once.

        The created object gets the fields of the renamed one, which is deleted.
        """
        while blocked := [back for back in self.renamed if back in self.wanted]:
            for back in blocked:
                wanted = self.renamed.pop(back)
                assert wanted.was is not None
                fields = {**self.live[wanted.was].fields, **wanted.fields}
                self.wanted[back] = Wanted(back, fields)
                self.wanted[wanted.was] = Wanted(wanted.was, {}, absent=True)
                self._note_new_id(back)

    def _note_new_id(self, address: Address) -> None:
        summary = f"{address.key} comes back with all its fields and a new id"
        self.diagnostics.append(Diagnostic("new-id", summary, Severity.INFO, address=address))

    def _leave(self, entry: JournalEntry, why: str, *, hint: str = _FORCE) -> None:
        summary = f"{entry.address.labelled(entry.name)} is left as it is: {why}"
        self.diagnostics.append(Diagnostic(LEFT_AS_IT_IS, summary, Severity.WARNING, hint=hint, address=entry.address))


def _moved(expected: Mapping[str, Json], now: Mapping[str, Json]) -> bool:
    return any(name in now and now[name] != value for name, value in expected.items())
