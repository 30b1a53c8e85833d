"""What an account says when it says no: ``{"error": "..."}``, and for a 422 ``{"errors": {field: [text, ...]}}``."""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.api_error import ErrorBody
from ringform.model.values import Json
from ringform.providers.shared.error_bodies import by_field, text


def parse_error(body: Mapping[str, Json]) -> ErrorBody:
    """Return what an error body says."""
    error = body.get("error")
    return ErrorBody(text(error) if error else None, by_field(body.get("errors")))
