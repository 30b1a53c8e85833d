"""``ringform export``."""

from __future__ import annotations

from pathlib import Path

import click

from ringform.cli import accounts, options, session
from ringform.cli import output as out
from ringform.cli.exits import Exit
from ringform.core.address import Address
from ringform.core.desired import Scope
from ringform.engine.reading import Reader, observe

_HEADING = (
    "Written by ringform export. A field that you remove is left as it is in the account.",
    "For help while editing, make the schema with: ringform schema > manifest.schema.json",
    "and put this on the first line:  # yaml-language-server: $schema=manifest.schema.json",
)


@click.command("export")
@accounts.option
@click.option(
    "--only",
    multiple=True,
    type=options.AddressType(),
    metavar="ADDRESS",
    help="Only this object, such as main_number:+14155551234. Repeatable.",
)
@options.output
@options.account
def command(
    provider_name: str | None, only: tuple[Address, ...], output: Path | None, account: options.AccountOptions
) -> Exit:
    """Write the live account as a manifest whose plan is empty. Only reads."""
    from dataclasses import replace

    from ringform.manifest.writing import to_yaml

    provider = accounts.only_one(provider_name)
    scope = Scope(frozenset(only) or None, kinds=frozenset(provider.kinds))
    with session.watched(session.connect([provider], account)) as connections:
        connection = connections[provider.name]
        live = observe(connection, scope)
        with Reader(connection) as reader:
            live = replace(live, people=provider.people(reader))
    document, left_out = provider.export(live)
    out.complain(left_out)
    _write(to_yaml(document, heading=_HEADING), output)
    return Exit.DONE


def _write(text: str, file: Path | None) -> None:
    if file:
        out.write_file(file, text, mode=0o600)
    else:
        out.say(text.rstrip("\n"))
