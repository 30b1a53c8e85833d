"""What error bodies of several vendors have in common: texts in objects, and texts by the field that they blame."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ringform.model.values import Json

_WORDS = ("description", "message", "msg", "detail", "title", "error")
"""The keys under which an object about one mistake has its text, best first."""


def text(found: Json) -> str:
    """Return the text of one mistake, which may be an object."""
    if isinstance(found, Mapping):
        return next((str(found[word]) for word in _WORDS if isinstance(found.get(word), str)), json.dumps(found))
    return str(found)


def by_field(found: Json, within: str = "") -> dict[str, list[str]]:
    """Return the texts of ``{field: [mistake, ...]}``; a field within another is named with a dot between the two."""
    texts: dict[str, list[str]] = {}
    for key, value in found.items() if isinstance(found, Mapping) else ():
        if isinstance(value, Mapping) and not any(isinstance(value.get(word), str) for word in _WORDS):
            texts |= by_field(value, f"{within}{key}.")
        else:
            texts[within + key] = [text(each) for each in (value if isinstance(value, list) else [value])]
    return texts
