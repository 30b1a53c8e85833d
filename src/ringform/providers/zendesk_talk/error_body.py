"""What an account says when it says no.

Either ``{"error": ..., "description": ..., "details": {field: [{"description": ...}]}}``, or
``{"errors": [{"title": ..., "detail": ...}]}``. The fields may lie in a ``phone_number``, as they do in the request.
"""

from __future__ import annotations

from collections.abc import Mapping

from ringform.model.api_error import ErrorBody
from ringform.model.values import Json
from ringform.providers.shared.error_bodies import by_field, text


def parse_error(body: Mapping[str, Json]) -> ErrorBody:
    """Return what an error body says. Of its two texts the description is the one for people."""
    errors = body.get("errors")
    mistakes = errors if isinstance(errors, list) else [body.get("error"), body.get("description")]
    details = by_field(body.get("details"))
    return ErrorBody(
        ": ".join(text(each) for each in mistakes if each) or None,
        {field.removeprefix("phone_number."): texts for field, texts in details.items()},
    )
