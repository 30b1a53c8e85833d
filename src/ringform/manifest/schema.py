"""The JSON Schema of a manifest, for editors: made from the same models that check it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
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
        """Return False: a title that repeats the field's name hides the description in some editors."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Leave out the titles of classes, which mean nothing to a user, and describe fields by their docstrings."""
        model = super().model_schema(schema)
        model.pop("title", None)
        for name, description in _field_docstrings(schema["cls"]):
            field = schema["cls"].model_fields[name]
            model["properties"][field.alias or name].setdefault("description", description)
        return model

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out empty defaults: they are the models', while the manifest leaves alone what it does not name."""
        if schema.get("default"):
            return super().default_schema(schema)
        return self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """``discriminator`` is OpenAPI's; JSON Schema tells the members apart by their ``const``."""
        union = super().tagged_union_schema(schema)
        union.pop("discriminator", None)
        return union


def _field_docstrings(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Yield the docstrings below a model's fields, those of its bases too.

    pydantic's ``use_attribute_docstrings`` finds them as well, and reads the source of every model at each start.
    """
    for cls in model.__mro__:
        if cls.__module__.startswith("pydantic") or cls is object:
            continue
        try:
            source = inspect.getsource(cls)
        except (OSError, TypeError):  # made by a function, so that it has no source
            continue
        [definition] = ast.parse(textwrap.dedent(source)).body
        assert isinstance(definition, ast.ClassDef)
        for field, docstring in pairwise(definition.body):
            match field, docstring:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                    yield name, inspect.cleandoc(text).replace("\n", " ")
