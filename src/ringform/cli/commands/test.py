"""``ringform test``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ringform.callflow.testing import TestResult
from ringform.cli import options, session
from ringform.cli.exits import Exit
from ringform.cli.output import deliver, style_for
from ringform.model.diagnostic import Location
from ringform.operations.routing_tests import run_tests
from ringform.reports.text.style import Style


@click.command("test")
@options.manifest
@options.format_("text", "json", "junit")
@options.output
def command(
    written: options.ManifestOptions,
    format_: str,
    output: Path | None,
) -> Exit:
    """Run the manifest's routing tests, offline. Exit 2 if one fails.

    A test claims something about calls, such as that sales reaches a person on weekday mornings; a failing one shows
    the call that disproves it.
    """
    manifest = session.load(written)
    results: list[TestResult] = []
    places: list[Location | None] = []
    people: dict[str, str] = {}
    for part in manifest.parts:
        for result in run_tests(part):
            results.append(result)
            places.append(part.locate_test(result.test.index))
        people.update(part.desired.people)
    if format_ == "junit":
        from ringform.reports.junit import routing_tests as junit

        text = junit.render(results, places, people)
    elif format_ == "json":
        from ringform.reports.json import documents

        text = documents.text(documents.tests(results, places))
    else:
        from ringform.reports.text import routing_tests

        text = routing_tests.render(results, places, people, Style() if output else style_for(sys.stdout))
    deliver(text, output)
    return Exit.DONE if all(result.passed for result in results) else Exit.DIFFERENCES
