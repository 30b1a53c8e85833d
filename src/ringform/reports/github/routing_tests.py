"""Results of routing tests as annotations: an error at the line of each test that fails, and the warnings."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.callflow.verdict import TestRun
from ringform.model.diagnostic import Location
from ringform.reports.text.routing_tests import totals
from ringform.reports.text.style import safe


def render(run: TestRun) -> str:
    """Return one command a line, and then the totals."""
    lines = [
        _command("error", place, f"test: {result.test.name}", result.reasons(run.people))
        for result, place in run.placed()
        if not result.passed
    ]
    lines += [
        _command("warning", each.location, each.code, [each.summary, *([each.hint] if each.hint else [])])
        for each in run.warnings
    ]
    return "\n".join([*lines, f"{totals(run)}."])


def _command(level: str, place: Location | None, title: str, message: Sequence[str]) -> str:
    """Return a workflow command (GitHub, "Workflow commands": a property escapes more than the message does)."""
    where = {"file": place.file, "line": str(place.line), "col": str(place.column)} if place else {}
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**where, "title": title}.items())
    return f"::{level} {properties}::{'%0A'.join(map(_text, message))}"


def _text(text: str) -> str:
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
