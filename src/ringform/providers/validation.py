"""Plain-language problems from pydantic's errors, the same for every provider."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from ringform.core.words import did_you_mean, listed
from ringform.providers.base import DocumentPath, Problem
from ringform.providers.shape import field_names, models_at, tag_of

Model = TypeVar("Model", bound=BaseModel)

_KINDS = {
    "string_type": "text",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "list_type": "a list",
}


def refuse(code: str, summary: str, *, hint: str | None = None, detail: str | None = None) -> PydanticCustomError:
    """An error for a validator to raise, which ``problems`` turns into a ``Problem`` at the value's place."""
    context = {"summary": summary, "hint": hint, "detail": detail}
    return PydanticCustomError(code, "refused", context)


def refuse_many(found: Sequence[Problem]) -> PydanticCustomError:
    """Several errors at once, each with a path that is relative to the value being validated."""
    return PydanticCustomError("several-problems", "refused", {"found": list(found)})


def check(
    model: type[Model], value: object, path: DocumentPath, *, known: type[BaseModel] | None = None
) -> tuple[Model | None, list[Problem]]:
    """Validate ``value``, which stands at ``path``; the result is None when there are problems.

    ``known`` is the model whose fields are suggested for an unknown key, when that is not ``model`` itself.
    """
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        return None, [
            problem
            for detail in error.errors(include_url=False)
            for problem in _translate(detail, path, known or model)
        ]


def _translate(error: ErrorDetails, base: DocumentPath, model: type[BaseModel]) -> list[Problem]:
    context = error.get("ctx", {})
    path = (*base, *error["loc"])
    if error["type"] == "several-problems":
        inner: list[Problem] = context["found"]
        return [_moved(problem, path) for problem in inner]
    if "summary" in context:
        return [Problem(path, error["type"], context["summary"], detail=context["detail"], hint=context["hint"])]
    if error["type"] == "extra_forbidden":
        return [_unknown_field(error, path, model)]
    translate = _TRANSLATIONS.get(error["type"], _other)
    return [translate(error, path)]


def _moved(problem: Problem, path: DocumentPath) -> Problem:
    return Problem(
        (*path, *problem.path),
        problem.code,
        problem.summary,
        problem.severity,
        problem.detail,
        problem.hint,
        problem.on_key,
        None if problem.other is None else (*path, *problem.other),
    )


def _unknown_field(error: ErrorDetails, path: DocumentPath, model: type[BaseModel]) -> Problem:
    """An unknown key, with the nearest known one, or the type that does have such a field."""
    *place, name = error["loc"]
    here, siblings = models_at(model, place)
    known = field_names(here) if here else []
    homes = [tag for sibling in siblings if str(name) in field_names(sibling) and (tag := tag_of(sibling))]
    hint = did_you_mean(str(name), known)
    if homes and here:
        hint = f"{name!r} belongs to {listed(homes)}; {tag_of(here)} has {listed(known)}"
    return Problem(
        path,
        "unknown-field",
        f"{str(name)!r} is not a field of {_owner(path)}",
        hint=hint or (f"it has {listed(known)}" if known else None),
        on_key=True,
    )


def _missing(error: ErrorDetails, path: DocumentPath) -> Problem:
    owner = _owner(path)
    return Problem(path[:-1], "missing-field", f"{owner} needs {path[-1]!r}", hint=f"add {path[-1]}: ...")


def _unknown_tag(error: ErrorDetails, path: DocumentPath) -> Problem:
    context = error.get("ctx", {})
    key = str(context["discriminator"]).strip("'")
    known = [tag.strip().strip("'") for tag in str(context["expected_tags"]).split(",")]
    given = str(context["tag"])
    return Problem(
        (*path, key),
        "unknown-type",
        f"{given!r} is not a known {key}",
        hint=did_you_mean(given, known) or f"it is one of {listed(known, last='or')}",
    )


def _missing_tag(error: ErrorDetails, path: DocumentPath) -> Problem:
    key = str(error.get("ctx", {})["discriminator"]).strip("'")
    return Problem(path, "missing-field", f"{_owner((*path, key))} needs {key!r}", hint=f"add {key}: ...")


def _wrong_kind(error: ErrorDetails, path: DocumentPath) -> Problem:
    kind = _KINDS[error["type"]]
    given = _kind_of(error["input"])
    return Problem(path, "wrong-kind", f"{_label(path)} must be {kind}, but here is {given}")


def _too_short(error: ErrorDetails, path: DocumentPath) -> Problem:
    return Problem(
        path, "empty-list", f"{_label(path)} must not be empty", hint="name at least one, or remove the line"
    )


def _other(error: ErrorDetails, path: DocumentPath) -> Problem:
    return Problem(path, "invalid-value", f"{_label(path)}: {error['msg'][:1].lower()}{error['msg'][1:]}")


_TRANSLATIONS: dict[str, Callable[[ErrorDetails, DocumentPath], Problem]] = {
    "missing": _missing,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _missing_tag,
    "too_short": _too_short,
    **dict.fromkeys(_KINDS, _wrong_kind),
}


def _label(path: DocumentPath) -> str:
    names = [part for part in path if isinstance(part, str)]
    return repr(names[-1]) if names else "this"


def _owner(path: DocumentPath) -> str:
    """What the field at a path belongs to: pydantic puts the tag of a union just before the field."""
    if len(path) >= 2 and isinstance(path[-2], str) and path[-2].endswith("Config"):
        return f"a {path[-2]}"
    return next((f"{part!r}" for part in reversed(path[:-1]) if isinstance(part, str)), "a manifest")


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return "text"
