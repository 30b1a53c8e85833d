"""``ringform simulate``."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from ringform.callflow.answering import LeftToAccount
from ringform.callflow.simulation import simulate
from ringform.callflow.types import CallFlow
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, style_for
from ringform.execution.reader import Reader, observe
from ringform.manifest.manifest import Manifest
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import listed
from ringform.operations import saved_plan
from ringform.operations.numbers import Number, number_called, numbers, numbers_in_plan
from ringform.providers import registry


@click.command("simulate")
@options.manifest
@click.option("--to", "to", required=True, metavar="NUMBER", help="The number that is called, or its name.")
@click.option(
    "--at",
    type=options.MomentType(),
    metavar="TIME",
    help='When, on the number\'s clock: "2026-12-24 10:00"; or with an offset. [default: now]',
)
@click.option(
    "--press",
    multiple=True,
    type=click.Choice([*"123456789*0#"]),
    metavar="KEY",
    help="A key that the caller presses. Repeatable, in order.",
)
@click.option("--no-answer", is_flag=True, help="Nobody picks up. Without it, whoever rings answers.")
@click.option("--live", is_flag=True, help="Call the account as it is now, not as the manifest says. Only reads.")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Call a number as this saved plan leaves it, instead of a manifest's. Works offline.",
)
@click.option("--before", is_flag=True, help="With --plan: as the number was when the plan was made.")
@options.format_("text", "json")
@options.account
def command(
    written: options.ManifestOptions,
    to: str,
    at: datetime | None,
    press: tuple[str, ...],
    no_answer: bool,
    live: bool,
    plan_file: Path | None,
    before: bool,
    format_: str,
    account: options.AccountOptions,
) -> Exit:
    """Walk one call through the manifest, or a saved plan: what is played, who rings for how long, how it ends."""
    if before and not plan_file:
        raise click.UsageError("--before is for --plan")
    if plan_file and (written.is_given or live):
        raise click.UsageError("--plan stands alone: no PATH, --var, --var-file, --as-of or --live goes with it")
    asked = at or datetime.now().astimezone()
    if plan_file:
        number = number_called(numbers_in_plan(saved_plan.read(plan_file).plan, before=before), to, where="the plan")
    elif live:
        number = _live(_manifest_if_any(written, asked), to, account)
    else:
        manifest = session.load(replace(written, as_of=written.as_of or asked))
        number = number_called(numbers(manifest), to, where="the manifest")
    made = simulate(
        _call_flow(number),
        number.address,
        number.label,
        asked,
        press,
        answered=not no_answer,
        exception=number.exception,
    )
    if format_ == "json":
        from ringform.reports.json import documents

        echo(documents.text(documents.trace(made)))
    else:
        from ringform.reports.text import trace as text_trace

        echo(text_trace.render(made, number.people, style_for(sys.stdout)))
    return Exit.DONE


def _manifest_if_any(written: options.ManifestOptions, asked: datetime) -> Manifest | None:
    """The manifest, for its names; an account can be called without one."""
    try:
        return session.load(replace(written, as_of=written.as_of or asked))
    except RingformError as error:
        if written.is_given or any(each.code != "no-manifest" for each in error.diagnostics):
            raise
        return None


def _live(manifest: Manifest | None, to: str, account: options.AccountOptions) -> Number:
    """The number as the account has it. One that the manifest does not name is looked for among all numbers there."""
    known = {number.address: number for number in numbers(manifest)} if manifest else {}
    aliases = {id_: name for part in manifest.parts for id_, name in part.desired.people.items()} if manifest else {}
    named = None
    with suppress(RingformError):
        named = number_called(known.values(), to, where="the manifest")
    if named:
        scopes = [(named.provider, Scope(frozenset([named.address]), frozenset([named.address.kind])))]
    else:
        providers = [part.provider for part in manifest.parts] if manifest else [registry.provider(registry.DEFAULT)]
        scopes = [(each, Scope(None, frozenset(each.answering))) for each in providers if each.answering]
    found: list[Number] = []
    with session.watched(session.connect((provider for provider, _ in scopes), account)) as connections:
        for provider, scope in scopes:
            connection = connections[provider.name]
            resources = observe(connection, scope).resources
            with Reader(connection) as reader:
                people = {id_: each["name"] for id_, each in provider.people(reader).items() if "name" in each}
            found += [Number(provider, key, each.fields, {**people, **aliases}) for key, each in resources.items()]
    if named and not found:
        raise RingformError(Diagnostic("not-in-account", f"the account has no number {named.address.key}"))
    return found[0] if named else number_called(found, to, where="the account")


def _call_flow(number: Number) -> CallFlow:
    config, key = number.answering, number.address.key
    match config:
        case CallFlow():
            return config
        case LeftToAccount(missing):
            left = f"{listed(missing)} is left to the account"
            summary = f"the manifest does not say everything about {key}: {left}"
            hint = "add it, or use --live to call the account as it is"
            raise RingformError(Diagnostic("not-managed", summary, hint=hint))
        case None:
            summary = f"it is not documented what happens to a call to {key}"
            raise RingformError(Diagnostic("not-documented", summary, hint="look into the vendor's own settings"))
