"""The JSON Schema of a manifest, for editors: made from the same models that check it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ringform.providers import catalog


def manifest_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a manifest file."""
    models = [catalog.provider(name).document for name in catalog.NAMES]
    schema = models[0].model_json_schema(schema_generator=_ForEditors)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ringform manifest", **schema}


class _ForEditors(GenerateJsonSchema):
    """pydantic's schema, less what only makes noise there."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A title that repeats the field's name hides the description in some editors."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """No titles of classes either: their names mean nothing to a user."""
        made = super().model_schema(schema)
        made.pop("title", None)
        return made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What is left out is left alone, so an empty default of a model is no default of the manifest."""
        if schema.get("default"):
            return super().default_schema(schema)
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """``discriminator`` is OpenAPI's; JSON Schema tells the members apart by their ``const``."""
        made = super().tagged_union_schema(schema)
        made.pop("discriminator", None)
        return made
