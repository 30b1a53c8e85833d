"""Whether an account is still what a saved plan was made from, and if not, what has moved."""

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
    """An object that is not what it was. ``fields`` are empty where it came or went."""

    address: Address
    what: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.address} {self.what}{' ' + listed(self.fields) if self.fields else ''}"


def scope_of(plan: Plan) -> Scope:
    """What must be read to see whether a plan is still true."""
    return Scope(
        addresses=frozenset({*plan.live, *(change.address for change in plan.changes)}),
        kinds=frozenset(plan.scope.kinds),
    )


def moved(plan: Plan, now: Snapshot) -> tuple[Moved, ...]:
    """Everything that a plan was made from and that is no longer so; empty when the plan is still true."""
    found = []
    for address, then in plan.live.items():
        resource = now.resources.get(address)
        if resource is None:
            found.append(Moved(address, "is gone"))
        elif fields := moved_fields(then, fingerprint(resource)):
            found.append(Moved(address, "has another", fields))
    taken = {change.address for change in plan.changes} - set(plan.live)
    for address in now.resources:
        is_new_among_all = address.kind in plan.scope.exclusive and address not in plan.live
        if address in taken or is_new_among_all:
            found.append(Moved(address, "is there now and was not"))
    return tuple(found)


def overtaken(plan: Plan, now: datetime, name: str) -> Diagnostic | None:
    """The refusal of a plan whose day is over: it would put back what the manifest's dates have ended since."""
    if plan.valid_until is None or now < plan.valid_until:
        return None
    since = plan.valid_until.isoformat(sep=" ", timespec="minutes")
    return Diagnostic(
        "stale-plan",
        f"{name} is out of date: the dates of its manifest ask for something else since {since}",
        hint="nothing was changed; plan again, and look at what is different",
    )


def stale(found: Sequence[Moved], name: str) -> Diagnostic:
    """The refusal of a plan that is no longer true."""
    return Diagnostic(
        "stale-plan",
        f"{name} is out of date: the account has moved since it was made",
        detail="; ".join(str(each) for each in found[:20])
        + (f"; and {len(found) - 20} more" if len(found) > 20 else ""),
        hint="nothing was changed; plan again, and look at what is different",
    )
