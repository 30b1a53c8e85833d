"""Notes in a plan about the account: people who cannot answer yet, and numbers that the manifest does not name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ringform.model.address import Address
from ringform.model.desired import Desired
from ringform.model.diagnostic import Diagnostic, Location, Severity
from ringform.model.kind import Kind
from ringform.model.messages import counted, listed
from ringform.model.snapshot import INVITED
from ringform.model.values import FieldPath, Json

LIVE_WARNINGS = frozenset({"invitation-pending", "never-converges"})
"""The codes of warnings at a line of a manifest whose cause is in the account."""

Locate = Callable[[Address, FieldPath], Location | None]
"""Returns where a manifest sets a field of an object (an empty path: where its key is)."""


def pending_invitations(
    desired: Desired,
    names: Mapping[str, str],
    people: Mapping[str, Mapping[str, str]],
    kinds: Mapping[str, Kind],
    locate: Locate,
) -> Iterator[Diagnostic]:
    """Warn of everybody who rings in the desired state, its references resolved, and has not accepted the invitation.

    Each person gets one warning, at the first place where they ring, with the number of others.
    """
    invited = {id_ for id_, person in people.items() if person.get("state") == INVITED}
    places: dict[str, list[tuple[Address, FieldPath]]] = {}
    for address, wanted in desired.wanted.items() if invited else ():
        for path, ids in _people(wanted.fields, kinds[address.kind].id_keys, ()):
            for id_ in ids:
                if id_ in invited:
                    places.setdefault(id_, []).append((address, path))
    for id_, ((address, path), *others) in places.items():
        who = names.get(id_) or people[id_].get("name") or id_
        more = f", and in {counted(len(others), 'other place')}" if others else ""
        summary = f"{who} has not accepted the invitation to the account yet, and rings here{more}"
        hint = "ask them to accept it, or let somebody else ring until then"
        diagnostic = Diagnostic("invitation-pending", summary, Severity.WARNING, hint=hint, address=address)
        yield diagnostic.at(locate(address, path))


def _people(value: Json, keys: Collection[str], path: FieldPath) -> Iterator[tuple[FieldPath, Sequence[str]]]:
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        if isinstance(inner, Mapping):
            yield from _people(inner, keys, (*path, key))
        elif key in keys and isinstance(inner, list):
            yield (*path, key), [str(each) for each in inner]


def unmanaged_numbers(unmanaged: Collection[Address], kinds: Mapping[str, Kind]) -> Iterator[Diagnostic]:
    """Note, in one diagnostic, the account's numbers that the manifest does not name.

    Objects that can be created and deleted, such as contacts, are left out on purpose.
    """
    outside = [address.key for address in unmanaged if not kinds[address.kind].is_creatable]
    if outside:
        summary = f"the manifest does not name {counted(len(outside), 'number')} of the account: {listed(outside)}"
        hint = "nothing to do if they are to stay as they are; ringform export shows how they answer"
        yield Diagnostic("unmanaged-number", summary, Severity.INFO, hint=hint)
