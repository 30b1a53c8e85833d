"""Making a plan from a desired state and a snapshot of the account. Nothing is read or sent here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from ringform.model.address import Address
from ringform.model.change import Action, Change
from ringform.model.desired import Desired, Scope
from ringform.model.diagnostic import Diagnostic, Location, RingformError
from ringform.model.fingerprint import fingerprint
from ringform.model.guardrail import Violation
from ringform.model.left_alone import LeftAlone
from ringform.model.messages import did_you_mean, listed
from ringform.model.people import own_key, people_in, people_in_fields
from ringform.model.plan import ManifestId, Plan, PlannedScope, plan_digest
from ringform.model.snapshot import Snapshot
from ringform.model.values import FieldPath, Fields, Json
from ringform.planning.account_notes import Locate, pending_invitations
from ringform.planning.compare import complete, field_changes
from ringform.planning.due import beyond_dates, due
from ringform.planning.guardrails import GuardrailContext, violations
from ringform.planning.ignoring import left_alone, without_ignored
from ringform.planning.pairing import Pair, pair
from ringform.planning.policy import Policy
from ringform.planning.vendor import Vendor, guardrails_of

_NO_POLICY = Policy()


def nowhere(address: Address, path: FieldPath) -> Location | None:
    """Return no place: for a desired state that does not come from a file."""
    return None


def make_plan(
    desired: Desired,
    live: Snapshot,
    vendor: Vendor,
    manifest: ManifestId,
    *,
    locate: Locate = nowhere,
    targets: Collection[Address] = (),
    policy: Policy = _NO_POLICY,
    people: Mapping[str, str] = MappingProxyType({}),
    as_of: datetime | None = None,
    earlier: Callable[[], Sequence[Desired]] = tuple,
    only_calendar: bool = False,
    unresolved: Sequence[Diagnostic] = (),
) -> Plan:
    """Return the plan. With ``targets``, it changes only these objects and those that they wait for.

    ``people`` are the manifest's names for ids. ``as_of`` decides which fields are left alone by ``ignore_changes``
    (None: there are no such rules). ``earlier`` returns the states that the manifest asked for on other
    days; it is called only where it matters. The change of an object that still matches one of them is due by the
    manifest's dates: no guardrail stops it, and with ``only_calendar`` it is made and every other one is left, with a
    warning. ``unresolved`` reports people whom the account lacks.

    Raises:
        RingformError: The account lacks something that the manifest names, or no call can make the change.
    """
    kept: tuple[LeftAlone, ...] = ()
    if as_of is not None:
        everything = left_alone(desired, live, as_of, locate)
        kept = tuple(each for each in everything if not targets or each.address in targets)
        desired = without_ignored(desired, live, as_of)
    pairs, more = pair(desired, live)
    diagnostics = [*unresolved, *more, *_lacking(pairs, live, vendor), *_unknown_targets(targets, desired, pairs)]
    chosen = _with_predecessors(targets, pairs)
    changes: list[Change] = []
    unchanged = 0
    for each in pairs:
        if _is_lacking(each, vendor):
            continue
        try:
            change = _change(each, vendor, locate)
        except RingformError as error:
            diagnostics += error.diagnostics
            continue
        if change is None:
            unchanged += 1
        elif not targets or change.address in chosen:
            changes.append(change)
    diagnostics = [_placed(diagnostic, locate) for diagnostic in diagnostics]
    diagnostics += pending_invitations(desired, people, live.people, vendor.kinds, locate)
    if any(diagnostic.is_error for diagnostic in diagnostics):
        raise RingformError(*diagnostics)
    if only_calendar and changes:
        states = _earlier(earlier, live, as_of)
        made = due(pairs, states)
        left = [beyond_dates(change, states) for change in changes if change.address not in made]
        diagnostics += [_placed(diagnostic, locate) for diagnostic in left]
        changes = [change for change in changes if change.address in made]
    changes = _without_unplanned_waits(changes)
    compared = {each.live.address: each.live for each in pairs if each.live}
    unmanaged = (*live.unmanaged, *(address for address in live.resources if address not in compared))
    fingerprints = {address: fingerprint(resource) for address, resource in compared.items()}
    kinds = Scope.of(desired).kinds
    guardrails = _guardrails(changes, pairs, unmanaged, kinds, vendor, policy)
    if guardrails and (made := due(pairs, _earlier(earlier, live, as_of))):
        guardrails = _guardrails(changes, pairs, unmanaged, kinds, vendor, policy, made)
    return Plan(
        providers=(vendor.name,),
        manifest=manifest,
        changes=tuple(changes),
        unchanged=unchanged,
        unmanaged=unmanaged,
        digest=plan_digest(manifest.digest, fingerprints, changes),
        live=fingerprints,
        scope=PlannedScope(
            tuple(kind for kind in vendor.kinds if kind in kinds),
            tuple(kind for kind in vendor.kinds if kind in desired.exclusive),
        ),
        guardrails=guardrails,
        people=_people(changes, kept, people, live, vendor),
        diagnostics=tuple(diagnostics),
        read_at=live.read_at,
        left_alone=kept,
    )


def _earlier(earlier: Callable[[], Sequence[Desired]], live: Snapshot, as_of: datetime | None) -> Sequence[Desired]:
    """Return the earlier states without what is left alone now: that a rule has ended since makes nothing due."""
    return earlier() if as_of is None else [without_ignored(each, live, as_of) for each in earlier()]


def _guardrails(
    changes: Sequence[Change],
    pairs: Sequence[Pair],
    unmanaged: Sequence[Address],
    kinds: frozenset[str],
    vendor: Vendor,
    policy: Policy,
    made: Collection[Address] = (),
) -> tuple[Violation, ...]:
    """Return the violations of guardrails by these changes. Changes of the objects ``made`` count as made already."""
    changes = [change for change in changes if change.address not in made]
    changing = {change.address for change in changes}
    before: dict[Address, Fields] = {}
    after: dict[Address, Fields] = {}
    for each in pairs:
        goal = complete(each.wanted.fields, each.live.fields if each.live else {}) if each.wanted else None
        if each.live:
            before[each.address] = goal if goal is not None and each.address in made else each.live.fields
        planned = goal if each.address in changing else before.get(each.address)
        if planned is not None:
            after[each.address] = planned
    there = [each.live.address for each in pairs if each.live]
    context = GuardrailContext(
        changes=changes,
        before=before,
        after=after,
        totals={kind: sum(address.kind == kind for address in (*there, *unmanaged)) for kind in kinds},
        kinds=vendor.kinds,
        protected=policy.protected,
        groups=policy.groups,
    )
    return violations(guardrails_of(vendor), context, policy.limits)


def _change(each: Pair, vendor: Vendor, locate: Locate) -> Change | None:
    """Return the change of one live object to what is wanted of it, or None if they match."""
    kind = vendor.kinds[each.address.kind]
    before = each.live.fields if each.live else kind.defaults
    goal = None if each.wanted is None else complete(each.wanted.fields, before)
    calls = tuple(vendor.calls(each.live, each.address, goal))
    if not calls:
        return None
    action = Action.CREATE if each.live is None else Action.DELETE if goal is None else Action.UPDATE
    gone: Mapping[str, Json] = dict.fromkeys(before)
    fields = field_changes(before, gone if goal is None else goal)
    if each.wanted:
        fields = tuple(replace(field, source=locate(each.address, field.path)) for field in fields)
    return Change(
        address=each.address,
        name=each.live.name if each.live else kind.name_of(goal or {}),
        action=action,
        fields=fields,
        calls=calls,
        source=locate(each.address, ()),
        before=each.live.fields if each.live else None,
        previous=each.live.address if each.live and each.live.address != each.address else None,
        after=each.after,
        purchase=each.wanted.purchase if each.wanted and each.live is None else None,
    )


def _without_unplanned_waits(changes: list[Change]) -> list[Change]:
    """Drop the waits for changes that are not part of the plan."""
    planned = {change.address for change in changes}
    return [
        replace(change, after=tuple(address for address in change.after if address in planned)) for change in changes
    ]


def _is_lacking(each: Pair, vendor: Vendor) -> bool:
    """Return whether the account lacks a wanted object that can be neither created nor bought."""
    is_missing = each.live is None and each.wanted is not None and each.wanted.purchase is None
    return is_missing and not vendor.kinds[each.address.kind].is_creatable


def _lacking(pairs: list[Pair], live: Snapshot, vendor: Vendor) -> list[Diagnostic]:
    """Return an error for each wanted object that the account lacks and the API cannot create."""
    diagnostics = []
    for each in pairs:
        if not _is_lacking(each, vendor):
            continue
        kind = each.address.kind
        noun = vendor.kinds[kind].noun
        summary = f"the account has no {noun} {each.address.key}"
        detail = None
        hint = "check the id in the vendor's dashboard, and that the key is the right account's"
        if live.is_whole:
            there = [address.key for address in (*live.resources, *live.unmanaged) if address.kind == kind]
            detail = f"The account has {listed(there)}." if there else f"The account has no {noun} at all."
            hint = did_you_mean(each.address.key, there) or f"a {noun} can only be added in the vendor's dashboard"
        diagnostics.append(Diagnostic("not-in-account", summary, detail=detail, hint=hint, address=each.address))
    return diagnostics


def _with_predecessors(targets: Collection[Address], pairs: Sequence[Pair]) -> set[Address]:
    """Return the targets and, as the account would else refuse them, the objects whose numbers they take over."""
    waits = {each.address: each.after for each in pairs}
    chosen: set[Address] = set()
    queue = list(targets)
    while queue:
        address = queue.pop()
        if address not in chosen:
            chosen.add(address)
            queue += waits.get(address, ())
    return chosen


def _unknown_targets(targets: Collection[Address], desired: Desired, pairs: Sequence[Pair]) -> list[Diagnostic]:
    # An object with absent: true that is gone already is in the manifest, but has no pair.
    known = {str(address) for address in (*desired.wanted, *(each.address for each in pairs))}
    return [
        Diagnostic(
            "unknown-target",
            f"--target {target} is not in the manifest",
            hint=did_you_mean(str(target), known) or f"an address looks like {min(known, default='kind:key')}",
        )
        for target in targets
        if str(target) not in known
    ]


def _placed(diagnostic: Diagnostic, locate: Locate) -> Diagnostic:
    if diagnostic.location is None and diagnostic.address is not None:
        return diagnostic.at(locate(diagnostic.address, ()))
    return diagnostic


def _people(
    changes: list[Change], kept: Sequence[LeftAlone], people: Mapping[str, str], live: Snapshot, vendor: Vendor
) -> dict[str, str]:
    """Return the names of the people in the plan: the manifest's if it has one, else the account's."""
    names = {id_: person["name"] for id_, person in live.people.items() if "name" in person} | dict(people)
    ids = people_in(changes, vendor.kinds)
    ids += [id_ for each in kept for id_ in people_in_fields(each.differences, vendor.kinds[each.address.kind])]
    return {key: names[key] for field, id_ in ids for key in (own_key(field, id_), id_) if key in names}
