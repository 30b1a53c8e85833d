"""``ringform undo``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from ringform import api
from ringform.cli import options, session
from ringform.cli.approval import check_names, is_approved
from ringform.cli.carrying import carry_out
from ringform.cli.exits import Exit
from ringform.cli.output import now, say, style_for, talk
from ringform.cli.views import plan_text
from ringform.execution import journaling
from ringform.execution.connection import Connections, by_provider, identity
from ringform.execution.lock import only_apply
from ringform.execution.reader import observe
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.journal import Journal
from ringform.model.plan import ManifestId, Plan, joined
from ringform.model.values import digest
from ringform.planning import undo
from ringform.planning.guardrails import OTHER_ACCOUNT, Tripped
from ringform.planning.planner import make_plan
from ringform.providers import registry


@click.command("undo")
@click.argument("journal_file", metavar="[JOURNAL]", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Take back also what somebody else has changed since.")
@options.permissions
@options.format_("text", "json")
@options.account
def command(
    journal_file: Path | None,
    force: bool,
    allowed: tuple[str, ...],
    yes: bool,
    journal: Path | None,
    format_: str,
    account: options.AccountOptions,
) -> Exit:
    """Put back what an apply changed, from its journal: by default the last one of this folder.

    The way back is planned against the account as it is now. What somebody has changed since is left alone.
    """
    past = journaling.read_journal(journal_file or _latest())
    providers = [registry.provider(name) for name in past.providers]
    check_names(allowed, providers)
    connections = session.connect(providers, account)
    with only_apply(connections):
        plan, created_at = _way_back(past, connections, force=force), now()
        if not plan.is_empty and past.account != identity(connections):
            plan = replace(plan, guardrails=(*plan.guardrails, _other_account(plan)))
        if format_ == "text":
            say(plan_text(plan, style_for(sys.stdout)))
        if plan.is_empty and not _left_some(plan.diagnostics):
            talk(f"{past.name} has nothing to put back: ringform history lists the other applies of this folder.")
        if not plan.is_empty and not is_approved(plan, allowed=allowed, yes=yes):
            return Exit.REFUSED
        ended = carry_out(plan, connections, created_at=created_at, journal=journal, format_=format_)
    return Exit.PARTIAL if ended is Exit.DONE and _left_some(plan.diagnostics) else ended


def _way_back(past: Journal, connections: Connections, *, force: bool) -> Plan:
    source = ManifestId((past.name,), digest(past.plan_digest))
    plans = []
    for connection in connections.values():
        provider = connection.provider
        mine = past.limited_to(provider.kinds)
        if not mine.entries and len(connections) > 1:
            continue
        with session.watched(by_provider(connection)) as watching:
            live = observe(watching[provider.name], undo.scope(mine))
        lasting = frozenset(provider.kinds) - provider.creatable
        desired, found = undo.way_back(mine, live, force=force, lasting=lasting, lasting_fields=provider.lasting_fields)
        plan = api.with_names(make_plan(desired, live, provider, source), connection)
        plans.append(replace(plan, diagnostics=(*found, *plan.diagnostics)))
    return joined(plans, source)


def _other_account(plan: Plan) -> Tripped:
    summary = "the journal was made with another key or base URL: what it changed is looked for in this account"
    return Tripped(OTHER_ACCOUNT, summary, tuple(change.address for change in plan.changes))


def _left_some(diagnostics: tuple[Diagnostic, ...]) -> bool:
    return any(diagnostic.code == undo.LEFT for diagnostic in diagnostics)


def _latest() -> Path:
    journals = journaling.list_journals()
    if not journals:
        hint = "start it in the folder where the apply was made, or name the journal"
        summary = f"there is no journal in {journaling.FOLDER}"
        raise RingformError(Diagnostic("no-journal", summary, hint=hint))
    return journals[-1]
