"""What has to be so before a plan may be applied, and the refusals where it is not. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ringform.execution.connection import Connections
from ringform.model.diagnostic import Diagnostic, Refused, RingformError
from ringform.model.guardrail import Violation
from ringform.model.messages import did_you_mean, listed
from ringform.model.plan import Plan
from ringform.planning.guardrails import Guardrail
from ringform.planning.vendor import guardrails_of
from ringform.providers import registry
from ringform.providers.protocol import Provider


def blocking_violations(plan: Plan, allowed: Collection[str] = ()) -> tuple[Violation, ...]:
    """Return the guardrails that keep a plan from being applied. There are none where nothing would be done."""
    if plan.is_empty:
        return ()
    return tuple(each for each in plan.guardrails if each.name not in allowed)


def refuse_guardrails(plan: Plan, allowed: Collection[str]) -> None:
    """Refuse a plan that a guardrail stops, unless that is ``allowed`` by name.

    Raises:
        Refused: One diagnostic for each guardrail.
    """
    diagnostics = [
        Diagnostic("guardrail", each.summary, hint=f"allow {each.name} if you really mean this")
        for each in blocking_violations(plan, allowed)
    ]
    if diagnostics:
        raise Refused(*diagnostics)


def guardrails() -> list[Guardrail]:
    """Return every guardrail there is, the ones of all providers first."""
    return list(guardrails_of(*registry.every_provider()))


def refuse_unknown_names(allowed: Collection[str], providers: Sequence[Provider]) -> None:
    """Refuse names that are no guardrails: nobody should learn of a slip in one after the fact.

    Raises:
        RingformError: There is no such guardrail (``unknown-guardrail``).
    """
    known = [rule.name for rule in guardrails_of(*providers)]
    for name in allowed:
        if name not in known:
            hint = did_you_mean(name, known) or "ringform guardrails lists them"
            whose = listed([provider.name for provider in providers])
            raise RingformError(
                Diagnostic("unknown-guardrail", f"there is no guardrail {name!r} for {whose}", hint=hint)
            )


def refuse_other_digest(plan: Plan, expected: str | None) -> None:
    """Refuse every plan but the one that was approved by its digest (None: none was asked for).

    Raises:
        Refused: It is another one.
    """
    if expected is not None and plan.digest != expected:
        raise Refused(
            Diagnostic(
                "other-digest",
                "this is not the plan that was approved: the manifest or the account has changed since",
                detail=f"Its digest is {plan.digest}, not {expected[:80]}.",
                hint="nothing was changed; look at the new plan, and approve that",
            )
        )


def refuse_homeless(plan: Plan, connections: Connections) -> None:
    """Refuse a plan that changes what none of the accounts has.

    Raises:
        Refused: It says which kinds of objects these are.
    """
    kinds = {kind for connection in connections.values() for kind in connection.provider.kinds}
    homeless = sorted({change.address.kind for change in plan.changes} - kinds)
    if homeless:
        hint = "make the plan again, with this version of ringform"
        raise Refused(Diagnostic("no-account", f"there is no account for {listed(homeless)} of this plan", hint=hint))
