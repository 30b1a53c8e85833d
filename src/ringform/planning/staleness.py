"""Finding out whether a saved plan is stale: whether the account has changed since, or the plan's time is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ringform.model.address import Address
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.fingerprint import fingerprint, moved_fields
from ringform.model.messages import listed
from ringform.model.plan import Plan
from ringform.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Moved:
    """An object that has changed since it was planned; ``fields`` are empty if it was created or deleted."""

    address: Address
    what: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.address} {self.what}{' ' + listed(self.fields) if self.fields else ''}"


def scope_of(plan: Plan) -> Scope:
    """Return what must be read to see whether a plan is stale."""
    return Scope(
        addresses=frozenset({*plan.live, *(change.address for change in plan.changes)}),
        kinds=frozenset(plan.scope.kinds),
    )


def moved(plan: Plan, now: Snapshot) -> tuple[Moved, ...]:
    """Return the objects that have changed since they were compared for a plan; empty if the plan is not stale."""
    changes = []
    for address, then in plan.live.items():
        resource = now.resources.get(address)
        if resource is None:
            changes.append(Moved(address, "is gone"))
        elif fields := moved_fields(then, fingerprint(resource)):
            changes.append(Moved(address, "has another", fields))
    planned = {change.address for change in plan.changes}
    for address in now.resources:
        if address not in plan.live and (address in planned or address.kind in plan.scope.exclusive):
            changes.append(Moved(address, "is there now and was not"))
    return tuple(changes)


def overtaken(plan: Plan, now: datetime, name: str) -> Diagnostic | None:
    """Return the error for a plan past its ``valid_until``, or None: it would undo what the dates ask for since."""
    if plan.valid_until is None or now < plan.valid_until:
        return None
    since = plan.valid_until.isoformat(sep=" ", timespec="minutes")
    return Diagnostic(
        "stale-plan",
        f"{name} is out of date: since {since}, the dates of its manifest ask for something else",
        hint="nothing was changed; plan again, and look at what is different",
    )


def stale(changes: Sequence[Moved], name: str) -> Diagnostic:
    """Return the error for a plan whose account has changed; ``name`` is what to call the plan."""
    return Diagnostic(
        "stale-plan",
        f"{name} is out of date: the account has changed since it was made",
        detail="; ".join(map(str, changes[:20])) + (f"; and {len(changes) - 20} more" if len(changes) > 20 else ""),
        hint="nothing was changed; plan again, and look at what is different",
    )
