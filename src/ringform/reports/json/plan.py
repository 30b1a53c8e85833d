"""A plan as JSON, ``ringform.plan/v1``, as a drift, ``ringform.drift/v1``, and its outcome, ``ringform.apply/v1``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ringform.callflow.effects import Effect
from ringform.callflow.plan_view import PlanView
from ringform.callflow.trace import Trace
from ringform.callflow.types import Interval
from ringform.callflow.week import by_time_of_day
from ringform.model.change import Action, Change
from ringform.model.clock import DAYS, clock
from ringform.model.outcome import Outcome, Status
from ringform.model.records import optional
from ringform.model.values import Json, dotted
from ringform.planning import codec
from ringform.planning.codec import DIAGNOSTIC, LOCATION
from ringform.reports.json import replay
from ringform.reports.json.documents import dump_call
from ringform.version import __version__

_SOURCE = optional(LOCATION)
_ONLY_IN = {Action.CREATE: "manifest", Action.DELETE: "account"}


def document(view: PlanView) -> dict[str, Json]:
    """Return ``ringform.plan/v1``."""
    more = callers(view.effects, "before", "after")
    if view.replay is not None:
        more["replay"] = replay.fields(view.replay)
    return codec.encode(view.plan, tool_version=view.tool_version, created_at=view.created_at, more=more)


def drift(view: PlanView) -> dict[str, Json]:
    """Return ``ringform.drift/v1``: the differences of a plan, with the account and the manifest as their sides."""
    plan = view.plan
    same = codec.encode(plan, tool_version=view.tool_version, created_at=view.created_at)
    return {
        "format": "ringform.drift/v1",
        **{name: same[name] for name in ("tool_version", "created_at", "providers", "manifest")},
        "summary": {"differ": len(plan.changes), "unchanged": plan.unchanged, "unmanaged": len(plan.unmanaged)},
        "differences": [_difference(change) for change in plan.changes],
        **callers(view.effects, "account", "manifest"),
        **{name: same[name] for name in ("unmanaged", "people", "guardrails", "diagnostics", "digest")},
        **({"left_alone": same["left_alone"]} if plan.left_alone else {}),
    }


def _difference(change: Change) -> Json:
    return {
        "address": str(change.address),
        "name": change.name,
        "only_in": _ONLY_IN.get(change.action),
        "address_in_account": str(change.previous or change.address) if change.before is not None else None,
        "source": _SOURCE.encode(change.source),
        "fields": [
            {
                "path": dotted(field.path),
                "account": field.before,
                "manifest": field.after,
                "source": _SOURCE.encode(field.source),
            }
            for field in change.fields
        ],
    }


def callers(effects: Sequence[Effect], before: str, after: str) -> dict[str, Json]:
    """Return what callers will notice, the sides of each difference under these names, with the times and calls."""
    # Each distinct time and call is written once: a thousand numbers share most of theirs.
    times: dict[tuple[Interval, ...], int] = {}
    traces: dict[Trace, int] = {}
    entries: list[Json] = [
        {
            "address": str(effect.address),
            "times": times.setdefault(each.intervals, len(times)),
            "press": ",".join(each.path.press) or None,
            "answered": each.path.answered,
            before: traces.setdefault(each.before, len(traces)),
            after: traces.setdefault(each.after, len(traces)),
        }
        for effect in effects
        for each in effect.differences
    ]
    return {
        "callers": entries,
        "times": [_times(each) for each in times],
        "traces": [dump_call(each) for each in traces],
    }


def _times(intervals: Sequence[Interval]) -> Json:
    """Return parts of a week by time of day, each with all its days."""
    return [
        {"days": [DAYS[day].lower() for day in days], "from": clock(start), "to": clock(end)}
        for (start, end), days in by_time_of_day(intervals).items()
    ]


def outcome(the_outcome: Outcome, planned: PlanView) -> dict[str, Json]:
    """Return ``ringform.apply/v1``: the plan, and how its calls ended."""
    return {
        "format": "ringform.apply/v1",
        "tool_version": __version__,
        "plan": document(replace(planned, plan=the_outcome.plan)),
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
