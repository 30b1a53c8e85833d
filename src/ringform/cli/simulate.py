"""``ringform simulate``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from ringform import api
from ringform.callflow.answering import LeftToAccount, answering
from ringform.callflow.effects import goal
from ringform.callflow.trace import is_open, local_time, trace
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import say, style_for
from ringform.cli.show import saved_plan
from ringform.core.address import Address
from ringform.core.call_flow import Configuration
from ringform.core.calling import NoSuchNumber, called
from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.core.values import Fields
from ringform.core.words import listed
from ringform.manifest.manifest import Manifest
from ringform.providers import catalog
from ringform.providers.base import Provider


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
    paths: tuple[Path, ...],
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
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
    if plan_file and (paths or assignments or var_files or live):
        raise click.UsageError("--plan stands alone: no PATH, --var, --var-file or --live goes with it")
    if plan_file:
        number = _in_plan(plan_file, to, before=before)
    else:
        number = _in_manifest(session.load(paths, var_files, assignments), to, account if live else None)
    config = _configuration(number)
    when = local_time(config, _time(at))
    opened = is_open(config, when)
    call = trace(config, is_open=opened, press=press, answered=not no_answer)
    if format_ == "json":
        from ringform.reports.json import documents

        say(documents.text(documents.trace(call, number.address.key, when, is_open=opened)))
    else:
        from ringform.reports.text import trace as text_trace

        name = number.provider.name_of(number.address, number.fields)
        label = f"{name} ({number.address.key})" if name else number.address.key
        say(text_trace.render(call, label, when, number.people, style_for(sys.stdout), is_open=opened))
    return Exit.DONE


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that is called, with its fields in normal form and names for the people who may ring."""

    provider: Provider
    address: Address
    fields: Fields
    people: Mapping[str, str]


def _in_manifest(manifest: Manifest, to: str, account: options.AccountOptions | None) -> _Number:
    """The number as the manifest has it or, with an account, as it is there."""
    provider, wanted = manifest.provider, manifest.desired.wanted
    sides = {address: each.fields for address, each in wanted.items() if address.kind in provider.answering}
    address = _called(provider, to, sides, "the manifest")
    fields = _live(manifest, address, account) if account else sides[address]
    return _Number(provider, address, fields, manifest.desired.people)


def _in_plan(file: Path, to: str, *, before: bool) -> _Number:
    """The number as a saved plan leaves it, or as it was before; the plan knows those that it changes."""
    plan = saved_plan(file).plan
    provider = catalog.provider(plan.provider)
    sides = {
        change.address: change.before if before else goal(change)
        for change in plan.changes
        if change.address.kind in provider.answering and change.before is not None
    }
    address = _called(provider, to, sides, "the plan")
    return _Number(provider, address, sides[address], plan.people)


def _called(provider: Provider, to: str, sides: Mapping[Address, Fields], where: str) -> Address:
    """The number that is meant, by itself or by its name there.

    Raises:
        RingformError: There is no such number.
    """
    names = {address: provider.name_of(address, fields) for address, fields in sides.items()}
    try:
        return called(to, names, where=where)
    except NoSuchNumber as error:
        raise RingformError(Diagnostic("unknown-number", str(error), hint=error.hint)) from None


def _live(manifest: Manifest, address: Address, account: options.AccountOptions) -> Fields:
    with session.watched(session.connect(manifest.provider, account)) as connection:
        resource = api.observe(manifest, connection).resources.get(address)
    if resource is None:
        raise RingformError(Diagnostic("not-in-account", f"the account has no number {address.key}"))
    return resource.fields


def _configuration(number: _Number) -> Configuration:
    address = number.address
    config = answering(number.provider, address, number.fields)
    match config:
        case Configuration():
            return config
        case LeftToAccount(missing):
            left = f"{listed(missing)} is left to the account"
            summary = f"the manifest does not say everything about {address.key}: {left}"
            hint = "add it, or use --live to call the account as it is"
            raise RingformError(Diagnostic("not-managed", summary, hint=hint))
        case None:
            summary = f"it is not documented what happens to a call to {address.key}"
            raise RingformError(Diagnostic("not-documented", summary, hint="look into the vendor's own settings"))


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time; write 2026-12-24 10:00", param_hint="--at") from None
