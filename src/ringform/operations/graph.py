"""Graph: pictures of how numbers answer, in a manifest, in the live account, or before and after a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ringform.calendar.agenda import Handover, is_after
from ringform.callflow import pictures
from ringform.callflow.graph import CallEntry, OnCall
from ringform.callflow.on_call import with_rotations
from ringform.callflow.pictures import Picture
from ringform.callflow.trace import zone_of
from ringform.manifest.manifest import Manifest, Part
from ringform.model.address import Address
from ringform.model.desired import Desired
from ringform.model.plan import Plan
from ringform.model.snapshot import Snapshot
from ringform.operations.accounts import providers_of
from ringform.operations.numbers import addresses_called


def draw_manifest(
    manifest: Manifest, live: Mapping[str, Snapshot] | None = None, to: Sequence[str] = ()
) -> list[Picture]:
    """Return a picture of each number, as the manifest has it; as its account has it, if that is in ``live``.

    With ``to``, only these numbers are drawn, by number or name, in this order.

    Raises:
        RingformError: The manifest has no such number.
    """
    drawn = [each for part in manifest.parts for each in _of_part(part, (live or {}).get(part.provider.name)).items()]
    return _chosen(dict(drawn), to, "the manifest")


def draw_plan(plan: Plan, to: Sequence[str] = ()) -> list[Picture]:
    """Return a picture, before and after, of each number that a plan changes. See ``draw_manifest``."""
    return _chosen(dict(pictures.of_plan(plan, providers_of(plan))), to, "the plan")


def _of_part(part: Part, account: Snapshot | None) -> dict[Address, Picture]:
    if account is None:
        drawn = _of_desired(part, part.desired)
        return _with_rotations(part, drawn) if part.document.is_dated else drawn
    present = [address for address, wanted in part.desired.wanted.items() if not wanted.absent]
    objects = {address: account.resources[address].fields for address in present if address in account.resources}
    people = {id_: person["name"] for id_, person in account.people.items() if "name" in person} | part.people
    return dict(pictures.of_numbers(part.provider, objects, people))


def _of_desired(part: Part, desired: Desired) -> dict[Address, Picture]:
    objects = {address: wanted.fields for address, wanted in desired.wanted.items() if not wanted.absent}
    return dict(pictures.of_numbers(part.provider, objects, part.people))


def _with_rotations(part: Part, drawn: Mapping[Address, Picture]) -> dict[Address, Picture]:
    """Return the pictures with who is on call, and until when on the number's clock."""
    next_handovers: dict[tuple[Address, str], Handover] = {}
    for change in part.ahead.changes:
        if isinstance(change, Handover) and is_after(change, part.as_of):
            for address in change.addresses:
                next_handovers.setdefault((address, change.group), change)
    everybody = _of_desired(part, part.document.state.with_ids(part.ids))
    members = {
        name: frozenset(part.ids.get(each, each) for each in group)
        for name, group in part.document.policy.groups.items()
    }
    marked = dict(drawn)
    for address, picture in drawn.items():
        general = everybody[address]
        turns = [each for (number, _), each in next_handovers.items() if number == address]
        if turns and picture.after and general.after:
            entry = picture.after.nodes[0].content
            clock = zone_of(entry.timezone) if isinstance(entry, CallEntry) else None
            on_call = [OnCall(each.group, each.before, each.at.astimezone(clock)) for each in turns]
            after = with_rotations(picture.after, general.after, on_call, members)
            marked[address] = replace(picture, after=after)
    return marked


def _chosen(drawn: Mapping[Address, Picture], to: Sequence[str], where: str) -> list[Picture]:
    names = {address: picture.name for address, picture in drawn.items()}
    chosen = [address for each in to for address in addresses_called(each, names, where)] or drawn
    return [drawn[address] for address in dict.fromkeys(chosen)]
