"""Notes in a plan about the account: people who cannot answer yet, and numbers that the manifest does not name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ringform.model.address import Address
from ringform.model.desired import Desired
from ringform.model.diagnostic import Diagnostic, Location, Severity
from ringform.model.kind import Kind
from ringform.model.messages import counted, listed
from ringform.model.snapshot import INVITED, Snapshot
from ringform.model.values import FieldPath, Json

_FEW = 5
"""The most objects that are named, and the most beside a short list that may be there by mistake."""

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


def unlisted(desired: Desired, live: Snapshot, kinds: Mapping[str, Kind]) -> Iterator[Diagnostic]:
    """Note the few objects of a kind, such as contacts, that the account has beside those of the manifest.

    Somebody may have deleted their lines and expect them to go. Where many are not listed, that is meant.
    """
    for kind in kinds.values():
        if not kind.is_creatable or kind.name in desired.exclusive:
            continue
        listed_here = sum(address.kind == kind.name and not each.absent for address, each in desired.wanted.items())
        named = {each.was or address for address, each in desired.wanted.items()} | set(desired.wanted)
        outside = [
            each for address, each in live.resources.items() if address.kind == kind.name and address not in named
        ]
        if 0 < len(outside) <= min(listed_here, max(_FEW, listed_here // 10)):
            labels = listed((each.address.labelled(each.name) for each in outside), most=_FEW)
            them, stay = ("it", "stays") if len(outside) == 1 else ("them", "stay")
            many = counted(len(outside), kind.noun)
            summary = f"the manifest does not list {many} of the account, which {stay}: {labels}"
            hint = (
                f"deleting a line deletes no {kind.noun}; to delete {them}, list {them} with absent: true, "
                f"or write unlisted_{kind.noun}s: delete"
            )
            yield Diagnostic("unlisted-object", summary, Severity.INFO, hint=hint)
