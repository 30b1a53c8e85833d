"""Execute an approved plan: apply, report, exit code; the same for apply and undo."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ringform.callflow import findings
from ringform.callflow.plan_view import PlanView
from ringform.cli import session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, style_for
from ringform.cli.reporting import Render, Reports, render_run
from ringform.execution import interrupts, journal_files
from ringform.execution.connection import Connections
from ringform.execution.lock import AccountLock
from ringform.model.diagnostic import RingformError
from ringform.model.outcome import Outcome, Status
from ringform.operations.apply import apply
from ringform.reports.text.style import Style, safe


def execute(
    view: PlanView,
    connections: Connections,
    *,
    lock: AccountLock,
    allowed: Collection[str],
    journal: Path | None,
    reports: Reports,
    when_idle: float | None = None,
) -> Exit:
    """Apply a plan with progress shown, keep a journal of it if it does anything, and report.

    For the arguments see ``operations.apply``.
    """
    path = journal or journal_files.new_path()
    with interrupts.counted():  # one Ctrl-C too many must not cost the report
        with session.watched(connections) as watching:
            outcome = apply(view.plan, watching, lock=lock, allowed=allowed, journal=path, when_idle=when_idle)
        code = _exit(outcome)
        try:
            _report(outcome, reports, replace(view, allowed=frozenset(allowed)), code)
        finally:
            if not outcome.changed_nothing:
                echo_err(f"The journal is {safe(str(path))}{_way_back(outcome)}")
    return code


def refused(view: PlanView, reports: Reports) -> Exit:
    """Write the reports of a plan that may not be applied, none of whose calls was attempted."""
    outcome = Outcome.untouched(view.plan)
    reports.write_files(_renderer(outcome, reports, view, Exit.REFUSED))
    return Exit.REFUSED


def _renderer(outcome: Outcome, reports: Reports, view: PlanView, code: Exit) -> Render:
    """Return what renders the outcome of a plan in every format."""

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents
            from ringform.reports.json import plan as json_plan

            return documents.text(json_plan.outcome(outcome, view))
        if format_ == "text":
            from ringform.reports.text import outcome as text_outcome
            from ringform.reports.text import plan as text_plan

            parts = [text_plan.render(view, style), *([text_outcome.render(outcome, style)] if outcome.results else [])]
            return "\n\n".join(parts)
        found = [*findings.of_plan(view), *findings.of_outcome(outcome, view)]
        calls = {str(status): outcome.count(status) for status in Status}
        return render_run(format_, reports.run(code, found, plan=view.plan, calls=calls))

    return render


def _report(outcome: Outcome, reports: Reports, view: PlanView, code: Exit) -> None:
    from ringform.reports.text import outcome as text_outcome

    render = _renderer(outcome, reports, view, code)
    try:
        if reports.format == "text":
            if outcome.results:
                echo("\n" + text_outcome.render(outcome, style_for(sys.stdout)), wraps=True)
            reports.write_files(render)
        else:
            reports.deliver(render)
    except RingformError:
        echo_err(text_outcome.render(outcome, style_for(sys.stderr)))  # what was done must reach somebody
        raise


def _way_back(outcome: Outcome) -> str:
    """Say what ``ringform undo`` can do, after the journal's name: a purchase is for good."""
    purchases = [result.change.purchase is not None for result in outcome.results if result.may_have_worked]
    if all(purchases):
        return ". A purchase cannot be taken back."
    return f"; ringform undo takes this back{', but not a purchase' if any(purchases) else ''}."


def _exit(outcome: Outcome) -> Exit:
    if outcome.is_complete:
        return Exit.ERROR if outcome.diagnostics else Exit.DONE
    if outcome.count(Status.UNKNOWN):
        return Exit.PARTIAL
    if outcome.was_interrupted:
        return Exit.INTERRUPTED
    return Exit.PARTIAL if outcome.is_partial else Exit.ERROR
