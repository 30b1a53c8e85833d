"""``ringform export``."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ringform.cli import accounts, options, session
from ringform.cli import output as out
from ringform.cli.exits import Exit
from ringform.execution.reader import observe, read_people
from ringform.model.address import Address
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import counted, did_you_mean, listed
from ringform.model.snapshot import Resource, Snapshot
from ringform.providers.facets import Exports
from ringform.reports.text.style import safe

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
@click.option(
    "--output",
    type=options.OutputFileType("ringform.yaml"),
    metavar="FILE",
    help="Write the manifest to a file instead of stdout.",
)
@click.option("--yes", is_flag=True, help="Do not ask before --output replaces a file.")
@options.account
def command(
    provider_name: str | None,
    only: tuple[Address, ...],
    output: Path | None,
    yes: bool,
    account: options.AccountOptions,
) -> Exit:
    """Write the live account as a manifest whose plan is empty. Only reads."""
    from dataclasses import replace

    from ringform.manifest.writing import to_yaml

    if output and output.is_file() and not yes and not _may_replace(output):
        return Exit.REFUSED
    provider = accounts.only_one(provider_name)
    if not isinstance(provider, Exports):
        raise RingformError(Diagnostic("cannot-export", f"accounts of {provider.name} cannot be exported"))
    foreign = [str(address) for address in only if address.kind not in provider.kinds]
    if foreign:
        hint = f"an address of {provider.name} begins with {listed(provider.kinds, last='or')}"
        raise click.BadParameter(f"{foreign[0]} is not one of {provider.name}'s: {hint}", param_hint="--only")
    kinds = {address.kind for address in only} or provider.kinds
    scope = Scope(frozenset(only) or None, kinds=frozenset(kinds))
    with session.watched(session.connect([provider], account)) as connections:
        connection = connections[provider.name]
        live = observe(connection, scope)
        live = replace(live, people=read_people(connection))
    live = replace(live, resources=_chosen(only, live)) if only else live
    document, left_out = provider.export(live)
    out.print_diagnostics(left_out)
    text = to_yaml(document, heading=_HEADING)
    if output is None:
        out.echo(text.rstrip("\n"))
        return Exit.DONE
    out.write_file(output, text, mode=0o600)
    out.echo_err(_written(output, document, live))
    return Exit.DONE


def _may_replace(file: Path) -> bool:
    """Whether a file that is there may go: it may well be the manifest itself, with all that was written by hand."""
    from ringform.cli.approval import confirmed

    if not sys.stdin.isatty():
        out.echo_err(
            f"Nothing was changed: {file} is there already, and nobody can be asked here. "
            "Add --yes to replace it, or name another file."
        )
        return False
    if confirmed(f"{file} is there already, and an export replaces all that is in it. Replace it?"):
        return True
    out.echo_err("Nothing was changed.")
    return False


def _chosen(only: Sequence[Address], live: Snapshot) -> dict[Address, Resource]:
    """What was asked for; an id may be written in capitals.

    Raises:
        RingformError: The account has no such object.
    """
    known = {str(address).casefold(): address for address in live.resources}
    lacking = [address for address in only if str(address).casefold() not in known]
    if lacking:
        there = [str(address) for address in (*live.resources, *live.unmanaged)]
        hint = "check it in the vendor's dashboard, and that the key is the right account's"
        raise RingformError(
            *(
                Diagnostic(
                    "not-in-account",
                    f"the account has no {address}",
                    hint=did_you_mean(str(address), there) or hint,
                    address=address,
                )
                for address in lacking
            )
        )
    chosen = [known[str(address).casefold()] for address in only]
    return {address: live.resources[address] for address in chosen}


def _written(file: Path, document: Mapping[str, object], live: Snapshot) -> str:
    """What the file holds now, and what to do with it next."""
    sections = [section for section in document.values() if isinstance(section, Mapping)]
    held = [address for address in live.resources if any(address.key in section for section in sections)]
    kinds = Counter(address.kind.replace("_", " ") for address in held)
    sums = listed([counted(number, kind) for kind, number in kinds.items()]) or "nothing that a manifest can hold"
    return f"Wrote {safe(str(file))}: {sums}.\nNext: ringform plan {safe(shlex.quote(str(file)))}"
