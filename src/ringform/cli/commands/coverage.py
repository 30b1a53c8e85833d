"""``ringform coverage``."""

from __future__ import annotations

import sys

import click

from ringform.callflow.answering import LeftToAccount
from ringform.callflow.coverage import NumberCoverage, Sums, coverage
from ringform.callflow.types import Once, RoutingTest
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import echo, echo_err, style_for
from ringform.manifest.manifest import Manifest, Part
from ringform.operations.numbers import numbers


@click.command("coverage")
@options.manifest
@options.format_("text", "json")
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="PERCENT", help="Exit 2 if less is tested.")
def command(
    written: options.ManifestOptions,
    format_: str,
    fail_under: int | None,
) -> Exit:
    """Say which flows, menu keys and hours no routing test is about, offline.

    A test is about what its calls pass: the flows, the keys pressed, and the open or closed hours of their days. Days
    with the same hours are one part.
    """
    manifest = session.load(written)
    covered = _coverage(manifest)
    if format_ == "json":
        from ringform.reports.json import coverage as as_json
        from ringform.reports.json import documents

        echo(documents.text(as_json.document(covered)))
    else:
        from ringform.reports.text import coverage as as_text

        echo(as_text.render(covered, style_for(sys.stdout)))
    sums = Sums.of(covered)
    if fail_under is None or sums.percent >= fail_under:
        return Exit.DONE
    echo_err(f"Less than {fail_under}% is tested.")
    return Exit.DIFFERENCES


def _coverage(manifest: Manifest) -> list[NumberCoverage]:
    """The coverage of every number of which the manifest says anything about how it answers."""
    known = {
        number.address: (answer, number.name)
        for number in numbers(manifest)
        if not (isinstance(answer := number.answering, LeftToAccount) and answer.is_everything)
    }
    tests = [test for part in manifest.parts for test in part.desired.tests if not _is_about_a_date(part, test)]
    answers = {address: answer for address, (answer, _) in known.items()}
    return list(coverage(tests, answers, {address: name for address, (_, name) in known.items()}))


def _is_about_a_date(part: Part, test: RoutingTest) -> bool:
    """Whether a test is about a day that is not as it normally is: it says nothing of the normal week."""
    return isinstance(test.when, Once) and test.to in part.desired_as_of(test.when.at).exceptional
