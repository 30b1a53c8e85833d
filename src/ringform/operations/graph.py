"""Graph: pictures of how numbers answer, in a manifest, in the live account, or before and after a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ringform.callflow import pictures
from ringform.callflow.pictures import Picture
from ringform.manifest.manifest import Manifest, Part
from ringform.model.address import Address
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
    drawn = [each for part in manifest.parts for each in _of_part(part, (live or {}).get(part.provider.name))]
    return _chosen(dict(drawn), to, "the manifest")


def draw_plan(plan: Plan, to: Sequence[str] = ()) -> list[Picture]:
    """Return a picture, before and after, of each number that a plan changes. See ``draw_manifest``."""
    return _chosen(dict(pictures.of_plan(plan, providers_of(plan))), to, "the plan")


def _of_part(part: Part, account: Snapshot | None) -> Iterator[tuple[Address, Picture]]:
    people = part.people
    objects = {address: wanted.fields for address, wanted in part.desired.wanted.items() if not wanted.absent}
    if account is not None:
        objects = {address: account.resources[address].fields for address in objects if address in account.resources}
        people = {id_: person["name"] for id_, person in account.people.items() if "name" in person} | people
    return pictures.of_numbers(part.provider, objects, people)


def _chosen(drawn: Mapping[Address, Picture], to: Sequence[str], where: str) -> list[Picture]:
    names = {address: picture.name for address, picture in drawn.items()}
    chosen = [address for each in to for address in addresses_called(each, names, where)] or drawn
    return [drawn[address] for address in dict.fromkeys(chosen)]
