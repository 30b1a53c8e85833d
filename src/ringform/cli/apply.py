"""``ringform apply``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform import api
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import now, say, style_for, talk
from ringform.core.address import Address
from ringform.core.plan import Plan
from ringform.core.words import counted
from ringform.engine.outcome import Outcome
from ringform.reports.text import plan as text_plan


@click.command("apply")
@options.manifest
@options.format_("text", "json")
@options.target
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.account
def command(
    paths: tuple[Path, ...],
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
    format_: str,
    targets: tuple[Address, ...],
    yes: bool,
    parallelism: int,
    total_seconds: float,
) -> Exit:
    """Make the account what the manifest says: plan, show, ask, apply, and check every answer."""
    manifest = session.load(paths, var_files, assignments)
    with session.connected(manifest.provider, parallelism=parallelism, total_seconds=total_seconds) as connection:
        made = session.plan(manifest, connection, targets)
    if format_ == "text":
        say(text_plan.render(made, style_for(sys.stdout)))
    elif not yes:
        talk(text_plan.render(made, style_for(sys.stderr)))
    if not made.is_empty and not yes and not _is_wanted(made):
        return Exit.REFUSED
    with session.connected(manifest.provider, parallelism=parallelism, total_seconds=total_seconds) as connection:
        outcome = api.apply(made, connection)
    _report(outcome, format_)
    return _exit(outcome)


def _is_wanted(made: Plan) -> bool:
    if not sys.stdin.isatty():
        talk("Nothing was changed: nobody can be asked here. Add --yes to apply without asking.")
        return False
    question = f"Make {counted(len(made.calls), 'call')} now?"
    if click.confirm(f"\n{question}", err=True):
        return True
    talk("Nothing was changed.")
    return False


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
    return Exit.ERROR if outcome.changed_nothing else Exit.PARTIAL
