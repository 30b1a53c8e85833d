"""Carrying an approved plan out: journal, apply, report, exit code; the same for apply and undo."""

from __future__ import annotations

import sys
from pathlib import Path

from ringform import api
from ringform.cli.exits import Exit
from ringform.cli.output import now, say, style_for, talk
from ringform.core.outcome import Outcome
from ringform.core.plan import Plan
from ringform.engine import journaling
from ringform.engine.connection import Connection


def carry_out(plan: Plan, connection: Connection, *, journal: Path | None, format_: str) -> Exit:
    """Apply a plan, keep a journal of it if it does anything, and report."""
    if plan.is_empty:
        outcome = Outcome(plan, ())
    else:
        path = journal or journaling.new_path()
        with journaling.JournalWriter(path, plan, connection) as writer:
            outcome = api.apply(plan, connection, journal=writer, allowed=[each.name for each in plan.guardrails])
        talk(f"\nThe journal is {path}; ringform undo takes this back.")
    _report(outcome, format_)
    return _exit(outcome)


def _report(outcome: Outcome, format_: str) -> None:
    if format_ == "json":
        from ringform.reports.json import documents

        say(documents.text(documents.outcome(outcome, now())))
    elif outcome.results:
        from ringform.reports.text import outcome as text_outcome

        say("\n" + text_outcome.render(outcome, style_for(sys.stdout)))


def _exit(outcome: Outcome) -> Exit:
    if outcome.is_complete:
        return Exit.DONE
    if outcome.was_interrupted:
        return Exit.INTERRUPTED
    return Exit.ERROR if outcome.changed_nothing and not outcome.skipped_some else Exit.PARTIAL
