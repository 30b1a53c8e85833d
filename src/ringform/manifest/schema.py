"""The JSON Schema of a manifest, for editors: made from the same models that check it."""

from __future__ import annotations

from typing import Any

from ringform.providers import catalog


def manifest_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a manifest file."""
    models = [catalog.provider(name).document for name in catalog.NAMES]
    schema = models[0].model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ringform manifest",
        **{key: value for key, value in schema.items() if key != "title"},
    }
