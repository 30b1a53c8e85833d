"""``ringform plan``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ringform.callflow.replay import Replay
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import deliver, echo, echo_err, print_diagnostics, style_for, write_file
from ringform.cli.views import plan_json, plan_text
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic
from ringform.model.plan import Plan
from ringform.reports.text.style import Style
from ringform.version import __version__


@click.command("plan")
@options.manifest
@options.format_("text", "json")
@click.option(
    "--out", type=options.OutputFileType("plan.json"), metavar="FILE", help="Save the plan, for ringform show."
)
@options.output
@options.target
@click.option("--replay", is_flag=True, help="Also tell which of the account's last calls would have gone elsewhere.")
@click.option("--digest", is_flag=True, help="Print only the plan's digest, for apply --expect-digest.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 when there are changes.")
@options.account
def command(
    written: options.ManifestOptions,
    format_: str,
    out: Path | None,
    output: Path | None,
    targets: tuple[Address, ...],
    replay: bool,
    digest: bool,
    detailed_exitcode: bool,
    account: options.AccountOptions,
) -> Exit:
    """Show what an apply would change. Nothing but GET requests is sent."""
    manifest = session.load(written)
    _mention_cut_off_apply()
    connections = session.connect_to(manifest, account, targets)
    planned = session.plan(manifest, connections, targets)
    # Of the whole, or not at all.
    made, failures = planned.complete() if out or digest else planned.plan, planned.failures
    if out:
        save(made, out)
    if digest:
        echo(made.digest)
    elif replay:
        from ringform.operations.replay import replay_plan

        with session.watched(connections) as watching:
            made, replayed = replay_plan(made, watching)
        report(made, format_, output, replayed=replayed, failures=failures)
    else:
        report(made, format_, output, failures=failures)
    session.mention_dates(manifest, made)
    if failures:
        return Exit.ERROR
    return Exit.DIFFERENCES if detailed_exitcode and not made.is_empty else Exit.DONE


def _mention_cut_off_apply() -> None:
    """Say it when the last apply in this folder has no end: what it left open is part of the new plan."""
    from ringform.operations.history import latest

    last = latest()
    print_diagnostics(last.diagnostics)
    for apply in last.applies:
        if apply.was_cut_off:
            from ringform.reports.text import history

            echo_err(history.cut_off(apply, style_for(sys.stderr)) + "\n")


def save(made: Plan, path: Path) -> None:
    """Write the plan's JSON, readable by its owner only: it holds the account's texts and contacts.

    Raises:
        RingformError: The file cannot be written.
    """
    write_file(path, plan_json(made, indent=None) + "\n", mode=0o600)


def report(
    made: Plan,
    format_: str,
    file: Path | None,
    *,
    failures: Sequence[Diagnostic] = (),
    created_at: str | None = None,
    tool_version: str = __version__,
    replayed: Replay | None = None,
) -> None:
    """Print the plan, or write it to a file, and tell of the accounts that it has nothing on as they failed.

    A saved plan keeps the time and version of its making.
    """
    if format_ == "json":
        made = replace(made, diagnostics=(*failures, *made.diagnostics))
        text = plan_json(made, created_at=created_at, tool_version=tool_version, replayed=replayed)
    else:
        on = date.fromisoformat(created_at[:10]) if created_at else None
        text = plan_text(made, Style() if file else style_for(sys.stdout), on=on, replayed=replayed)
    deliver(text, file)
    print_diagnostics(failures)
