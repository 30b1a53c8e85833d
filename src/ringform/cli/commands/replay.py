"""``ringform replay``."""

from __future__ import annotations

import click

from ringform.cli import options, reporting, session
from ringform.cli.exits import Exit
from ringform.cli.output import print_diagnostics
from ringform.operations.replay import replay
from ringform.operations.targets import find_targets
from ringform.planning.calendar_notes import DATED_HOURS
from ringform.reports.text.style import Style


@click.command("replay")
@options.manifest
@reporting.reports("text", "json")
@options.target
@options.account
def command(
    written: options.ManifestOptions,
    reports: reporting.Reports,
    targets: tuple[str, ...],
    account: options.AccountOptions,
) -> Exit:
    """Hold the account's last calls against the manifest: which would have gone elsewhere? Only reads.

    Each call is walked through the account as it is now and through the manifest. An account gives the latest 50 calls
    at most. Callers' numbers are masked.
    """
    manifest = session.load(written)
    connections = session.connect_to(manifest, account)
    with session.watched(connections) as watching:
        plan, found = replay(manifest, watching, find_targets(manifest, targets))
    # Calls of other weeks meet the hours of one date here: whoever reads of them has to know why.
    print_diagnostics([each for each in plan.diagnostics if each.code == DATED_HOURS])

    def render(format_: str, style: Style) -> str:
        if format_ == "json":
            from ringform.reports.json import documents
            from ringform.reports.json import replay as json_replay

            return documents.text(json_replay.document(found))
        from ringform.reports.text import replay as text_replay

        return text_replay.render(found, plan.people, style)

    reports.deliver(render)
    return Exit.DONE
