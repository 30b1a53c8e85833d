"""What stands where in a manifest, as the models of its provider say: the order of keys, and what is a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

_FIRST = ("<<", "version", "provider", "account", "vars")
"""What a mapping begins with, whatever else is in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand at a place: one of ``models``, a list or a mapping with names of the user's own, a scalar."""

    models: tuple[type[BaseModel], ...] = ()
    items: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()
    is_text: bool = False
    is_number: bool = False

    @property
    def item(self) -> Place:
        """What each item of a list is."""
        return _place(self.items)

    def fields(self, written: Mapping[str, str]) -> Mapping[str, Place] | None:
        """Return the fields, in order, of the mapping whose texts are ``written``; None if its names are free."""
        matching = [model for model in self.models if _may_be(model, written)] or self.models
        return _fields(matching[0]) if matching else None

    @property
    def value(self) -> Place:
        """What each value of a mapping with free names is."""
        return _place(self.values)


NOWHERE = Place()


def in_order(keys: Sequence[str], fields: Mapping[str, Place] | None) -> list[int]:
    """Return the positions of keys in canonical order; those of no field come last, as they are written."""
    if fields is None:
        return list(range(len(keys)))
    order = {name: rank for rank, name in enumerate(dict.fromkeys((*_FIRST, *fields)))}
    return sorted(range(len(keys)), key=lambda index: order.get(keys[index], len(order)))


def document(model: type[BaseModel]) -> Place:
    """Return the place of a whole manifest."""
    return Place(models=(model,))


def _may_be(model: type[BaseModel], written: Mapping[str, str]) -> bool:
    """Whether the fields with only some values, such as ``type``, have one of these, and every name is known."""
    choices = _choices(model)
    return all(
        name in choices and (not choices[name] or text in choices[name]) for name, text in written.items() if name
    )


@cache
def _choices(model: type[BaseModel]) -> Mapping[str, tuple[object, ...]]:
    return {
        each.alias or name: get_args(each.annotation) if get_origin(each.annotation) is Literal else ()
        for name, each in model.model_fields.items()
    }


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, Place]:
    return {each.alias or name: _place((each.annotation,)) for name, each in model.model_fields.items()}


def _place(annotations: Sequence[Any]) -> Place:
    models: list[type[BaseModel]] = []
    items: list[Any] = []
    values: list[Any] = []
    scalars = set()
    pending = list(annotations)
    while pending:
        each = pending.pop(0)
        origin, arguments = get_origin(each), get_args(each)
        if origin is Annotated:
            pending.insert(0, arguments[0])
        elif origin in (Union, UnionType):
            pending[:0] = arguments
        elif origin is list:
            items += arguments
        elif origin is dict:
            values.append(arguments[1])
        elif isinstance(each, type) and issubclass(each, BaseModel):
            models.append(each)
        else:
            scalars.add(each)
    is_number = bool(scalars & {int, float})
    return Place(tuple(models), tuple(items), tuple(values), str in scalars and not is_number, is_number)
