"""``ringform coverage``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.callflow.answering import LeftToAccount, answering
from ringform.callflow.coverage import coverage
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import say, style_for, talk
from ringform.core.coverage import NumberCoverage, Sums
from ringform.manifest.manifest import Manifest


@click.command("coverage")
@options.manifest
@options.format_("text", "json")
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="PERCENT", help="Exit 2 if less is tested.")
def command(
    paths: tuple[Path, ...],
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
    format_: str,
    fail_under: int | None,
) -> Exit:
    """Say which flows, menu keys and hours no routing test is about, offline.

    A test is about what its calls pass: the flows, the keys pressed, and the open or closed hours of their days. Days
    with the same hours are one part.
    """
    manifest = session.load(paths, var_files, assignments)
    numbers = _coverage(manifest)
    if format_ == "json":
        from ringform.reports.json import coverage as as_json
        from ringform.reports.json import documents

        say(documents.text(as_json.document(numbers)))
    else:
        from ringform.reports.text import coverage as as_text

        say(as_text.render(numbers, style_for(sys.stdout)))
    sums = Sums.of(numbers)
    if fail_under is None or sums.percent >= fail_under:
        return Exit.DONE
    talk(f"Less than {fail_under}% is tested.")
    return Exit.DIFFERENCES


def _coverage(manifest: Manifest) -> list[NumberCoverage]:
    """The coverage of every number of which the manifest says anything about how it answers."""
    provider = manifest.provider
    wanted = manifest.desired.wanted.items()
    answers = {address: answering(provider, address, each.fields) for address, each in wanted}
    looked_at = {
        address: answer
        for address, answer in answers.items()
        if not isinstance(answer, LeftToAccount) or len(answer.fields) < len(provider.answering[address.kind])
    }
    names = {address: provider.name_of(address, each.fields) for address, each in wanted}
    return list(coverage(manifest.desired.tests, looked_at, names))
