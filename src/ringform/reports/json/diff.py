"""The differences between two states as JSON, ``ringform.diff/v1``."""

from __future__ import annotations

from ringform.model.change import Action, FieldChange
from ringform.model.records import optional
from ringform.model.values import Json, dotted
from ringform.planning.codec import LEFT_ALONE, LOCATION
from ringform.planning.state_diff import ObjectDifference, StateDiff
from ringform.reports.json.plan import callers
from ringform.version import __version__

_SOURCE = optional(LOCATION)
_ONLY_IN = {Action.CREATE: "after", Action.DELETE: "before"}


def document(diff: StateDiff, before: str, after: str) -> dict[str, Json]:
    """Return ``ringform.diff/v1``; ``before`` and ``after`` are the names of the two states."""
    return {
        "format": "ringform.diff/v1",
        "tool_version": __version__,
        "before": before,
        "after": after,
        "summary": {"differ": len(diff.objects), "unchanged": diff.unchanged, "not_compared": diff.not_compared},
        "differences": [_object(each) for each in diff.objects],
        "left_alone": [LEFT_ALONE.encode(each) for each in diff.left_alone],
        **callers(diff.effects, "before", "after"),
        "not_known": [
            {"address": str(each.address), "name": each.name, "fields": list(each.fields)}
            for each in diff.unknown_effects
        ],
        "people": dict(diff.people),
    }


def _object(each: ObjectDifference) -> Json:
    return {
        "address": str(each.address),
        "name": each.name,
        "only_in": _ONLY_IN.get(each.action),
        "address_before": str(each.previous or each.address) if each.before is not None else None,
        "no_longer_managed": each.is_left,
        "source": _SOURCE.encode(each.source),
        "fields": [
            *(_field(field, "both") for field in each.fields),
            *(_field(field, "after" if field.before is None else "before") for field in each.unshared),
        ],
    }


def _field(field: FieldChange, managed_in: str) -> Json:
    return {
        "path": dotted(field.path),
        "before": field.before,
        "after": field.after,
        "managed_in": managed_in,
        "source": _SOURCE.encode(field.source),
    }
