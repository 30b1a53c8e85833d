"""``ringform simulate``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from ringform.callflow.answering import LeftToAccount
from ringform.callflow.trace import is_open, local_time, trace
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.numbers import Number, number_called, numbers, numbers_in_plan
from ringform.cli.output import say, style_for
from ringform.cli.show import saved_plan
from ringform.core.call_flow import Configuration
from ringform.core.desired import Scope
from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.core.values import Fields
from ringform.core.words import listed
from ringform.engine.reading import observe


@click.command("simulate")
@options.manifest
@click.option("--to", "to", required=True, metavar="NUMBER", help="The number that is called, or its name.")
@click.option(
    "--at",
    metavar="TIME",
    help='When, on the number\'s clock: "2026-12-24 10:00"; or with an offset. [default: now]',
)
@click.option("--press", multiple=True, metavar="KEY", help="A key that the caller presses. Repeatable, in order.")
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
    at: str | None,
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
    asked = _time(at)
    if plan_file:
        number = number_called(numbers_in_plan(saved_plan(plan_file).plan, before=before), to, where="the plan")
    else:
        manifest = session.load(replace(written, as_of=written.as_of or asked))
        number = number_called(numbers(manifest), to, where="the manifest")
    if live:
        number = replace(number, fields=_live(number, account))
    config = _configuration(number)
    when = local_time(config, asked)
    opened = is_open(config, when)
    call = trace(config, is_open=opened, press=press, answered=not no_answer)
    if format_ == "json":
        from ringform.reports.json import documents

        say(documents.text(documents.trace(call, number.address.key, when, is_open=opened)))
    else:
        from ringform.reports.text import trace as text_trace

        say(text_trace.render(call, number.label, when, number.people, style_for(sys.stdout), is_open=opened))
    return Exit.DONE


def _live(number: Number, account: options.AccountOptions) -> Fields:
    provider = number.provider
    scope = Scope(frozenset([number.address]), frozenset([number.address.kind]))
    with session.watched(session.connect([provider], account)) as connections:
        resource = observe(connections[provider.name], scope).resources.get(number.address)
    if resource is None:
        raise RingformError(Diagnostic("not-in-account", f"the account has no number {number.address.key}"))
    return resource.fields


def _configuration(number: Number) -> Configuration:
    config, key = number.answering, number.address.key
    match config:
        case Configuration():
            return config
        case LeftToAccount(missing):
            left = f"{listed(missing)} is left to the account"
            summary = f"the manifest does not say everything about {key}: {left}"
            hint = "add it, or use --live to call the account as it is"
            raise RingformError(Diagnostic("not-managed", summary, hint=hint))
        case None:
            summary = f"it is not documented what happens to a call to {key}"
            raise RingformError(Diagnostic("not-documented", summary, hint="look into the vendor's own settings"))


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time; write 2026-12-24 10:00", param_hint="--at") from None
