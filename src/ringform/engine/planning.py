"""Planning: desired state and live account in, a plan out. Nothing is read or sent here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from ringform.core.address import Address
from ringform.core.change import Action, Change
from ringform.core.compare import complete, differences
from ringform.core.desired import Desired
from ringform.core.diagnostic import Diagnostic, Location, RingformError
from ringform.core.pairing import Pair, pair
from ringform.core.people import people_in
from ringform.core.plan import ManifestId, Plan, plan_digest
from ringform.core.snapshot import Snapshot
from ringform.core.values import Json, Path
from ringform.core.words import did_you_mean, listed
from ringform.providers.base import Provider

Locate = Callable[[Address, Path], Location | None]
"""Where a manifest says something about an object (an empty path: its key)."""


def nowhere(address: Address, path: Path) -> Location | None:
    """For a desired state that no file holds."""
    return None


def make_plan(
    desired: Desired,
    live: Snapshot,
    provider: Provider,
    manifest: ManifestId,
    *,
    locate: Locate = nowhere,
    targets: Collection[Address] = (),
) -> Plan:
    """Compare and plan. With ``targets``, only these objects are changed (all of them are compared).

    Raises:
        RingformError: The manifest names something that the account lacks, or asks for what no call can do.
    """
    desired, found = provider.bind(desired, live)
    pairs, more = pair(desired, live)
    found = [*found, *more, *_lacking(pairs, live, provider), *_unknown_targets(targets, pairs)]
    changes: list[Change] = []
    unchanged = 0
    for each in pairs:
        if each.live is None and each.wanted is not None and each.address.kind not in provider.creatable:
            continue
        try:
            change = _change(each, provider, locate)
        except RingformError as error:
            found += error.diagnostics
            continue
        if change is None:
            unchanged += 1
        elif not targets or change.address in targets:
            changes.append(change)
    placed = [_placed(diagnostic, locate) for diagnostic in found]
    if any(diagnostic.is_error for diagnostic in placed):
        raise RingformError(*placed)
    managed = {address for each in pairs for address in (each.address, each.live and each.live.address) if address}
    fields = {address: resource.fields for address, resource in live.resources.items() if address in managed}
    return Plan(
        provider=provider.name,
        manifest=manifest,
        changes=tuple(_only_needed_waits(changes)),
        unchanged=unchanged,
        unmanaged=(*live.unmanaged, *(address for address in live.resources if address not in managed)),
        digest=plan_digest(manifest.digest, fields, changes),
        people=_people(changes, desired, live, provider),
        diagnostics=tuple(placed),
    )


def _change(each: Pair, provider: Provider, locate: Locate) -> Change | None:
    """What takes one live object to what is wanted, or None when it is there already."""
    before = each.live.fields if each.live else provider.blank(each.address)
    goal = None if each.wanted is None else complete(each.wanted.fields, before)
    calls = tuple(provider.calls(each.live, each.address, goal))
    if not calls:
        return None
    action = Action.CREATE if each.live is None else Action.DELETE if goal is None else Action.UPDATE
    gone: Mapping[str, Json] = dict.fromkeys(before)
    fields = differences(before, gone if goal is None else goal)
    former = each.live.address if each.live and each.live.address != each.address else None
    name = each.live.name if each.live else (goal or {}).get("name")
    return Change(
        address=each.address,
        name=name if isinstance(name, str) else None,
        action=action,
        fields=tuple(replace(field, source=locate(each.address, field.path)) for field in fields)
        if each.wanted
        else fields,
        calls=calls,
        source=locate(each.address, ()),
        previous=former,
        after=each.after,
    )


def _only_needed_waits(changes: list[Change]) -> list[Change]:
    """Drop the waits for changes that are not part of the plan."""
    planned = {change.address for change in changes}
    return [replace(change, after=tuple(each for each in change.after if each in planned)) for change in changes]


def _lacking(pairs: list[Pair], live: Snapshot, provider: Provider) -> list[Diagnostic]:
    """Wanted objects that the account lacks and the API cannot create."""
    found = []
    for each in pairs:
        kind = each.address.kind
        if each.live is not None or kind in provider.creatable:
            continue
        there = [address.key for address in (*live.resources, *live.unmanaged) if address.kind == kind]
        noun = kind.replace("_", " ")
        has = f"The account has {listed(there)}." if there else f"The account has no {noun} at all."
        hint = did_you_mean(each.address.key, there) or f"a {noun} can only be added in the vendor's dashboard"
        summary = f"the account has no {noun} {each.address.key}"
        found.append(Diagnostic("not-in-account", summary, detail=has, hint=hint, address=each.address))
    return found


def _unknown_targets(targets: Collection[Address], pairs: list[Pair]) -> list[Diagnostic]:
    known = {str(each.address) for each in pairs}
    return [
        Diagnostic(
            "unknown-target",
            f"--target {target} is not in the manifest",
            hint=did_you_mean(str(target), known) or "an address looks like main_number:+14155551234",
        )
        for target in targets
        if str(target) not in known
    ]


def _placed(diagnostic: Diagnostic, locate: Locate) -> Diagnostic:
    if diagnostic.location is None and diagnostic.address is not None:
        return diagnostic.at(locate(diagnostic.address, ()))
    return diagnostic


def _people(changes: list[Change], desired: Desired, live: Snapshot, provider: Provider) -> dict[str, str]:
    """Names for the people in the changes: the manifest's own first, else the account's."""
    names = {id_: person["name"] for id_, person in live.people.items() if "name" in person}
    ids = people_in(changes, provider.people_fields)
    return {id_: name for id_ in ids if (name := desired.people.get(id_) or names.get(id_))}
