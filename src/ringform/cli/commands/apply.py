"""``ringform apply``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.cli import options, session
from ringform.cli.approval import approved, check_names
from ringform.cli.carrying import carry_out
from ringform.cli.exits import Exit
from ringform.cli.in_progress import tell_calls_in_progress
from ringform.cli.output import echo, echo_err, now, style_for
from ringform.cli.views import plan_text
from ringform.execution.lock import lock_accounts
from ringform.model.address import Address
from ringform.model.plan import Plan
from ringform.operations import saved_plan
from ringform.operations.approval import refuse_other_digest
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
        saved = saved_plan.read(plan_file)
        plan, created_at = saved.plan, saved.created_at
        providers = [registry.provider(name) for name in plan.providers]
        manifest = None
    else:
        manifest = session.load(written)
        providers = [part.provider for part, _ in manifest.select(targets)]
    check_names(allowed, providers)
    connections = session.connect(providers, account)
    with lock_accounts(connections) as lock:
        if manifest:
            plan, created_at = session.plan(manifest, connections, targets).complete(), now()
        else:
            with session.watched(connections) as watching:
                plan = saved_plan.confirmed(plan, watching, str(plan_file))
        refuse_other_digest(plan, expect_digest)
        _show(plan, format_, yes=yes)
        if manifest:
            session.mention_dates(manifest, plan)
        tell_calls_in_progress(plan, connections, when_idle=patience, is_asking=not yes and sys.stdin.isatty())
        passed = approved(plan, allowed=allowed, yes=yes)
        if passed is None:
            return Exit.REFUSED
        return carry_out(
            plan,
            connections,
            lock=lock,
            allowed=passed,
            created_at=created_at,
            journal=journal,
            format_=format_,
            when_idle=patience,
        )


def _show(plan: Plan, format_: str, *, yes: bool) -> None:
    if format_ == "text":
        echo(plan_text(plan, style_for(sys.stdout)))
    elif not yes:
        echo_err(plan_text(plan, style_for(sys.stderr)))
