"""Pairing wanted objects with live ones, by their address or their former address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringform.model.address import Address
from ringform.model.desired import Desired, Wanted
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.snapshot import Resource, Snapshot


@dataclass(frozen=True, slots=True)
class Pair:
    """A live object and what is wanted of it. At most one is None: it does not exist yet, or is no longer wanted.

    ``after`` holds the address of the change that frees this object's number, if there is one.
    """

    address: Address
    live: Resource | None
    wanted: Wanted | None
    after: tuple[Address, ...] = ()


def pair(desired: Desired, live: Snapshot) -> tuple[list[Pair], list[Diagnostic]]:
    """Pair the wanted objects with the live ones, in the manifest's order; objects to delete as unlisted come last."""
    resources = live.resources
    renames, diagnostics = _renames(desired, resources)
    moved_to = {source: target for target, source in renames.items()}
    diagnostics += [_cycle(address) for address in cyclic(renames)]
    pairs = []
    for address, wanted in desired.wanted.items():
        current = (
            None if address in moved_to and address not in renames else resources.get(renames.get(address, address))
        )
        if current is None and wanted.absent:
            continue
        waits_for = (moved_to[address],) if address in moved_to and not wanted.absent else ()
        pairs.append(Pair(address, current, None if wanted.absent else wanted, waits_for))
    pairs += [
        Pair(address, resource, None)
        for address, resource in resources.items()
        if address.kind in desired.exclusive and address not in desired.wanted and address not in moved_to
    ]
    return pairs, diagnostics


def _renames(
    desired: Desired, resources: Mapping[Address, Resource]
) -> tuple[dict[Address, Address], list[Diagnostic]]:
    """Return the renames that are still to be made, target to source.

    A target that already exists is not renamed to, unless it is itself renamed in the same plan. Dropping one rename
    can block the next one in a chain, hence the loop.
    """
    renames = {
        address: wanted.was
        for address, wanted in desired.wanted.items()
        if wanted.was is not None and wanted.was in resources
    }
    diagnostics: list[Diagnostic] = []
    while blocked := [target for target in renames if target in resources and target not in renames.values()]:
        for target in blocked:
            source = renames.pop(target)
            if source not in desired.wanted and source.kind not in desired.exclusive:
                diagnostics.append(_both_live(target, source))
    return renames, diagnostics


def cyclic(renames: Mapping[Address, Address]) -> Iterator[Address]:
    """Yield the targets of renames that wait for each other in a ring; the first of each ring in order."""
    seen: set[Address] = set()
    for start in renames:
        trail: list[Address] = []
        here: Address | None = start
        while here is not None and here not in seen:
            seen.add(here)
            trail.append(here)
            here = renames.get(here)
        if here is not None and here in trail:
            yield here


def _both_live(target: Address, source: Address) -> Diagnostic:
    return Diagnostic(
        code="rename-target-exists",
        severity=Severity.WARNING,
        summary=f"{target.key} already exists, and so does {source.key}, its old number",
        detail="The two are not merged: the new one is compared as it is, the old one is left alone.",
        hint=f'remove "was", or make the old one go away with "{source.key}": {{absent: true}}',
        address=target,
    )


def _cycle(address: Address) -> Diagnostic:
    return Diagnostic(
        code="rename-cycle",
        summary=f"{address.key} waits for a number that in turn waits for {address.key}",
        detail="The account keeps phone numbers unique, so no order of calls can make this swap.",
        hint="swap the other fields instead of the numbers, or use a free number in between",
        address=address,
    )
