"""A plan as public JSON, ``ringform.plan/v1``. Fields are copied one by one; new ones may be added."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.change import Change
from ringform.model.diagnostic import Diagnostic, Location
from ringform.model.plan import Plan
from ringform.model.values import Json, digest, dotted

FORMAT = "ringform.plan/v1"


def dump(plan: Plan, *, tool_version: str, created_at: str, callers: Json = (), replay: Json = None) -> dict[str, Json]:
    """A plan as JSON. ``created_at`` is ISO 8601 in UTC; ``callers`` is what callers will notice of it, as JSON.

    ``replay`` is what the last calls tell of it, as JSON; the field is left out without it.
    """
    sums = plan.summary
    document: dict[str, Json] = {
        "format": FORMAT,
        "tool_version": tool_version,
        "created_at": created_at,
        # A plan for several providers is no single provider's: readers that know one only must not take it for that.
        "provider": plan.providers[0] if len(plan.providers) == 1 else None,
        "providers": list(plan.providers),
        "manifest": {"files": list(plan.manifest.files), "digest": plan.manifest.digest},
        "summary": {
            "create": sums.create,
            "update": sums.update,
            "delete": sums.delete,
            "unchanged": sums.unchanged,
            "unmanaged": sums.unmanaged,
            "calls": sums.calls,
        },
        "changes": [_dump_change(change) for change in plan.changes],
        "unmanaged": [str(address) for address in plan.unmanaged],
        "people": dict(plan.people),
        "live": {str(address): dict(fingerprint) for address, fingerprint in plan.live.items()},
        "scope": {"kinds": list(plan.scope.kinds), "exclusive": list(plan.scope.exclusive)},
        "guardrails": [
            {"name": each.name, "summary": each.summary, "addresses": [str(address) for address in each.addresses]}
            for each in plan.guardrails
        ],
        "callers": callers,
        "diagnostics": [dump_diagnostic(diagnostic) for diagnostic in plan.diagnostics],
        "digest": plan.digest,
    }
    if plan.holds_until is not None:
        document["holds_until"] = plan.holds_until.isoformat(timespec="seconds")
    if replay is not None:
        document["replay"] = replay
    return {**document, "seal": seal(document)}


def seal(document: Mapping[str, Json]) -> str:
    """A digest over everything else in a plan's JSON, by which a file that was cut off or edited is found out."""
    return digest({key: value for key, value in document.items() if key != "seal"})


def _dump_change(change: Change) -> dict[str, Json]:
    dumped: dict[str, Json] = {
        "address": str(change.address),
        "name": change.name,
        "action": str(change.action),
        "source": _dump_location(change.source),
        "before": change.before,
        "fields": [
            {
                "path": dotted(field.path),
                "before": field.before,
                "after": field.after,
                "source": _dump_location(field.source),
            }
            for field in change.fields
        ],
        "calls": [
            {"method": call.method, "path": call.path, "body": call.body, "expect": call.expect}
            for call in change.calls
        ],
    }
    if change.previous:
        dumped["previous"] = str(change.previous)
    if change.after:
        dumped["after"] = [str(address) for address in change.after]
    if change.purchase is not None:
        dumped["purchase"] = change.purchase
    return dumped


def _dump_location(location: Location | None) -> Json:
    return {"file": location.file, "line": location.line, "column": location.column} if location else None


def dump_diagnostic(diagnostic: Diagnostic) -> dict[str, Json]:
    """A diagnostic as JSON, the same in every format of ringform."""
    excerpt = diagnostic.excerpt
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "summary": diagnostic.summary,
        "detail": diagnostic.detail,
        "hint": diagnostic.hint,
        "address": str(diagnostic.address) if diagnostic.address else None,
        "source": _dump_location(diagnostic.location),
        "excerpt": {"text": excerpt.text, "start": excerpt.start, "length": excerpt.length} if excerpt else None,
        "help": diagnostic.help,
    }
