"""Guardrails: rules that stop a valid plan which is probably not meant, unless the user allows it by the rule's name.

A rule looks at all changes of a plan. The rules here hold for every vendor; a provider adds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ringform.model.address import Address
from ringform.model.change import Action, Change
from ringform.model.guardrail import Limit, Violation
from ringform.model.kind import Kind
from ringform.model.messages import counted, listed
from ringform.model.values import Fields


@dataclass(frozen=True, slots=True)
class GuardrailContext:
    """The input of every rule.

    ``before`` and ``after`` hold the managed objects in full, live and as planned; created objects are missing in
    ``before``, deleted ones in ``after``. ``totals`` counts the account's objects, managed or not, by kind: of the
    kinds that were read, so ask it with ``get``. ``groups`` are the manifest's names for several people.
    """

    changes: Sequence[Change]
    before: Mapping[Address, Fields]
    after: Mapping[Address, Fields]
    totals: Mapping[str, int]
    kinds: Mapping[str, Kind]
    protected: frozenset[Address] = frozenset()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A rule. ``stops`` describes in one sentence the plans that it stops; a manifest can set another ``limit``."""

    name: str
    stops: str
    check: Callable[[GuardrailContext, Limit], Iterable[Violation]]
    limit: Limit | None = None


_NO_LIMIT = Limit(1, 0)


def violations(
    rules: Sequence[Guardrail], context: GuardrailContext, limits: Mapping[str, Limit]
) -> tuple[Violation, ...]:
    """Return the violations of the rules; ``limits`` by a rule's name replace its own."""
    return tuple(
        violation
        for rule in rules
        for violation in rule.check(context, limits.get(rule.name) or rule.limit or _NO_LIMIT)
    )


def _mass_deletion(context: GuardrailContext, limit: Limit) -> Iterable[Violation]:
    for kind, total in context.totals.items():
        gone = [change.address for change in context.changes if _is(change, Action.DELETE, kind)]
        if limit.is_passed(len(gone), total):
            summary = f"{counted(len(gone), context.kinds[kind].noun)} of {total:,} would be deleted"
            yield Violation("mass-deletion", summary, tuple(gone))


def _most_changed(context: GuardrailContext, limit: Limit) -> Iterable[Violation]:
    for kind, total in sorted(context.totals.items()):
        if context.kinds[kind].is_creatable:
            continue
        changed = [change.address for change in context.changes if _is(change, Action.UPDATE, kind)]
        if total >= limit.least and limit.is_too_large_a_share(len(changed), total):
            summary = f"{len(changed):,} of {counted(total, context.kinds[kind].noun)} would change"
            yield Violation("most-changed", summary, tuple(changed))


def _empty_account(context: GuardrailContext, limit: Limit) -> Iterable[Violation]:
    for kind, total in context.totals.items():
        new = [change.address for change in context.changes if _is(change, Action.CREATE, kind)]
        if total == 0 and len(new) >= limit.least:
            noun = context.kinds[kind].noun
            summary = f"the account has no {noun} at all, and {len(new):,} would be created: is it the right account?"
            yield Violation("empty-account", summary, tuple(new))


def _protected(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    for change in context.changes:
        names = context.kinds[change.address.kind].routing
        routing = dict.fromkeys(name for field in change.fields if (name := field.lies_in(names)))
        if change.address in context.protected and routing:
            summary = f"{change.label} is protected, and {listed(routing)} would change"
            yield Violation("protected", summary, (change.address,))


def _decided_elsewhere(context: GuardrailContext, _: Limit) -> Iterable[Violation]:
    """Find nothing: the violations of this rule depend on more than the changes, and are added to the plan later."""
    return ()


def _is(change: Change, action: Action, kind: str) -> bool:
    return change.action is action and change.address.kind == kind


FAILING_TESTS = "failing-tests"
"""The guardrail of a plan with which a routing test of the manifest fails."""

OTHER_ACCOUNT = "other-account"
"""The guardrail of an undo whose journal seems to come from another account."""

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
