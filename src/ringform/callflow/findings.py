"""What a plan, a drift, an apply or routing tests found, as diagnostics: at which line, and what is wrong there.

They go where many can read them: no person of the address book is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ringform.callflow.plan_view import PlanView
from ringform.callflow.verdict import TestRun
from ringform.model.address import Address
from ringform.model.change import Action, Change
from ringform.model.diagnostic import Diagnostic, Location, Severity
from ringform.model.guardrail import Violation
from ringform.model.messages import listed
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.model.values import dotted

_MOST_FIELDS = 5
"""How many fields that differ are named."""


def of_tests(run: TestRun) -> Iterator[Diagnostic]:
    """Yield an error at the place of each test that fails, and the warnings of the tests."""
    for result, place in run.placed():
        if not result.passed:
            summary = f"the test {result.test.name!r} fails"
            yield Diagnostic("failing-test", summary, detail="\n".join(result.reasons(run.people)), location=place)
    yield from run.warnings


def of_plan(view: PlanView) -> Iterator[Diagnostic]:
    """Yield the guardrails that stop a plan, those that are allowed as notes, and the plan's own diagnostics."""
    if not view.plan.is_empty:
        yield from (_violation(each, view) for each in view.plan.guardrails)
    yield from _notes(view.plan)


def of_drift(view: PlanView) -> Iterator[Diagnostic]:
    """Yield a warning for each object that differs, at its place in the manifest, and the diagnostics."""
    yield from (_difference(change, view) for change in view.plan.changes)
    yield from _notes(view.plan)


def of_outcome(outcome: Outcome, view: PlanView) -> Iterator[Diagnostic]:
    """Yield why calls are not done, each at the place of its object, and what went wrong beside them."""
    for result in outcome.results:
        if (found := result.diagnostic) is None:
            continue
        if result.change.address.kind in view.personal:
            said = f"the {result.call.method} for {_what(result.change, view)} is not done"
            found = replace(found, summary=said, detail=None, excerpt=None, address=None)
        yield found.at(found.location or result.change.source)
    yield from outcome.diagnostics


def _notes(plan: Plan) -> Iterator[Diagnostic]:
    # A note on what is not listed is made of names of people.
    return (each for each in plan.diagnostics if each.code != "unlisted-object")


def _what(change: Change, view: PlanView) -> str:
    noun = change.address.kind.replace("_", " ")
    return f"a {noun}" if change.address.kind in view.personal else f"{noun} {change.label}"


def _violation(violation: Violation, view: PlanView) -> Diagnostic:
    is_allowed = violation.name in view.allowed
    return Diagnostic(
        "guardrail",
        f"{violation.name}: {violation.summary}",
        Severity.INFO if is_allowed else Severity.ERROR,
        hint=None if is_allowed else f"allow {violation.name} if you really mean this",
        location=_place(violation.addresses, view.plan),
    )


def _place(addresses: Sequence[Address], plan: Plan) -> Location | None:
    """Return where the manifest names the first of these objects that it names."""
    sources = {change.address: change.source for change in plan.changes}
    return next((place for address in addresses if (place := sources.get(address))), None)


def _difference(change: Change, view: PlanView) -> Diagnostic:
    what = _what(change, view)
    fields = listed((dotted(field.path) for field in change.fields), most=_MOST_FIELDS)
    match change.action:
        case Action.CREATE:
            said = f"{what} is in the manifest and not in the account"
        case Action.DELETE:
            said = f"{what} is in the account, and the manifest does not want it"
        case Action.UPDATE:
            said = f"{what} differs from the manifest: {fields}"
    place = next((field.source for field in change.fields if field.source), change.source)
    hint = "apply writes the manifest to the account; pull writes the account into the manifest"
    return Diagnostic("drifted", said, Severity.WARNING, hint=hint, location=place)
