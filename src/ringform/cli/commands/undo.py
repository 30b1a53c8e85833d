"""``ringform undo``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from ringform.cli import completion, options, reporting, session
from ringform.cli.approval import approved, check_names
from ringform.cli.execute import execute, refused
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, print_diagnostics, style_for
from ringform.execution.lock import lock_accounts
from ringform.operations.accounts import providers_of
from ringform.operations.callers import view_plan
from ringform.operations.history import to_undo
from ringform.operations.undo import plan_undo
from ringform.reports.text import history as text_history
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import safe


@click.command("undo")
@click.argument(
    "journal_file",
    metavar="[JOURNAL]",
    required=False,
    type=click.Path(path_type=Path),
    shell_complete=completion.of(completion.journals),
)
@click.option("--force", is_flag=True, help="Also take back what somebody else has changed since.")
@options.permissions
@reporting.reports("text", "json", "github", "azure", *reporting.MONITORING)
@options.account
def command(
    journal_file: Path | None,
    force: bool,
    allowed: tuple[str, ...],
    yes: bool,
    journal: Path | None,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """Put back what an apply changed, from its journal: by default the last one of this folder.

    The way back is planned against the account as it is now. What somebody has changed since is left alone.
    """
    undoable = to_undo(journal_file)
    past = undoable.journal
    print_diagnostics(past.diagnostics)
    providers = providers_of(past)
    check_names(allowed, providers)
    connections = session.connect(providers, account)
    kinds = {name: kind for provider in providers for name, kind in provider.kinds.items()}
    echo_err(text_history.taking_back(undoable, kinds) + "\n")
    with lock_accounts(connections) as lock:
        with session.watched(connections) as watching:
            plan = plan_undo(past, watching, force=force)
        view = replace(view_plan(plan), allowed=frozenset(allowed))
        if reports.format == "text":
            echo(text_plan.render(view, style_for(sys.stdout)), wraps=True)
        if plan.is_empty and not plan.leaves_some:
            echo_err(
                f"{safe(past.name)} has nothing to put back: ringform history lists the other applies of this folder."
            )
        passed = approved(plan, allowed=allowed, yes=yes)
        if passed is None:
            return refused(view, reports)
        ended = execute(view, connections, lock=lock, allowed=passed, journal=journal, reports=reports)
    if not plan.is_empty and ended is not Exit.ERROR:
        echo_err(
            "If the manifest still asks for what this undoes, change it first:\nthe next apply would make it again."
        )
    return Exit.PARTIAL if ended is Exit.DONE and plan.leaves_some else ended
