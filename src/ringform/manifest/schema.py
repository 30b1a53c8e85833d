"""The JSON Schema of a manifest, for editors: made from the same models that check it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from ringform.planning.guardrails import Guardrail
from ringform.planning.vendor import guardrails_of
from ringform.providers import registry
from ringform.providers.shared.calendar import timezones
from ringform.providers.shared.field_types import TIMEZONE_SCHEMA, matching

ID = "urn:ringform:manifest:v1"
"""The schema's name. It is no address: every version of ringform prints its own schema."""

_REF = "#/$defs/"


def manifest_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a manifest file: what it may hold depends on its provider."""
    providers = registry.every_provider()
    schemas, shared = models_json_schema(
        [(provider.document, "validation") for provider in providers], schema_generator=_ForEditors
    )
    definitions: dict[str, Any] = shared["$defs"]
    documents = {provider.name: schemas[provider.document, "validation"] for provider in providers}
    for provider in providers:
        document = definitions[documents[provider.name]["$ref"].removeprefix(_REF)]
        _offer_guardrails(document["properties"]["guardrails"], guardrails_of(provider))
    _describe_cases(definitions, definitions)
    _refer_to_time_zones(definitions)
    definitions["Timezone"] = _time_zones()
    # One case after the other, and not a union: an editor can then say what is wrong with the one that is meant.
    body = documents[registry.DEFAULT]
    for name in reversed(documents):
        if name != registry.DEFAULT:
            is_meant = {"required": ["provider"], "properties": {"provider": {"const": name}}}
            body = {"if": is_meant, "then": documents[name], "else": body}
    provider_names = {"enum": list(documents), "description": "Whose API the numbers live in; phone.inc if left out."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "ringform manifest",
        "type": "object",
        "required": ["version"],
        "properties": {"provider": provider_names},
        **body,
        "$defs": definitions,
    }


def _offer_guardrails(limits: dict[str, Any], rules: Iterable[Guardrail]) -> None:
    """Name each guardrail with a limit in the schema of the section: an editor offers no names that are a pattern's."""
    del limits["propertyNames"]
    setting = limits["additionalProperties"]
    limits["properties"] = {rule.name: {**setting, "description": rule.stops} for rule in rules if rule.limit}
    limits["additionalProperties"] = False


def _time_zones() -> dict[str, Any]:
    """Return the schema of a time zone: every name that is one, and nothing known of a template."""
    names = timezones.names()
    pattern = "|".join(names).replace("+", r"\+")
    advice = "Write a city, such as Copenhagen, or a full name, such as Europe/Copenhagen."
    # The second case is never true: its names are offered at an empty place, and not all of them shown at a full one.
    return {**matching(f"^({pattern})$", advice), "anyOf": [{}, {"enum": names, "not": {}}]}


def _refer_to_time_zones(node: Any) -> None:
    """Put a reference to the one list of time zones into the place of each field that holds one."""
    if isinstance(node, dict):
        if node.items() >= TIMEZONE_SCHEMA.items():
            for key in TIMEZONE_SCHEMA:
                del node[key]
            node["$ref"] = f"{_REF}Timezone"
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        _refer_to_time_zones(inner)


def _describe_cases(node: Any, definitions: dict[str, Any]) -> None:
    """Describe each value of a field that decides between several models as its model does."""
    if isinstance(node, dict):
        for case in (each for each in node.get("allOf", ()) if "if" in each):
            [(key, value)] = case["if"]["properties"].items()
            model = definitions.get(case["then"].get("$ref", "").removeprefix(_REF))
            if model is not None and "const" in value:
                node["properties"][key].setdefault("markdownEnumDescriptions", []).append(model["description"])
        node = list(node.values())
    for inner in node if isinstance(node, list) else ():
        _describe_cases(inner, definitions)


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
        """Write a union as cases of the field that decides: an editor offers all its values, and blames a wrong one."""
        key = schema["discriminator"]
        assert isinstance(key, str)
        members = {str(tag): self.generate_inner(member) for tag, member in schema["choices"].items()}
        return {
            "type": "object",
            "required": [key],
            "properties": {key: {"description": "What happens to the call.", "enum": [*members]}},
            "allOf": [
                {"if": {"type": "object", "required": [key], "properties": {key: {"const": tag}}}, "then": member}
                for tag, member in members.items()
            ],
        }


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
