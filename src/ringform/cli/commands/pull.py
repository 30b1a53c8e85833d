"""``ringform pull``."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from ringform.cli import completion, options, reporting, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo_as_it_is, echo_err, style_for
from ringform.model.pulled import Pulled, PulledChange
from ringform.operations.targets import find_targets
from ringform.reports.text import pull as text_pull
from ringform.reports.text.style import Style


@click.command("pull")
@options.manifest
@click.option(
    "--only",
    multiple=True,
    metavar="ADDRESS",
    shell_complete=completion.of(completion.numbers),
    help="Only this object: its address, such as main_number:+14155551234, its number, or its name; * stands for any "
    "characters. Repeatable.",
)
@click.option("--add-unmanaged", is_flag=True, help="Also add numbers and contacts that the manifest does not name.")
@click.option("--interactive", is_flag=True, help="Ask about each change.")
@click.option("--dry-run", is_flag=True, help="Write nothing: print the changes as a diff. Exit 2 if there are any.")
@reporting.reports("text", "json")
@options.account
def command(
    written: options.ManifestOptions,
    only: tuple[str, ...],
    add_unmanaged: bool,
    interactive: bool,
    dry_run: bool,
    reports: reporting.Reports,
    account: options.AccountOptions,
) -> Exit:
    """Write what was changed in the account into the manifest, line by line. The account is only read.

    Comments, order and layout of everything else stay as they are. What cannot be written safely is left and named,
    with the reason: then the exit code is 4.
    """
    if interactive and not sys.stdin.isatty():
        echo_err("Nothing was changed: nobody can be asked here. Leave --interactive out to write every change.")
        return Exit.REFUSED
    manifest = session.load(written)
    chosen = find_targets(manifest, only, beyond=True)
    connections = session.connect_to(manifest, account, chosen)
    # Imported here: commands that work offline start quickly without the HTTP client.
    from ringform.operations import pull

    with session.watched(connections) as watching:
        live = pull.observe_all(manifest, watching, only=chosen, add_unmanaged=add_unmanaged)
    people = pull.people_of(manifest, live)
    pulled = pull.pull(
        manifest,
        live,
        only=chosen,
        add_unmanaged=add_unmanaged,
        choose=(lambda change: _asked(change, people)) if interactive else None,
    )
    if not dry_run:
        pull.write(pulled, manifest)
    _report(pulled, reports, dry_run=dry_run)
    if pulled.left:
        return Exit.PARTIAL
    return Exit.DIFFERENCES if dry_run and pulled.changes else Exit.DONE


def _asked(change: PulledChange, people: Mapping[str, str]) -> bool:
    from ringform.cli.approval import confirmed

    echo_err("\n" + text_pull.change(change, people, style_for(sys.stderr)))
    return confirmed("Write this into the manifest?")


def _report(pulled: Pulled, reports: reporting.Reports, *, dry_run: bool) -> None:
    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents
            from ringform.reports.json import pull as json_pull

            return documents.text(json_pull.document(pulled, is_written=not dry_run))
        return text_pull.render(pulled, style, is_written=not dry_run)

    if reports.format != "text" or not dry_run:
        reports.deliver(render)
        return
    if pulled.files:
        from ringform.reports import patch

        echo_as_it_is(patch.render(pulled.files))
    if pulled.left:
        echo_err(text_pull.left(pulled.left, style_for(sys.stderr)))
    elif not pulled.files:
        echo_err(text_pull.render(pulled, style_for(sys.stderr)))
    reports.write_files(render)
