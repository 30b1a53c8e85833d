"""The JSON documents that commands print."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ringform.callflow.effects import Effect
from ringform.callflow.simulation import Simulation
from ringform.callflow.testing import Counterexample, TestResult
from ringform.callflow.trace import Step, Trace
from ringform.callflow.types import FlowNames, Interval, RoutingTest
from ringform.model.account_check import AccountCheck
from ringform.model.clock import DAYS, clock
from ringform.model.diagnostic import Diagnostic, Location
from ringform.model.journal import Journal
from ringform.model.outcome import Outcome, Status
from ringform.model.plan import Plan
from ringform.model.values import Json
from ringform.planning import codec
from ringform.planning.codec import DIAGNOSTIC, LOCATION
from ringform.version import __version__


def text(document: Json, *, indent: int | None = 2) -> str:
    """A document as it is printed, with every character that a terminal could act on escaped.

    Without ``indent`` it is one line, half as long and much faster to make.
    """
    separators = (",", ":") if indent is None else None
    # Azure and GitHub look for ##vso[...] and ##[...] anywhere in a line of a log.
    return json.dumps(document, indent=indent, separators=separators, ensure_ascii=True).replace("##", "#\\u0023")


def plan(
    the_plan: Plan,
    created_at: str,
    tool_version: str = __version__,
    effects: Sequence[Effect] = (),
    replay: Json = None,
) -> dict[str, Json]:
    """``ringform.plan/v1``. ``created_at`` is ISO 8601 in UTC; ``effects`` are what callers will notice.

    ``replay`` is what the last calls tell of it, as JSON, if that was asked for.
    """
    # Each distinct time and call is written once: a thousand numbers share most of theirs.
    times: dict[tuple[Interval, ...], int] = {}
    traces: dict[Trace, int] = {}
    callers: list[Json] = [
        {
            "address": str(effect.address),
            "times": times.setdefault(each.intervals, len(times)),
            "press": ",".join(each.path.press) or None,
            "answered": each.path.answered,
            "before": traces.setdefault(each.before, len(traces)),
            "after": traces.setdefault(each.after, len(traces)),
        }
        for effect in effects
        for each in effect.differences
    ]
    more: dict[str, Json] = {
        "callers": callers,
        "times": [_times(each) for each in times],
        "traces": [dump_call(each) for each in traces],
    }
    if replay is not None:
        more["replay"] = replay
    return codec.encode(the_plan, tool_version=tool_version, created_at=created_at, more=more)


def _times(intervals: Sequence[Interval]) -> Json:
    """Parts of a week, by time of day; the days that share one stand together."""
    by_time: dict[tuple[int, int], list[Json]] = {}
    for each in intervals:
        by_time.setdefault((each.start, each.end), []).append(DAYS[each.day].lower())
    return [{"days": days, "from": clock(start), "to": clock(end)} for (start, end), days in by_time.items()]


def validation(files: Sequence[str], diagnostics: Sequence[Diagnostic]) -> dict[str, Json]:
    """``ringform.validation/v1``: whether the manifest can be used, and everything found in it."""
    return {
        "format": "ringform.validation/v1",
        "tool_version": __version__,
        "files": list(files),
        "valid": not any(diagnostic.is_error for diagnostic in diagnostics),
        "diagnostics": [DIAGNOSTIC.encode(diagnostic) for diagnostic in diagnostics],
    }


def outcome(the_outcome: Outcome, created_at: str, effects: Sequence[Effect] = ()) -> dict[str, Json]:
    """``ringform.apply/v1``: the plan, made at ``created_at``, with its ``effects``, and how its calls ended."""
    return {
        "format": "ringform.apply/v1",
        "tool_version": __version__,
        "plan": plan(the_outcome.plan, created_at, effects=effects),
        "complete": the_outcome.is_complete,
        "interrupted": the_outcome.was_interrupted,
        "waited_seconds": round(the_outcome.waited, 3),
        "summary": {str(status): the_outcome.count(status) for status in Status},
        "diagnostics": [DIAGNOSTIC.encode(diagnostic) for diagnostic in the_outcome.diagnostics],
        "results": [
            {
                "address": str(result.change.address),
                "call": {"method": result.call.method, "path": result.call.path},
                "status": str(result.status),
                "diagnostic": DIAGNOSTIC.encode(result.diagnostic) if result.diagnostic else None,
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


def trace(made: Simulation) -> dict[str, Json]:
    """``ringform.trace/v1``: one call, step by step. ``at`` is the time on the number's clock, with its offset."""
    special = made.exception
    return {
        "format": "ringform.trace/v1",
        "to": made.to.key,
        "at": made.at.isoformat(),
        "press": list(made.press),
        "answered": made.answered,
        "open": made.is_open,
        "opening_hours": made.hours_written,
        "exception": {"date": special.on.isoformat(), "reason": special.reason, "normal": special.normal}
        if special
        else None,
        **dump_call(made.call),
    }


def dump_call(call: Trace) -> dict[str, Json]:
    """What a caller meets, the same in every format of ringform."""
    return {
        "steps": [_step(step, call.names) for step in call.steps],
        "ends": str(call.ends),
        "recorded": call.is_recorded,
        "language": call.language,
    }


def _step(step: Step, names: FlowNames) -> dict[str, Json]:
    origin: dict[str, Json] = {"press": step.press} if step.press else {"slot": step.slot and names.slot(step.slot)}
    shown: dict[str, Json] = {**origin, "type": names.step(step.type)}
    if step.plays is not None:
        shown["plays"] = step.plays
    if step.rings is not None:
        shown["rings"] = sorted(step.rings)
        shown["ring_secs"] = step.ring_seconds
    return shown


def tests(results: Sequence[TestResult], places: Sequence[Location | None]) -> dict[str, Json]:
    """``ringform.tests/v1``: the routing tests, and for a failing one the call that disproves it."""
    return {
        "format": "ringform.tests/v1",
        "tool_version": __version__,
        "passed": all(result.passed for result in results),
        "tests": [
            {
                "name": result.test.name,
                "source": LOCATION.encode(place) if place else None,
                "expected": _expected(result.test),
                "passed": result.passed,
                "problem": result.problem,
                "counterexample": _counterexample(result.counterexample) if result.counterexample else None,
            }
            for result, place in zip(results, places, strict=True)
        ],
    }


def _expected(test: RoutingTest) -> dict[str, Json]:
    """What a test claims; what it does not claim is null."""
    return {
        "rings": sorted(test.rings) if test.rings is not None else None,
        "plays": test.plays,
        "ends": str(test.ends) if test.ends else None,
    }


def _counterexample(found: Counterexample) -> dict[str, Json]:
    return {"at": found.at, "open": found.is_open, "failed": list(found.failed), **dump_call(found.call)}


def doctor(checks: Sequence[AccountCheck]) -> dict[str, Json]:
    """``ringform.doctor/v1``: what was checked, and what came out."""
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
