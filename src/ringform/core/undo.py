"""The way back: what an apply changed, as a desired state to plan against the account as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ringform.core.address import Address
from ringform.core.desired import Desired, Scope, Wanted
from ringform.core.diagnostic import Diagnostic, Severity
from ringform.core.journal import Entry, Journal
from ringform.core.outcome import Status
from ringform.core.snapshot import Resource, Snapshot
from ringform.core.values import Json
from ringform.core.words import listed

LEFT = "moved-since"
"""The code of what an undo leaves as it is."""


def scope(journal: Journal) -> Scope:
    """What must be read to plan the way back."""
    addresses = {address for entry in journal.entries for address in (entry.address, entry.previous) if address}
    return Scope(frozenset(addresses), frozenset(address.kind for address in addresses))


def way_back(journal: Journal, live: Snapshot, *, force: bool) -> tuple[Desired, list[Diagnostic]]:
    """The desired state that undoes an apply, and what is left alone because somebody changed it since.

    A field is taken back only while it holds what the apply put there; ``force`` takes back the others too.
    """
    wanted: dict[Address, Wanted] = {}
    found: list[Diagnostic] = []
    for entries in _by_object(journal):
        first = entries[0]
        now = live.resources.get(first.address)
        if first.before is None:
            _undo_create(first, now, wanted, found, force=force)
        elif all(entry.method == "DELETE" for entry in entries):
            _undo_delete(first, now, wanted, found)
        else:
            _undo_update(entries, live, wanted, found, force=force)
    return Desired(journal.provider, wanted), found


def _by_object(journal: Journal) -> Iterable[list[Entry]]:
    """The calls that took effect, or may have, by object."""
    objects: dict[Address, list[Entry]] = {}
    for entry in journal.entries:
        if entry.status is not Status.NOT_ATTEMPTED:
            objects.setdefault(entry.address, []).append(entry)
    return objects.values()


def _undo_create(
    entry: Entry, now: Resource | None, wanted: dict[Address, Wanted], found: list[Diagnostic], *, force: bool
) -> None:
    if now is None:
        return
    if _moved(entry.expect, now.fields) and not force:
        found.append(_left(entry, "it was created by the apply and changed since"))
        return
    wanted[entry.address] = Wanted(entry.address, {}, absent=True)


def _undo_delete(entry: Entry, now: Resource | None, wanted: dict[Address, Wanted], found: list[Diagnostic]) -> None:
    if now is not None:
        if now.fields != entry.before:
            found.append(_left(entry, "it was deleted by the apply, and is there again"))
        return
    wanted[entry.address] = Wanted(entry.address, entry.before or {})
    summary = f"{entry.address.key} comes back with all its fields and a new id"
    found.append(Diagnostic("new-id", summary, Severity.INFO, address=entry.address))


def _undo_update(
    entries: list[Entry], live: Snapshot, wanted: dict[Address, Wanted], found: list[Diagnostic], *, force: bool
) -> None:
    first = entries[0]
    address, before = first.address, first.before or {}
    back = first.previous or address
    now = live.resources.get(address)
    was_renamed = first.previous is not None and now is not None
    if now is None and first.previous is not None:
        now = live.resources.get(first.previous)  # the rename never took effect, or is undone already
    if now is None:
        found.append(_left(first, "it is gone"))
        return
    put = {name: value for entry in entries for name, value in entry.expect.items() if name in before}
    moved = [name for name, value in put.items() if now.fields.get(name) not in (value, before[name])]
    if moved and not force:
        found.append(_left(first, f"{listed(moved)} changed since"))
    fields = {name: before[name] for name in put if force or name not in moved}
    wanted[back] = Wanted(back, fields, was=address if was_renamed else None)


def _moved(expected: Mapping[str, Json], now: Mapping[str, Json]) -> bool:
    return any(name in now and now[name] != value for name, value in expected.items())


def _left(entry: Entry, why: str) -> Diagnostic:
    label = f"{entry.name} ({entry.address.key})" if entry.name else entry.address.key
    return Diagnostic(
        LEFT,
        f"{label} is left as it is: {why}",
        Severity.WARNING,
        hint="add --force to take it back all the same",
        address=entry.address,
    )
