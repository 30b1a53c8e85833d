"""A manifest document as YAML that people like to read: quoted where it helps, small mappings on one line."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from ringform.manifest.template import escape

_INLINE_KEYS = frozenset({"digit", "email"})
"""Mappings that begin with one of these are short: a menu option, an employee to look up."""

_WIDTH = 120


def to_yaml(document: Mapping[str, object], *, heading: Iterable[str] = ()) -> str:
    """The document as YAML. ``heading`` becomes comment lines at the top. Reading it back gives the same document."""
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    root = CommentedMap()
    for key, value in document.items():
        root[key] = _node(value, depth=0)
        if isinstance(value, Mapping):
            root.yaml_set_comment_before_after_key(key, before="\n")
    stream = io.StringIO()
    yaml.dump(root, stream)
    comments = "".join(f"# {line}\n" if line else "#\n" for line in heading)
    return comments + stream.getvalue()


def _node(value: object, *, depth: int) -> Any:
    match value:
        case Mapping():
            mapping = CommentedMap((_key(key), _node(inner, depth=depth + 1)) for key, inner in value.items())
            if _is_short(value, depth):
                mapping.fa.set_flow_style()
            return mapping
        case list():
            sequence = CommentedSeq(_node(inner, depth=depth + 1) for inner in value)
            if all(isinstance(inner, str) for inner in value):
                sequence.fa.set_flow_style()
            return sequence
        case str():
            return _text(value)
        case _:
            return value


def _is_short(value: Mapping[Any, object], depth: int) -> bool:
    scalars = all(isinstance(inner, str | int | bool | None) for inner in value.values())
    return depth > 0 and (not value or (scalars and next(iter(value)) in _INLINE_KEYS))


def _key(key: object) -> object:
    return DoubleQuotedScalarString(key) if isinstance(key, str) and key.startswith("+") else key


def _text(text: str) -> str:
    """A text as one that reads back the same: quoted where YAML or a person might take it for something else."""
    text = escape(text)
    looks_plain = text and text[0].isalpha() and text.isprintable() and text == text.strip()
    is_word = looks_plain and not any(character in text for character in ":#{}[],&*?|<>=!%@`\"'\\")
    return text if is_word and text.lower() not in _WORDS else DoubleQuotedScalarString(text)


_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some reader of YAML takes for something other than text."""
