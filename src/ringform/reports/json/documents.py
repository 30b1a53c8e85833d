"""The JSON documents that commands print."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ringform.core import plan_json
from ringform.core.diagnostic import Diagnostic
from ringform.core.finding import Finding
from ringform.core.journal import Journal
from ringform.core.outcome import Outcome, Status
from ringform.core.plan import Plan
from ringform.core.values import Json
from ringform.version import __version__


def text(document: Json) -> str:
    """A document as it is printed: indented, and with every character that a terminal could act on escaped."""
    return json.dumps(document, indent=2, ensure_ascii=True)


def plan(the_plan: Plan, created_at: str, tool_version: str = __version__) -> dict[str, Json]:
    """``ringform.plan/v1``. ``created_at`` is ISO 8601 in UTC."""
    return plan_json.dump(the_plan, tool_version=tool_version, created_at=created_at)


def validation(files: Sequence[str], diagnostics: Sequence[Diagnostic]) -> dict[str, Json]:
    """``ringform.validation/v1``: whether the manifest can be used, and everything found in it."""
    return {
        "format": "ringform.validation/v1",
        "tool_version": __version__,
        "files": list(files),
        "valid": not any(diagnostic.is_error for diagnostic in diagnostics),
        "diagnostics": [plan_json.dump_diagnostic(diagnostic) for diagnostic in diagnostics],
    }


def outcome(the_outcome: Outcome, created_at: str) -> dict[str, Json]:
    """``ringform.apply/v1``: the plan, and how each of its calls ended."""
    return {
        "format": "ringform.apply/v1",
        "tool_version": __version__,
        "plan": plan(the_outcome.plan, created_at),
        "complete": the_outcome.is_complete,
        "interrupted": the_outcome.was_interrupted,
        "summary": {str(status): the_outcome.count(status) for status in Status},
        "results": [
            {
                "address": str(result.change.address),
                "call": {"method": result.call.method, "path": result.call.path},
                "status": str(result.status),
                "diagnostic": plan_json.dump_diagnostic(result.diagnostic) if result.diagnostic else None,
            }
            for result in the_outcome.results
        ],
    }


def history(journals: Sequence[Journal]) -> dict[str, Json]:
    """``ringform.history/v1``: the applies of a folder, from their journals."""
    return {
        "format": "ringform.history/v1",
        "tool_version": __version__,
        "applies": [
            {
                "journal": journal.name,
                "started_at": journal.started_at,
                "provider": journal.provider,
                "plan_digest": journal.plan_digest,
                "cut_off": journal.was_cut_off,
                "calls": journal.calls,
                "summary": {str(status): journal.count(status) for status in Status},
                "unknown": [
                    {"address": str(entry.address), "call": {"method": entry.method, "path": entry.path}}
                    for entry in journal.unknown
                ],
            }
            for journal in journals
        ],
    }


def doctor(findings: Sequence[Finding]) -> dict[str, Json]:
    """``ringform.doctor/v1``: what was checked, and what came out."""
    return {
        "format": "ringform.doctor/v1",
        "tool_version": __version__,
        "healthy": all(finding.diagnostic is None or not finding.diagnostic.is_error for finding in findings),
        "checks": [
            {
                "check": finding.check,
                "result": finding.result,
                "diagnostic": plan_json.dump_diagnostic(finding.diagnostic) if finding.diagnostic else None,
            }
            for finding in findings
        ],
    }
