"""Carrying an approved plan out: journal, apply, report, exit code; the same for apply and undo."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from ringform.cli import session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, style_for
from ringform.cli.views import outcome_json
from ringform.execution import interrupts, journaling
from ringform.execution.connection import Connections
from ringform.execution.lock import AccountLock
from ringform.model.diagnostic import RingformError
from ringform.model.outcome import Outcome
from ringform.model.plan import Plan
from ringform.operations.apply import apply


def carry_out(
    plan: Plan,
    connections: Connections,
    *,
    lock: AccountLock,
    allowed: Collection[str],
    created_at: str,
    journal: Path | None,
    format_: str,
    when_idle: float | None = None,
) -> Exit:
    """Apply a plan with progress shown, keep a journal of it if it does anything, and report.

    ``allowed`` names the guardrails that it may pass. ``created_at`` is when the plan was made, ISO 8601 in UTC. With
    ``when_idle``, numbers wait for that many seconds at most until no call on them is going on.
    """
    if plan.is_empty:
        outcome, path = Outcome(plan, ()), None
    else:
        path = journal or journaling.new_path()
        with interrupts.counted():
            with journaling.JournalWriter(path, plan, connections) as writer, session.watched(connections) as watching:
                outcome = apply(plan, watching, lock=lock, allowed=allowed, journal=writer, when_idle=when_idle)
            return _told(outcome, path, format_, created_at)  # one Ctrl-C too many must not cost the report
    return _told(outcome, path, format_, created_at)


def _told(outcome: Outcome, path: Path | None, format_: str, created_at: str) -> Exit:
    try:
        _report(outcome, format_, created_at)
    finally:
        if path and not outcome.changed_nothing:
            echo_err(f"The journal is {path}; ringform undo takes this back.")
    return _exit(outcome)


def _report(outcome: Outcome, format_: str, created_at: str) -> None:
    from ringform.reports.text import outcome as text_outcome

    try:
        if format_ == "json":
            echo(outcome_json(outcome, created_at))
        elif outcome.results:
            echo("\n" + text_outcome.render(outcome, style_for(sys.stdout)))
    except RingformError:
        echo_err(text_outcome.render(outcome, style_for(sys.stderr)))  # somebody must be told what was done
        raise


def _exit(outcome: Outcome) -> Exit:
    if outcome.is_complete:
        return Exit.ERROR if outcome.diagnostics else Exit.DONE
    if outcome.was_interrupted:
        return Exit.INTERRUPTED
    return Exit.ERROR if outcome.changed_nothing and not outcome.skipped_some else Exit.PARTIAL
