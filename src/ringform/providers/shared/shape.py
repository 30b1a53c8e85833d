"""What a pydantic model has at a place that an error points at: the fields known there, for suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


def models_at(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[type[BaseModel] | None, list[type[BaseModel]]]:
    """Return the model that the place ``loc`` lies in, and the other members of its tagged union.

    ``loc`` is pydantic's: field names, list positions, mapping keys, and the tags of unions.
    """
    candidates, siblings = _walk(model, loc)
    return (candidates[0] if len(candidates) == 1 else None), siblings


def union_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[type[BaseModel]]:
    """Return the models of which one has to stand at ``loc``: the members of a tagged union that is not decided yet."""
    return _walk(model, loc)[0]


def _walk(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[list[type[BaseModel]], list[type[BaseModel]]]:
    candidates: list[type[BaseModel]] = [model]
    siblings: list[type[BaseModel]] = []
    for segment in loc:
        chosen = [member for member in candidates if tag_of(member) == segment]
        if chosen and len(candidates) > 1:
            siblings = [member for member in candidates if member not in chosen]
            candidates = chosen
            continue
        annotations = [
            field.annotation
            for member in candidates
            for name, field in member.model_fields.items()
            if segment in (name, field.alias)
        ]
        found = [inner for annotation in annotations for inner in _models(annotation)]
        if found:
            candidates, siblings = found, []
    return candidates, siblings


def field_names(model: type[BaseModel]) -> list[str]:
    """Return the names that a model accepts, as they stand in a manifest."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield every model that a field's annotation can hold, also inside lists, mappings and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Annotated, Union, UnionType, list, dict):
        for inner in get_args(annotation):
            yield from _models(inner)


def tag_of(model: type[BaseModel]) -> str | None:
    """Return the tag of a model: the one value of the field that distinguishes it in its union."""
    for name in ("type", "action_type"):
        field = model.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is Literal:
            return str(get_args(field.annotation)[0])
    return None
