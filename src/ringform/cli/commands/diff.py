"""``ringform diff``."""

from __future__ import annotations

from pathlib import Path

import click

from ringform.cli import completion, options, reporting, session, sides
from ringform.cli.exits import Exit
from ringform.operations.diff import diff, read_accounts
from ringform.reports.text.style import Style


@click.command("diff")
@click.argument("before", default="HEAD:")
@click.argument("after", default=sides.CURRENT)
@options.variables
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="ADDRESS",
    shell_complete=completion.of(completion.numbers),
    help="Show only this object: its address, number or name; * stands for any characters. Repeatable.",
)
@reporting.reports("text", "json")
@click.option("--detailed-exitcode", is_flag=True, help="Exit 2 when there are differences.")
@options.account
def command(
    before: str,
    after: str,
    var_files: tuple[Path, ...],
    assignments: tuple[str, ...],
    targets: tuple[str, ...],
    reports: reporting.Reports,
    detailed_exitcode: bool,
    account: options.AccountOptions,
) -> Exit:
    """Compare two states: which fields differ, and what callers notice. Without AFTER, with the manifest as it is now.

    \b
    Each of BEFORE and AFTER is one of:
      ringform.yaml          a file or folder of a manifest
      plan.json              what a saved plan leaves of the objects that it changes
      HEAD~1:                the same manifest in a git revision
      main:offices/us.yaml   a file or folder in a git revision
      @2026-12-24            the same manifest as of that day, also after a file or revision
      live                   the account as it is now; needs a key, and only reads
    """  # noqa: D301 - click wants the backspace itself
    words = [sides.parse(before), sides.parse(after)]
    if words == [None, None]:
        raise click.UsageError("one side has to be a manifest or a plan, which says what of the account to compare")
    then, now = sides.load(words, options.ManifestOptions(var_files=var_files, assignments=assignments))
    about = then or now
    if about is None or then is None or now is None:
        assert about is not None
        with session.watched(session.connect(about, account)) as connections:
            from ringform.operations.people import name_people  # with the HTTP client

            live = read_accounts(about, connections)
            found = name_people(diff(then or live, now or live, targets), connections)
    else:
        found = diff(then, now, targets)
    names = (before, after or "the manifest")

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import diff as as_json
            from ringform.reports.json import documents

            return documents.text(as_json.document(found, *names))
        from ringform.reports.text import diff as as_text

        return as_text.render(found, *names, style)

    reports.deliver(render)
    return Exit.DIFFERENCES if detailed_exitcode and not found.is_empty else Exit.DONE
