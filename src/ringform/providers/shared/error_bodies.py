"""What an account says when it says no, from the error bodies of all vendors: one message, and messages by field.

The shapes: ``{"error": "..."}`` and ``{"errors": {field: [...]}}`` (Phone.inc), ``{"error": ..., "description": ...,
"details": {field: [{"description": ...}]}}`` and ``{"errors": [{"title": ..., "detail": ...}]}`` (Zendesk), and
``{"detail": [{"loc": ["body", field, ...], "msg": ...}]}`` (OneInbox, as FastAPI has it). A field within another is
named with a dot between the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ringform.model.values import Json

_WORDS = ("description", "message", "msg", "detail", "title", "error")
"""Where an object that tells of one mistake has its text, best first."""

_WRAPPERS = frozenset({"body", "phone_number"})
"""What a place begins with that says only that it is in the request's body."""


def read(content: bytes) -> tuple[dict[str, list[str]], str | None] | None:
    """The messages by field, and the message for the whole; None for a body that is no JSON object."""
    try:
        body: Json = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, Mapping):
        return None
    rejected: dict[str, list[str]] = {}
    for key in ("errors", "details", "detail"):
        for field, text in _by_field(body.get(key)):
            rejected.setdefault(field, []).append(text)
    return rejected, _whole(body, has_fields=bool(rejected))


def _by_field(found: Json) -> Iterator[tuple[str, str]]:
    if isinstance(found, Mapping):
        yield from _in_mapping(found, ())
    for each in found if isinstance(found, list) else ():
        place = each.get("loc") if isinstance(each, Mapping) else None
        if isinstance(place, list) and (field := _name([str(part) for part in place])):
            yield field, _text(each)


def _in_mapping(found: Mapping[str, Json], place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        if isinstance(value, Mapping) and not any(isinstance(value.get(word), str) for word in _WORDS):
            yield from _in_mapping(value, (*place, key))
            continue
        for each in value if isinstance(value, list) else [value]:
            yield _name([*place, key]) or key, _text(each)


def _name(place: list[str]) -> str:
    while place and place[0] in _WRAPPERS:
        place = place[1:]
    return ".".join(place)


def _text(found: Json) -> str:
    if isinstance(found, Mapping):
        return next((str(found[word]) for word in _WORDS if isinstance(found.get(word), str)), json.dumps(found))
    return str(found)


def _whole(body: Mapping[str, Json], *, has_fields: bool) -> str | None:
    """What is said of the request as a whole. Of Zendesk's two texts the description is the one for people."""
    error, description = body.get("error"), body.get("description")
    if isinstance(error, str) and isinstance(description, str):
        return f"{error}: {description}"
    if error:
        return _text(error)
    if has_fields:
        return None
    found = body.get("errors") or body.get("detail") or body.get("message") or description
    texts = [_text(each) for each in found] if isinstance(found, list) else [_text(found)] if found else []
    return "; ".join(texts) or None
