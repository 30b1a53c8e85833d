"""Plan: compare a manifest with accounts; return what an apply would change and what would stop it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ringform.execution.connection import Connections
from ringform.manifest.manifest import Manifest, Part
from ringform.manifest.suppressions import Suppressions
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.plan import Plan, merge_plans
from ringform.model.snapshot import Snapshot
from ringform.operations.observation import observe
from ringform.operations.people import with_names
from ringform.operations.routing_tests import failing_tests, run_tests, warnings_of
from ringform.planning.account_notes import unlisted, unmanaged_numbers
from ringform.planning.calendar_notes import calendar_notes, dates_ahead
from ringform.planning.planner import make_plan
from ringform.providers.facets import NotesPlans, Sells


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan for the accounts that could be read, and why the others could not; the plan has nothing on these."""

    plan: Plan
    failures: tuple[Diagnostic, ...] = ()

    def complete(self) -> Plan:
        """Return the plan for all accounts.

        Raises:
            RingformError: Some could not be read; it says why, for each of them.
        """
        if self.failures:
            raise RingformError(*self.failures)
        return self.plan


def plan_accounts(
    manifest: Manifest, connections: Connections, targets: Collection[Address] = (), *, only_calendar: bool = False
) -> Planned:
    """Read the accounts and plan. An account that cannot be read hides nothing about the others.

    With ``targets``, only the accounts that these are in are read, and only these objects are changed. For
    ``only_calendar`` see ``plan``.

    Raises:
        RingformError: No account can be read, or the manifest asks for what cannot be done.
    """
    selected = manifest.select(targets)
    observed = observe((part for part, _ in selected), connections)
    if not observed.live:
        raise RingformError(*observed.failures)
    read = [(part, its_targets) for part, its_targets in selected if part.provider.name in observed.live]
    readable = replace(manifest, parts=tuple(part for part, _ in read))
    chosen = [address for _, its_targets in read for address in its_targets]
    whole = plan(readable, observed.live, connections=connections, targets=chosen, only_calendar=only_calendar)
    return Planned(whole, observed.failures)


def plan(
    manifest: Manifest,
    live: Mapping[str, Snapshot],
    *,
    connections: Connections | None = None,
    targets: Collection[Address] = (),
    only_calendar: bool = False,
) -> Plan:
    """Compare the manifest with the accounts in ``live``, by provider. With ``targets``, change only these objects.

    With ``only_calendar``, change only what closures, special hours and rotations do: objects that are, in every
    managed field, what the manifest wanted of them on one of the last 14 days. A warning names every other difference.

    The plan's guardrails are those that would stop an apply; a routing test that fails is one of them. With
    ``connections``, the names of people whom the manifest does not name are read from the accounts, for display, if
    any are among the changes.

    Raises:
        RingformError: The manifest names what an account lacks, or asks for what no call can do.
    """
    plans: list[Plan] = []
    diagnostics: list[Diagnostic] = []
    for part, its_targets in manifest.select(targets):
        name = part.provider.name
        try:
            account_plan = _plan_part(part, live[name], its_targets, manifest.suppressions, only_calendar=only_calendar)
        except RingformError as error:
            diagnostics += error.diagnostics
            continue
        if connections is not None and not live[name].people:
            account_plan = with_names(account_plan, connections[name], part)
        plans.append(account_plan)
    if diagnostics:
        raise RingformError(*diagnostics)
    return merge_plans(plans, manifest.id)


def _plan_part(
    part: Part, live: Snapshot, targets: Collection[Address], suppressions: Suppressions, *, only_calendar: bool
) -> Plan:
    """Plan for one account."""
    part, unresolved = part.resolved(live)
    desired = part.desired
    if isinstance(part.provider, Sells):
        desired, not_for_sale = part.provider.choose_offers(desired, live)
        unresolved = [*unresolved, *not_for_sale]
    account_plan = make_plan(
        desired,
        live,
        part.provider,
        part.id,
        locate=part.locate,
        targets=targets,
        policy=part.document.policy,
        people=part.people,
        as_of=part.as_of,
        earlier=part.earlier,
        only_calendar=only_calendar,
        unresolved=unresolved,
    )
    noted = [*account_plan.diagnostics, *unmanaged_numbers(account_plan.unmanaged, part.provider.kinds)]
    if not targets and not only_calendar:
        noted += unlisted(desired, live, part.provider.kinds)
    noted += _change_warnings(part, account_plan)
    changing = {change.address for change in account_plan.changes}
    # Only a test about a number that dates change is a reason not to change it.
    tested = run_tests(part, live, changing if only_calendar else targets) if changing or not only_calendar else ()
    failing = failing_tests(part, tested)
    noted += warnings_of(part, tested)
    noted = [*suppressions.filter(noted), *calendar_notes(part.document.exceptional(part.as_of), account_plan.changes)]
    return replace(
        account_plan,
        diagnostics=tuple(noted),
        guardrails=(
            *account_plan.guardrails,
            *(each for each in failing if not only_calendar or not changing.isdisjoint(each.addresses)),
        ),
        dates=dates_ahead(part.ahead, part.as_of, _names(part, live)),
        valid_until=_valid_until(part, account_plan),
    )


def _change_warnings(part: Part, plan: Plan) -> list[Diagnostic]:
    if not isinstance(part.provider, NotesPlans):
        return []
    return [
        replace(warning, address=change.address).at(part.locate(change.address, path))
        for change in plan.changes
        for path, warning in part.provider.change_warnings(change)
    ]


def _names(part: Part, live: Snapshot) -> dict[Address, str]:
    """Return what people call the objects that have dates or rotations."""
    if not part.document.is_dated:
        return {}
    named = {
        address: part.provider.kinds[address.kind].name_of(each.fields) for address, each in part.desired.wanted.items()
    }
    there = {address: each.name for address, each in live.resources.items()}
    return {address: name for address, name in {**there, **named}.items() if name}


def _valid_until(part: Part, plan: Plan) -> datetime | None:
    """Return until when a plan holds. One for a day that is over holds for ever: somebody asked for that day."""
    until = part.valid_until({change.address for change in plan.changes}) if plan.changes else None
    return until if until and until > datetime.now(UTC) else None
