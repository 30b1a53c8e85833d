"""Findings as commands to GitHub and Azure Pipelines, which show them at the lines of a pull request."""

from __future__ import annotations

from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.run import Run
from ringform.reports.text.diagnostics import count_line
from ringform.reports.text.style import safe

_MOST = 10
"""How many annotations GitHub shows of one step (GitHub, "Limits of check runs")."""

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_AZURE_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def github(run: Run) -> str:
    """Return one workflow command a line, errors first and at most ten, and then the totals."""
    ordered = sorted(run.findings, key=lambda each: each.severity.rank)
    lines = [_github(each) for each in ordered[:_MOST]]
    left = len(ordered) - _MOST
    more = f" {left:,} more: GitHub shows {_MOST} annotations of a step." if left > 0 else ""
    return "\n".join([*lines, totals(run) + more])


def azure(run: Run) -> str:
    """Return one logging command a line, for errors and warnings, and then the totals."""
    return "\n".join([*(_azure(each) for each in run.findings if each.severity in _AZURE_TYPES), totals(run)])


def totals(run: Run) -> str:
    """Return a sentence that counts the findings."""
    return f"{run.command}: {count_line(run.findings) or 'nothing found'}."


def message(finding: Diagnostic) -> list[str]:
    """Return the lines that say what was found and what to do."""
    return [finding.summary, *(finding.detail or "").splitlines(), *([finding.hint] if finding.hint else [])]


def _github(finding: Diagnostic) -> str:
    """Return a workflow command (GitHub, "Workflow commands": a property escapes more than the message does)."""
    place = finding.location
    where = {"file": place.file, "line": str(place.line), "col": str(place.column)} if place else {}
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**where, "title": finding.code}.items())
    return f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{'%0A'.join(map(_text, message(finding)))}"


def _text(text: str) -> str:
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")


def _azure(finding: Diagnostic) -> str:
    """Return a logging command (Azure Pipelines, "Logging commands", which also gives the escapes)."""
    place = finding.location
    where = {"sourcepath": place.file, "linenumber": place.line, "columnnumber": place.column} if place else {}
    said = {"type": _AZURE_TYPES[finding.severity], **where, "code": finding.code}
    properties = "".join(f"{name}={_azure_property(str(value))};" for name, value in said.items())
    return f"##vso[task.logissue {properties}]{'%0A'.join(map(_azure_text, message(finding)))}"


def _azure_text(text: str) -> str:
    return safe(text).replace("%", "%AZP25")


def _azure_property(text: str) -> str:
    return _azure_text(text).replace(";", "%3B").replace("]", "%5D")
