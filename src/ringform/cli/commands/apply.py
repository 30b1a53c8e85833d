"""``ringform apply``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from ringform.callflow.plan_view import PlanView
from ringform.cli import options, reporting, session
from ringform.cli.approval import approved, check_names
from ringform.cli.execute import execute, refused
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, style_for
from ringform.execution.lock import lock_accounts
from ringform.model.messages import counted, duration, listed
from ringform.operations import saved_plan
from ringform.operations.accounts import providers_of
from ringform.operations.approval import refuse_other_digest
from ringform.operations.callers import view_plan
from ringform.operations.calls_in_progress import CallsInProgress, calls_in_progress
from ringform.operations.targets import find_targets
from ringform.reports.text import plan as text_plan
from ringform.reports.text.style import safe

_MAX_WAIT = 15 * 60.0
"""Seconds that --when-idle waits for calls to end unless --max-wait says otherwise."""


@click.command("apply")
@options.manifest
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Apply this saved plan, if the account has not changed since.",
)
@click.option("--expect-digest", metavar="DIGEST", help="Refuse unless the plan has this digest (plan --digest).")
@options.target
@options.only_calendar
@click.option("--when-idle", is_flag=True, help="Write a number's changes only while no call on it is in progress.")
@click.option(
    "--max-wait",
    type=options.DurationType(),
    metavar="TIME",
    help="With --when-idle: how long to wait for calls to end, such as 90s or 1h. [default: 15m]",
)
@options.permissions
@reporting.reports("text", "json", "github", "azure", *reporting.MONITORING)
@options.account
def command(
    written: options.ManifestOptions,
    plan_file: Path | None,
    expect_digest: str | None,
    targets: tuple[str, ...],
    only_calendar: bool,
    when_idle: bool,
    max_wait: float | None,
    allowed: tuple[str, ...],
    yes: bool,
    journal: Path | None,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """Make the account what the manifest says: plan, show, ask, apply, and check every answer."""
    if max_wait is not None and not when_idle:
        raise click.UsageError("--max-wait needs --when-idle: without it, apply waits for no call")
    patience = (_MAX_WAIT if max_wait is None else max_wait) if when_idle else None
    saved = None
    if plan_file:
        if written.is_given or targets or only_calendar:
            summary = "--plan takes no PATH, --var, --var-file, --as-of, --target or --calendar"
            raise click.UsageError(summary)
        saved = saved_plan.read(plan_file)
        plan = saved.plan
        providers = providers_of(plan)
        manifest = None
    else:
        manifest = session.load(written)
        chosen = find_targets(manifest, targets)
        providers = [part.provider for part, _ in manifest.select(chosen)]
    check_names(allowed, providers)
    connections = session.connect_to(manifest, account, chosen) if manifest else session.connect(providers, account)
    with lock_accounts(connections) as lock:
        if manifest:
            plan = session.plan(manifest, connections, chosen, only_calendar=only_calendar).complete()
        else:
            with session.watched(connections) as watching:
                plan = saved_plan.confirmed(plan, watching, str(plan_file))
        refuse_other_digest(plan, expect_digest)
        view = replace(view_plan(plan, created_at=saved.created_at if saved else None), allowed=frozenset(allowed))
        _show(view, reports.format, yes=yes)
        # An apply that asks nobody and waits for nothing, as in a CI, sends no request for it.
        if when_idle or (not yes and sys.stdin.isatty()):
            with session.watched(connections) as watching:
                busy = calls_in_progress(plan, watching, is_needed=when_idle)
            _mention_calls(busy, patience)
        passed = approved(plan, allowed=allowed, yes=yes)
        if passed is None:
            return refused(view, reports)
        ended = execute(
            view,
            connections,
            lock=lock,
            allowed=passed,
            journal=journal,
            reports=reports,
            when_idle=patience,
        )
    if plan.dates and reports.format == "text":
        echo(
            "\n"
            + session.dates_ahead(
                plan, written if manifest else options.ManifestOptions.of(plan), style_for(sys.stdout)
            )
        )
    return ended


def _mention_calls(busy: CallsInProgress, max_wait: float | None) -> None:
    """Say which numbers are being talked on, and what becomes of them; ``max_wait`` is None without --when-idle."""
    labels = [
        f"{safe(each.name or address.key)} ({busy.counts[address]})"
        for address, each in busy.changes.items()
        if address in busy.counts
    ]
    total = sum(busy.counts.values())
    if not busy.is_complete:
        text = "More calls are in progress than the account shows; they may be on numbers that this changes."
    elif total:
        verb = "is" if total == 1 else "are"
        text = f"{counted(total, 'call')} {verb} in progress on numbers that this changes: {listed(labels)}."
    else:
        return
    if max_wait is None:
        echo_err(f"\n{text} --when-idle waits until such calls have ended.")
    elif max_wait:
        echo_err(f"\n{text} These numbers wait until their calls have ended, for {duration(max_wait)} at most.")
    else:
        echo_err(f"\n{text} These numbers are left alone.")


def _show(view: PlanView, format_: str | None, *, yes: bool) -> None:
    if format_ == "text":
        echo(text_plan.render(view, style_for(sys.stdout)), wraps=True)
    elif not yes:
        echo_err(text_plan.render(view, style_for(sys.stderr)))
