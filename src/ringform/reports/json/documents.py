"""The JSON documents that commands print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from ringform.callflow.routing_test import Expectation
from ringform.callflow.simulation import Simulation
from ringform.callflow.trace import Trace, TraceStep
from ringform.callflow.types import FlowNames
from ringform.callflow.verdict import Counterexample, TestedNumber, TestRun
from ringform.model.account_check import AccountCheck
from ringform.model.diagnostic import Diagnostic
from ringform.model.escaping import in_quotes
from ringform.model.journal import Journal
from ringform.model.outcome import Status
from ringform.model.run import Run
from ringform.model.values import Json
from ringform.planning.codec import DIAGNOSTIC, LOCATION
from ringform.version import __version__


def text(document: Json, *, indent: int | None = 2) -> str:
    """Return a document as text that is safe to print, whatever it holds.

    Without ``indent`` it is one line, half as long and much faster to make.
    """
    separators = (",", ":") if indent is None else None
    return in_quotes(json.dumps(document, indent=indent, separators=separators))


def validation(files: Sequence[str], diagnostics: Sequence[Diagnostic]) -> dict[str, Json]:
    """Return ``ringform.validation/v1``: whether the manifest can be used, and its diagnostics."""
    return {
        "format": "ringform.validation/v1",
        "tool_version": __version__,
        "files": list(files),
        "valid": not any(diagnostic.is_error for diagnostic in diagnostics),
        "diagnostics": [DIAGNOSTIC.encode(diagnostic) for diagnostic in diagnostics],
    }


def run(ended: Run) -> dict[str, Json]:
    """Return ``ringform.run/v1``: how a run ended, for logs, and in the place of a report of a run that failed."""
    return {
        "format": "ringform.run/v1",
        "tool_version": __version__,
        "command": ended.command,
        "paths": list(ended.paths),
        "ended_at": ended.ended_at.isoformat(timespec="seconds"),
        "exit_code": ended.exit_code,
        "objects": dict(ended.objects),
        "calls": dict(ended.calls),
        "digest": ended.digest,
        "diagnostics": [DIAGNOSTIC.encode(finding) for finding in ended.findings],
    }


def history(journals: Sequence[Journal]) -> dict[str, Json]:
    """Return ``ringform.history/v1``: the applies of a folder, from their journals."""
    return {
        "format": "ringform.history/v1",
        "tool_version": __version__,
        "applies": [
            {
                "journal": journal.name,
                "action": "undo" if journal.is_undo else "apply",
                "started_at": journal.started_at,
                "origin": asdict(journal.origin),
                "providers": list(journal.providers),
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


def trace(simulation: Simulation) -> dict[str, Json]:
    """Return ``ringform.trace/v1``: one call, step by step; ``at`` is on the number's clock, with its offset."""
    exception = simulation.exception
    return {
        "format": "ringform.trace/v1",
        "to": simulation.to.key,
        "at": simulation.at.isoformat(),
        "press": list(simulation.press),
        "answered": simulation.answered,
        "open": simulation.is_open,
        "opening_hours": simulation.hours_written,
        "exception": {"date": exception.on.isoformat(), "reason": exception.reason, "normal": exception.normal}
        if exception
        else None,
        **dump_call(simulation.call),
    }


def dump_call(call: Trace) -> dict[str, Json]:
    """Return the JSON of a trace, the same in every document."""
    return {
        "steps": [_step(step, call.names) for step in call.steps],
        "ends": str(call.ends),
        "recorded": call.is_recorded,
        "language": call.language,
    }


def _step(step: TraceStep, names: FlowNames) -> dict[str, Json]:
    origin: dict[str, Json] = {"press": step.press} if step.press else {"slot": step.slot and names.slot(step.slot)}
    fields: dict[str, Json] = {**origin, "type": names.step(step.type)}
    if step.plays is not None:
        fields["plays"] = step.plays
    if step.rings is not None:
        fields |= {"rings": sorted(step.rings), "ring_secs": step.ring_seconds}
    return fields


def tests(run: TestRun) -> dict[str, Json]:
    """Return ``ringform.tests/v1``: the routing tests, each failing one with the call that disproves it."""
    return {
        "format": "ringform.tests/v1",
        "tool_version": __version__,
        "passed": run.passed,
        "tests": [
            {
                "name": result.test.name,
                "source": LOCATION.encode(place) if place else None,
                "expected": _expected(result.test.expect),
                "passed": result.passed,
                "problem": result.problem,
                "counterexample": _counterexample(result.counterexample) if result.counterexample else None,
                "numbers": [address.key for address in result.test.to],
                "failing": [_failing(number) for number in result.failing],
                "excepted": [
                    {
                        **_failing(number),
                        "reason": exemption.reason,
                        "until": exemption.until.isoformat() if exemption.until else None,
                    }
                    for number, exemption in result.excepted
                ],
                "skipped": [number.address.key for number in result.skipped],
            }
            for result, place in run.placed()
        ],
        "diagnostics": [DIAGNOSTIC.encode(warning) for warning in run.warnings],
    }


def _expected(expect: Expectation) -> dict[str, Json]:
    """Return the claims of a test; those that it does not make are null."""
    rings: Json = "somebody" if expect.rings_somebody else None
    if expect.rings is not None:
        rings = sorted({each for people in expect.rings.values() for each in people})
    return {
        "rings": rings,
        "rings_at_most": expect.rings_at_most,
        "plays": expect.plays,
        "plays_not": expect.plays_not,
        "ends": [str(end) for end in expect.ends] or None,
    }


def _failing(number: TestedNumber) -> dict[str, Json]:
    return {"to": number.address.key, "minutes_a_week": number.minutes}


def _counterexample(found: Counterexample) -> dict[str, Json]:
    return {
        "to": found.to.key,
        "at": found.at,
        "open": found.is_open,
        "press": list(found.press),
        "answered": found.answered,
        "failed": list(found.failed),
        **dump_call(found.call),
    }


def doctor(checks: Sequence[AccountCheck]) -> dict[str, Json]:
    """Return ``ringform.doctor/v1``: the checks and their results."""
    return {
        "format": "ringform.doctor/v1",
        "tool_version": __version__,
        "healthy": all(check.is_good for check in checks),
        "checks": [
            {
                "check": check.subject,
                "result": check.result,
                "diagnostic": DIAGNOSTIC.encode(check.diagnostic) if check.diagnostic else None,
            }
            for check in checks
        ],
    }
