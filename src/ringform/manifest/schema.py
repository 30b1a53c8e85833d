"""The JSON Schema of a manifest, for editors: made from the same models that check it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from ringform.providers import registry


def manifest_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a manifest file: what it may hold depends on its provider."""
    models = {provider.name: provider.document for provider in registry.every_provider()}
    schemas, shared = models_json_schema(
        [(model, "validation") for model in models.values()], schema_generator=_ForEditors
    )
    # One case after the other, and not a union: an editor can then say what is wrong with the one that is meant.
    body: dict[str, Any] = schemas[models[registry.DEFAULT], "validation"]
    for name in reversed(models):
        if name != registry.DEFAULT:
            is_meant = {"required": ["provider"], "properties": {"provider": {"const": name}}}
            body = {"if": is_meant, "then": schemas[models[name], "validation"], "else": body}
    provider = {"enum": list(models), "description": "Whose API the numbers live in; phone.inc if left out."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ringform manifest",
        "type": "object",
        "required": ["version"],
        "properties": {"provider": provider},
        **body,
        "$defs": shared["$defs"],
    }


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
