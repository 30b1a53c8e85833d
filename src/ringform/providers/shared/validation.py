"""Plain-language problems from pydantic's errors, the same for every provider."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from ringform.model.messages import did_you_mean, listed, nearest, shown
from ringform.model.problem import DocumentPath, Problem
from ringform.providers.shared.shape import field_names, models_at, tag_of, union_at

Model = TypeVar("Model", bound=BaseModel)

MOST_FIELDS = 100
"""Fields of one mapping that are looked at: no object has nearly as many."""

_KINDS = {
    "string_type": "text",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "list_type": "a list",
}
_CONNECTION = frozenset([
    "api_key", "apikey", "key", "token", "api_token", "access_token", "secret", "password", "authorization",
    "credentials", "base_url", "api_url", "url", "host", "server", "endpoint",
])  # fmt: skip
"""What people may try to put into a manifest, and which never comes from there, whatever the provider."""


def refuse(code: str, summary: str, *, hint: str | None = None, detail: str | None = None) -> PydanticCustomError:
    """Return an error for a validator to raise, which ``problems`` turns into a ``Problem`` at the value's place."""
    context = {"summary": summary, "hint": hint, "detail": detail}
    return PydanticCustomError(code, "refused", context)


def refuse_many(problems: Sequence[Problem]) -> PydanticCustomError:
    """Return several errors at once, each with a path that is relative to the value being validated."""
    return PydanticCustomError("several-problems", "refused", {"problems": list(problems)})


def at_most(number: int) -> Callable[[object], object]:
    """Refuse a mapping or list with more entries as a whole: a file can hold a million, each with a mistake."""

    def refuse_more(value: object) -> object:
        if isinstance(value, Mapping | list) and len(value) > number:
            summary = f"there are {len(value):,} entries here; at most {number:,} are possible"
            raise refuse("too-many-entries", summary, hint="this may be the wrong file; if not, use fewer entries")
        return value

    return refuse_more


def check(
    model: type[Model], value: object, path: DocumentPath, *, known: type[BaseModel] | None = None
) -> tuple[Model | None, list[Problem]]:
    """Validate ``value``, which stands at ``path``; the result is None when there are problems.

    ``known`` is the model whose fields are suggested for an unknown key, when that is not ``model`` itself. A model
    may have a class variable ``ADVICE``: hints for names, or for tags of its union, that belong somewhere else.
    """
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        consequences = _consequences(details, known or model)
        return None, [
            problem
            for detail in details
            if not (detail["type"] == "missing" and detail["loc"] in consequences)
            for problem in _translate(detail, path, known or model)
        ]


def _consequences(details: Sequence[ErrorDetails], model: type[BaseModel]) -> set[tuple[str | int, ...]]:
    """Return the missing fields that are there, misspelt, or that are missing only because the type is another one."""
    missing = {detail["loc"] for detail in details if detail["type"] == "missing"}
    consequences: set[tuple[str | int, ...]] = set()
    for detail in details if missing else ():
        if detail["type"] == "extra_forbidden":
            *place, name = detail["loc"]
            missing_here = [loc for loc in missing if loc[:-1] == tuple(place)]
            is_foreign = any(str(name) in field_names(sibling) for sibling in models_at(model, place)[1])
            meant = nearest(str(name), [str(loc[-1]) for loc in missing_here])
            consequences.update(loc for loc in missing_here if is_foreign or loc[-1] in meant)
    return consequences


def _translate(error: ErrorDetails, base: DocumentPath, model: type[BaseModel]) -> list[Problem]:
    context = error.get("ctx", {})
    path = (*base, *error["loc"])
    if error["type"] == "several-problems":
        problems: list[Problem] = context["problems"]
        return [problem.below(path) for problem in problems]
    if "summary" in context:
        return [Problem(path, error["type"], context["summary"], detail=context["detail"], hint=context["hint"])]
    if error["type"] == "extra_forbidden":
        return [_unknown_field(error, path, model)]
    translate = _TRANSLATIONS.get(error["type"], _other)
    return [translate(error, path, model)]


def _advice(model: type[BaseModel] | None, name: str) -> str | None:
    advice: Mapping[str, str] = getattr(model, "ADVICE", {})
    return advice.get(name)


def _unknown_field(error: ErrorDetails, path: DocumentPath, model: type[BaseModel]) -> Problem:
    """Report an unknown key, with the nearest known one, or the type that does have such a field."""
    *place, name = error["loc"]
    here, siblings = models_at(model, place)
    hint: str | None
    if str(name).casefold().replace("-", "_") in _CONNECTION:
        summary = f"{shown(name)} does not belong in a manifest"
        advice = "keys and addresses come from environment variables only; if this was a real key, have it replaced"
        hint = _advice(here, str(name)) or advice
        return Problem(path, "connection-in-manifest", summary, hint=hint, on_key=True, is_secret=True)
    read_only: Mapping[str, str] = getattr(here, "READ_ONLY", {})
    if str(name) in read_only:
        summary = f"{shown(name)} is read-only: {read_only[str(name)]}"
        return Problem(path, "read-only", summary, hint="remove the line", on_key=True)
    known = field_names(here) if here else []
    homes = [tag for sibling in siblings if str(name) in field_names(sibling) and (tag := tag_of(sibling))]
    if homes and here:
        hint = f"{name!r} belongs to {listed(homes)}; {tag_of(here)} has {listed(known)}"
    else:
        fields = f"it has {listed(known)}" if known else None
        hint = _advice(here, str(name)) or did_you_mean(str(name), known) or fields
    summary = f"{shown(name)} is not a field of {_owner(path)}"
    return Problem(path, "unknown-field", summary, hint=hint, on_key=True)


def _missing(error: ErrorDetails, path: DocumentPath, _: type[BaseModel]) -> Problem:
    owner = _owner(path)
    return Problem(path[:-1], "missing-field", f"{owner} needs {path[-1]!r}", hint=f"add {path[-1]}: ...")


def _unknown_tag(error: ErrorDetails, path: DocumentPath, model: type[BaseModel]) -> Problem:
    key = _tag_key(error)
    given = error["input"].get(key)
    members = union_at(model, error["loc"])
    known = [tag for member in members if (tag := tag_of(member))]
    hint = f"it is one of {listed(known, last='or')}"
    if given is None:
        return Problem((*path, key), "missing-field", f"{_owner((*path, key))} needs {key!r}", hint=hint)
    if isinstance(given, str):
        hint = _advice(members[0] if members else None, given) or did_you_mean(given, known) or hint
    return Problem((*path, key), "unknown-type", f"{shown(given)} is not a known {key}", hint=hint)


def _missing_tag(error: ErrorDetails, path: DocumentPath, model: type[BaseModel]) -> Problem:
    if not isinstance(error["input"], Mapping):
        summary = f"{_label(path)} must be a mapping (key: value), but here is {_kind_of(error['input'])}"
        return Problem(path, "wrong-kind", summary, hint=_kind_hint("model_type", error["input"]))
    key = _tag_key(error)
    known = [tag for member in union_at(model, error["loc"]) if (tag := tag_of(member))]
    hint = f"add {key}: and one of {listed(known, last='or')}"
    return Problem(path, "missing-field", f"{_owner((*path, key))} needs {key!r}", hint=hint)


def _tag_key(error: ErrorDetails) -> str:
    return str(error.get("ctx", {})["discriminator"]).strip("'")


def _wrong_kind(error: ErrorDetails, path: DocumentPath, _: type[BaseModel]) -> Problem:
    summary = f"{_label(path)} must be {_KINDS[error['type']]}, but here is {_kind_of(error['input'])}"
    return Problem(path, "wrong-kind", summary, hint=_kind_hint(error["type"], error["input"]))


def _kind_hint(wanted: str, given: object) -> str:
    if given is None:
        return "write a value, or remove the line"
    if wanted == "string_type":
        return "write one value on the line itself, without brackets or dashes"
    if wanted == "list_type":
        is_short = isinstance(given, str) and len(given) <= 40
        return f"write it in brackets: [{given}]" if is_short else "write each entry on a line of its own, after a dash"
    return "write its fields as 'name: value', each on a line of its own, indented below"


def _too_short(_: ErrorDetails, path: DocumentPath, __: type[BaseModel]) -> Problem:
    return Problem(path, "empty-list", f"{_label(path)} must not be empty", hint="put at least one entry into it")


def _not_one_of(error: ErrorDetails, path: DocumentPath, _: type[BaseModel]) -> Problem:
    expected = str(error.get("ctx", {}).get("expected"))
    summary = f"{_label(path)} is one of a few words, and not {shown(error['input'])}"
    guess = did_you_mean(str(error["input"]), re.findall(r"'([^']*)'", expected))
    return Problem(path, "invalid-value", summary, hint=guess or f"write {expected}")


def _other(error: ErrorDetails, path: DocumentPath, _: type[BaseModel]) -> Problem:
    return Problem(path, "invalid-value", f"{_label(path)}: {error['msg'][:1].lower()}{error['msg'][1:]}")


_TRANSLATIONS: dict[str, Callable[[ErrorDetails, DocumentPath, type[BaseModel]], Problem]] = {
    "missing": _missing,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _missing_tag,
    "too_short": _too_short,
    "literal_error": _not_one_of,
    **dict.fromkeys(_KINDS, _wrong_kind),
}


def _label(path: DocumentPath) -> str:
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return "this"
    return f"each entry of {shown(names[-1])}" if isinstance(path[-1], int) else shown(names[-1])


def _owner(path: DocumentPath) -> str:
    """Return what the field at a path belongs to: pydantic puts the tag of a union just before the field."""
    if len(path) >= 2 and isinstance(path[-2], str) and path[-2].endswith("Config"):
        return f"a {path[-2]}"
    names = [part for part in path[:-1] if isinstance(part, str)]
    if not names:
        return "a manifest"
    is_entry = len(path) >= 2 and isinstance(path[-2], int)
    return f"each entry of {shown(names[-1])}" if is_entry else shown(names[-1])


def _kind_of(value: object) -> str:
    if value is None:
        return "nothing"
    return "text" if isinstance(value, str) else shown(value)
