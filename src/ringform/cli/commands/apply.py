"""``ringform apply``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from ringform.cli import options, session
from ringform.cli.approval import check_names, is_approved
from ringform.cli.carrying import carry_out
from ringform.cli.commands.show import saved_plan
from ringform.cli.exits import Exit
from ringform.cli.in_progress import tell_calls_in_progress
from ringform.cli.output import complain, now, say, style_for, talk
from ringform.cli.views import plan_text
from ringform.execution.connection import Connections
from ringform.execution.lock import only_apply
from ringform.execution.reader import observe_all
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic
from ringform.model.plan import Plan
from ringform.planning import staleness
from ringform.providers import registry

_MAX_WAIT = 15 * 60.0
"""Seconds that --when-idle waits for calls to end unless --max-wait says otherwise."""


@click.command("apply")
@options.manifest
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Apply this saved plan, if the account is still what it was made from.",
)
@click.option("--expect-digest", metavar="DIGEST", help="Refuse unless the plan has this digest (plan --digest).")
@options.target
@click.option("--when-idle", is_flag=True, help="Write a number's changes only while no call on it is in progress.")
@click.option(
    "--max-wait",
    type=options.DurationType(),
    metavar="TIME",
    help="With --when-idle: how long to wait for calls to end, such as 90s or 1h. [default: 15m]",
)
@options.permissions
@options.format_("text", "json")
@options.account
def command(
    written: options.ManifestOptions,
    plan_file: Path | None,
    expect_digest: str | None,
    targets: tuple[Address, ...],
    when_idle: bool,
    max_wait: float | None,
    allowed: tuple[str, ...],
    yes: bool,
    journal: Path | None,
    format_: str,
    account: options.AccountOptions,
) -> Exit:
    """Make the account what the manifest says: plan, show, ask, apply, and check every answer."""
    if max_wait is not None and not when_idle:
        raise click.UsageError("--max-wait is for --when-idle: without that nothing is waited for")
    patience = (_MAX_WAIT if max_wait is None else max_wait) if when_idle else None
    if plan_file:
        if written.is_given or targets:
            raise click.UsageError("--plan stands alone: no PATH, --var, --var-file, --as-of or --target goes with it")
        saved = saved_plan(plan_file)
        plan, created_at = saved.plan, saved.created_at
        providers = [registry.provider(name) for name in plan.providers]
        manifest = None
    else:
        manifest = session.load(written)
        providers = [part.provider for part, _ in manifest.aimed_at(targets)]
    check_names(allowed, providers)
    connections = session.connect(providers, account)
    with only_apply(connections):
        if manifest:
            plan, created_at = session.plan(manifest, connections, targets), now()
        elif refusal := _out_of_date(plan, connections, str(plan_file)):
            complain([refusal])
            return Exit.REFUSED
        else:
            plan = replace(plan, read_at=None)
        if expect_digest and plan.digest != expect_digest:
            complain([_other_digest(plan.digest, expect_digest)])
            return Exit.REFUSED
        _show(plan, format_, yes=yes)
        if manifest:
            session.mention_dates(manifest, plan)
        tell_calls_in_progress(plan, connections, when_idle=patience, is_asking=not yes and sys.stdin.isatty())
        if not plan.is_empty and not is_approved(plan, allowed=allowed, yes=yes):
            return Exit.REFUSED
        return carry_out(plan, connections, created_at=created_at, journal=journal, format_=format_, when_idle=patience)


def _out_of_date(plan: Plan, connections: Connections, name: str) -> Diagnostic | None:
    """Why a saved plan can no longer be applied; None if its day and the accounts are what it was made from."""
    if refusal := staleness.overtaken(plan, datetime.now(UTC), name):
        return refusal
    with session.watched(connections) as watching:
        found = staleness.moved(plan, observe_all(watching, staleness.scope_of(plan)))
    return staleness.stale(found, name) if found else None


def _other_digest(actual: str, expected: str) -> Diagnostic:
    return Diagnostic(
        "other-digest",
        "this is not the plan that was approved: the manifest or the account has moved since",
        detail=f"Its digest is {actual}, and not {expected[:80]}.",
        hint="nothing was changed; look at the new plan, and approve that",
    )


def _show(plan: Plan, format_: str, *, yes: bool) -> None:
    if format_ == "text":
        say(plan_text(plan, style_for(sys.stdout)))
    elif not yes:
        talk(plan_text(plan, style_for(sys.stderr)))
