"""``ringform export``."""

from __future__ import annotations

import re
import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from ringform.cli import options, session
from ringform.cli import output as out
from ringform.cli.exits import Exit
from ringform.model.address import Address
from ringform.model.messages import counted, listed
from ringform.operations.accounts import configured_providers
from ringform.operations.export import export
from ringform.providers.protocol import Provider
from ringform.reports.text.style import safe


@click.command("export")
@options.provider
@click.option(
    "--only",
    multiple=True,
    metavar="ADDRESS",
    help="Only this object: its address, such as main_number:+14155551234, its number, or its name; * stands for any "
    "characters. Repeatable.",
)
@click.option(
    "--output",
    type=options.OutputFileType("ringform.yaml"),
    metavar="FILE",
    help="Write the manifest to a file instead of stdout.",
)
@click.option("--yes", is_flag=True, help="Do not ask before --output replaces a file.")
@options.account
def command(
    provider: Provider | None,
    only: tuple[str, ...],
    output: Path | None,
    yes: bool,
    account: options.AccountOptions,
) -> Exit:
    """Write the live account as a manifest whose plan is empty. Only reads."""
    if output and output.is_file() and not yes and not _may_replace(output):
        return Exit.REFUSED
    provider = provider or _only_provider()
    foreign = [text for text in only if re.match(r"[a-z_]+:", text) and text.partition(":")[0] not in provider.kinds]
    if foreign:
        hint = f"an address of {provider.name} begins with {listed(provider.kinds, last='or')}"
        raise click.BadParameter(f"{foreign[0]} is not an address of {provider.name}: {hint}", param_hint="--only")
    with session.watched(session.connect([provider], account)) as connections:
        exported = export(connections[provider.name], only)
    out.print_diagnostics(exported.left_out)
    if output is None:
        out.echo(exported.text.rstrip("\n"))
        return Exit.DONE
    out.write_file(output, exported.text, mode=0o600)
    out.echo_err(_written(output, exported.held))
    return Exit.DONE


def _only_provider() -> Provider:
    providers = configured_providers(options.environment())
    if len(providers) > 1:
        names = listed([provider.name for provider in providers])
        raise click.UsageError(f"the environment has keys for {names}; choose one with --provider")
    return providers[0]


def _may_replace(file: Path) -> bool:
    """Return whether an existing file may be replaced: it may be the manifest itself, with much written by hand."""
    from ringform.cli.approval import confirmed

    name = safe(str(file))
    if not sys.stdin.isatty():
        out.echo_err(
            f"Nothing was changed: {name} already exists, and this is not a terminal, so ringform cannot ask. "
            "Add --yes to replace it, or name another file."
        )
        return False
    if confirmed(f"{name} already exists, and an export replaces everything in it. Replace it?"):
        return True
    out.echo_err("Nothing was changed.")
    return False


def _written(file: Path, held: Sequence[Address]) -> str:
    """Return what the file holds now, and what to do with it next."""
    kinds = Counter(address.kind.replace("_", " ") for address in held)
    sums = listed([counted(number, kind) for kind, number in kinds.items()]) or "nothing that a manifest can hold"
    return f"Wrote {safe(str(file))}: {sums}.\nNext: ringform plan {safe(shlex.quote(str(file)))}"
