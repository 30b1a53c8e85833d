"""``ringform.pull/v1``: what a pull wrote, and what it left."""

from __future__ import annotations

from ringform.model.change import FieldChange
from ringform.model.pulled import Pulled
from ringform.model.values import Json, dotted
from ringform.planning.codec import LOCATION
from ringform.reports import patch
from ringform.version import __version__


def document(pulled: Pulled, *, is_written: bool) -> dict[str, Json]:
    """Return the document; ``is_written`` says whether the files hold it by now."""
    return {
        "format": "ringform.pull/v1",
        "tool_version": __version__,
        "written": is_written,
        "summary": {"changes": len(pulled.changes), "left": len(pulled.left), "files": len(pulled.files)},
        "changes": [
            {
                "address": str(each.address),
                "name": each.name,
                "action": str(each.action),
                "source": LOCATION.encode(each.source) if each.source else None,
                "fields": [_field(field) for field in each.fields],
            }
            for each in pulled.changes
        ],
        "left": [
            {
                "address": str(each.address),
                "name": each.name,
                "field": each.field,
                "reason": each.reason,
                "source": LOCATION.encode(each.source) if each.source else None,
            }
            for each in pulled.left
        ],
        "files": [each.name for each in pulled.files],
        "diff": patch.render(pulled.files),
    }


def _field(field: FieldChange) -> dict[str, Json]:
    return {"path": dotted(field.path), "before": field.before, "after": field.after}
