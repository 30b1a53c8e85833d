"""``ringform export``."""

from __future__ import annotations

from pathlib import Path

import click

from ringform.cli import options, session
from ringform.cli import output as out
from ringform.cli.exits import Exit
from ringform.core.desired import Scope
from ringform.engine.reading import Reader, observe
from ringform.providers import catalog

_HEADING = (
    "Written by ringform export. A field that you remove is left as it is in the account.",
    "For help while editing, make the schema with: ringform schema > manifest.schema.json",
    "and put this on the first line:  # yaml-language-server: $schema=manifest.schema.json",
)


@click.command("export")
@options.output
@options.account
def command(output: Path | None, account: options.AccountOptions) -> Exit:
    """Write the live account as a manifest whose plan is empty. Only reads."""
    from dataclasses import replace

    from ringform.manifest.writing import to_yaml

    provider = catalog.provider(catalog.DEFAULT)
    with session.watched(session.connect(provider, account)) as connection:
        live = observe(connection, Scope(addresses=None, kinds=frozenset(provider.kinds)))
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
