"""What an account says when it says no, as FastAPI does: ``{"detail": [{"loc": ["body", field], "msg": ...}]}``."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.api_error import ErrorBody
from ringform.model.values import Json
from ringform.providers.shared.error_bodies import text


def parse_error(body: Mapping[str, Json]) -> ErrorBody:
    """Return what an error body says. A mistake without a field, or a detail that is a text, is about it as a whole."""
    detail = body.get("detail")
    whole: list[str] = []
    by_field: dict[str, list[str]] = {}
    for each in detail if isinstance(detail, list) else [detail] if detail else []:
        place = each.get("loc") if isinstance(each, Mapping) else None
        field = ".".join(str(part) for part in place if part != "body") if isinstance(place, list) else ""
        (by_field.setdefault(field, []) if field else whole).append(text(each))
    return ErrorBody("; ".join(whole) or None, by_field)
