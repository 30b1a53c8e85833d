"""``ringform simulate``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from ringform import api
from ringform.callflow.answering import LeftToAccount, answering
from ringform.callflow.trace import is_open, local_time, trace
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import say, style_for
from ringform.core.address import Address
from ringform.core.call_flow import Configuration
from ringform.core.calling import NoSuchNumber, called
from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.core.values import Fields
from ringform.core.words import listed
from ringform.manifest.manifest import Manifest
from ringform.providers.base import Provider


@click.command("simulate")
@options.manifest
@options.as_of
@click.option("--to", "to", required=True, metavar="NUMBER", help="The number that is called, or its name.")
@click.option(
    "--at",
    metavar="TIME",
    help='When, on the number\'s clock: "2026-12-24 10:00"; or with an offset. [default: now]',
)
@click.option("--press", multiple=True, metavar="KEY", help="A key that the caller presses. Repeatable, in order.")
@click.option("--no-answer", is_flag=True, help="Nobody picks up. Without it, whoever rings answers.")
@click.option("--live", is_flag=True, help="Call the account as it is now, not as the manifest says. Only reads.")
@options.format_("text", "json")
@options.account
def command(
    paths: tuple[Path, ...],
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
    as_of: datetime | None,
    to: str,
    at: str | None,
    press: tuple[str, ...],
    no_answer: bool,
    live: bool,
    format_: str,
    account: options.AccountOptions,
) -> Exit:
    """Walk one call through the manifest: what is played, who rings and for how long, and how it ends."""
    asked = _time(at)
    manifest = session.load(paths, var_files, assignments, as_of or asked)
    address = _called(manifest, to)
    fields = _live(manifest, address, account) if live else manifest.desired.wanted[address].fields
    config = _configuration(manifest.provider, address, fields)
    when = local_time(config, asked)
    opened = is_open(config, when)
    call = trace(config, is_open=opened, press=press, answered=not no_answer)
    if format_ == "json":
        from ringform.reports.json import documents

        say(documents.text(documents.trace(call, address.key, when, is_open=opened)))
    else:
        from ringform.reports.text import trace as text_trace

        name = manifest.provider.name_of(address, fields)
        label = f"{name} ({address.key})" if name else address.key
        people = manifest.desired.people
        say(text_trace.render(call, label, when, people, style_for(sys.stdout), is_open=opened))
    return Exit.DONE


def _called(manifest: Manifest, to: str) -> Address:
    """The number that is meant, by itself or by its name in the manifest.

    Raises:
        RingformError: The manifest has no such number.
    """
    provider = manifest.provider
    names = {
        address: provider.name_of(address, wanted.fields)
        for address, wanted in manifest.desired.wanted.items()
        if address.kind in provider.answering
    }
    try:
        return called(to, names)
    except NoSuchNumber as error:
        raise RingformError(Diagnostic("unknown-number", str(error), hint=error.hint)) from None


def _live(manifest: Manifest, address: Address, account: options.AccountOptions) -> Fields:
    with session.watched(session.connect(manifest.provider, account)) as connection:
        resource = api.observe(manifest, connection).resources.get(address)
    if resource is None:
        raise RingformError(Diagnostic("not-in-account", f"the account has no number {address.key}"))
    return resource.fields


def _configuration(provider: Provider, address: Address, fields: Fields) -> Configuration:
    config = answering(provider, address, fields)
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
