"""Guardrails: rules that refuse a plan which is valid and yet probably not meant, unless it is allowed by name.

A rule looks at what is about to change as a whole. The rules here know nothing of a vendor; a provider adds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ringform.model.address import Address
from ringform.model.change import Action, Change
from ringform.model.messages import counted, listed
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class Tripped:
    """A guardrail that stands in the way: its name, what it has seen, and the objects concerned."""

    name: str
    summary: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """From where on a rule trips: at least ``least`` objects *and* more than ``percent`` of them all."""

    least: int
    percent: float

    def is_passed(self, number: int, total: int) -> bool:
        """Whether ``number`` of ``total`` is too many."""
        return number >= self.least and self.is_too_large_a_share(number, total)

    def is_too_large_a_share(self, number: int, total: int) -> bool:
        """Whether ``number`` of ``total`` is too many for its share alone."""
        return number * 100 > total * self.percent


@dataclass(frozen=True, slots=True)
class Considered:
    """What the rules look at.

    ``before`` and ``after`` hold the managed objects in full, live and as they would be; an object that comes is
    missing in the one, an object that goes in the other. ``totals`` counts the account's objects by kind, managed or
    not. ``fixed_kinds`` are the kinds that the API can neither create nor delete, ``routing_fields`` the fields that
    decide who answers. ``groups`` are the manifest's names for several people.
    """

    changes: Sequence[Change]
    before: Mapping[Address, Fields]
    after: Mapping[Address, Fields]
    totals: Mapping[str, int]
    fixed_kinds: frozenset[str] = frozenset()
    routing_fields: frozenset[str] = frozenset()
    protected: frozenset[Address] = frozenset()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A rule. ``stops`` says in one sentence what it keeps from happening; ``limit`` can be set in a manifest."""

    name: str
    stops: str
    check: Callable[[Considered, Limit], Iterable[Tripped]]
    limit: Limit | None = None


_NO_LIMIT = Limit(1, 0)


def tripped(rules: Sequence[Guardrail], considered: Considered, limits: Mapping[str, Limit]) -> tuple[Tripped, ...]:
    """Every rule that stands in the way, with the limits of the manifest in place of the rules' own."""
    return tuple(
        each for rule in rules for each in rule.check(considered, limits.get(rule.name) or rule.limit or _NO_LIMIT)
    )


def _mass_deletion(considered: Considered, limit: Limit) -> Iterable[Tripped]:
    for kind, total in considered.totals.items():
        gone = [change.address for change in considered.changes if _is(change, Action.DELETE, kind)]
        if limit.is_passed(len(gone), total):
            summary = f"{counted(len(gone), _noun(kind))} of {total:,} would be deleted"
            yield Tripped("mass-deletion", summary, tuple(gone))


def _most_changed(considered: Considered, limit: Limit) -> Iterable[Tripped]:
    for kind in sorted(considered.fixed_kinds & set(considered.totals)):
        total = considered.totals[kind]
        changed = [change.address for change in considered.changes if _is(change, Action.UPDATE, kind)]
        if total >= limit.least and limit.is_too_large_a_share(len(changed), total):
            yield Tripped(
                "most-changed", f"{len(changed):,} of {counted(total, _noun(kind))} would change", tuple(changed)
            )


def _empty_account(considered: Considered, limit: Limit) -> Iterable[Tripped]:
    for kind, total in considered.totals.items():
        new = [change.address for change in considered.changes if _is(change, Action.CREATE, kind)]
        if total == 0 and len(new) >= limit.least:
            summary = (
                f"the account has no {_noun(kind)} at all, and {len(new):,} would be created: is it the right account?"
            )
            yield Tripped("empty-account", summary, tuple(new))


def _protected(considered: Considered, _: Limit) -> Iterable[Tripped]:
    for change in considered.changes:
        routing = dict.fromkeys(name for field in change.fields if (name := field.lies_in(considered.routing_fields)))
        if change.address in considered.protected and routing:
            summary = f"{change.label} is protected, and {listed(routing)} would change"
            yield Tripped("protected", summary, (change.address,))


def _decided_elsewhere(considered: Considered, _: Limit) -> Iterable[Tripped]:
    """What is no matter of a plan's changes is added to the plan by whoever sees it: call flows, or a journal."""
    return ()


def _is(change: Change, action: Action, kind: str) -> bool:
    return change.action is action and change.address.kind == kind


def _noun(kind: str) -> str:
    return kind.replace("_", " ")


FAILING_TESTS = "failing-tests"
"""The guardrail of a plan with which a routing test of the manifest fails."""

OTHER_ACCOUNT = "other-account"
"""The guardrail of an undo whose journal comes from another account, for all that can be seen."""

RULES: tuple[Guardrail, ...] = (
    Guardrail(
        "mass-deletion",
        "Deleting many objects at once: 4 or more, and more than 30% of those that the account has.",
        _mass_deletion,
        Limit(4, 30),
    ),
    Guardrail(
        "most-changed",
        "Changing more than half of all numbers at once, in an account with 4 numbers or more.",
        _most_changed,
        Limit(4, 50),
    ),
    Guardrail(
        "empty-account",
        "Filling an account that is empty, 4 objects or more: it may be the wrong one.",
        _empty_account,
        Limit(4, 0),
    ),
    Guardrail(FAILING_TESTS, "A routing test of the manifest that fails.", _decided_elsewhere),
    Guardrail(
        OTHER_ACCOUNT,
        "Taking back what was applied with another key or at another address: it may be the wrong account.",
        _decided_elsewhere,
    ),
    Guardrail("protected", "Any change to the routing of a number that has protect: true.", _protected),
)
