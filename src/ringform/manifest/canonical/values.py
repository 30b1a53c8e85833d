"""A value on one line or folded: whether it is in shape, and if not, how ruamel.yaml writes it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ringform.manifest.canonical.places import NOWHERE, Place, in_order
from ringform.manifest.canonical.spans import Collection, Scalar, Span
from ringform.model.escaping import in_quotes

WIDTH = 120
"""The longest line that is not folded, if there is a way."""

_PHONE = re.compile(r"\+[0-9][0-9 ()./-]*\Z|[0-9]{7,}\Z")
_DIGITS = re.compile(r"[0-9]+\Z")
_UNFOLDABLE = re.compile(r"\A\s|\s\Z|  |[^\S ]")
_HELD = "\ue000"
"""Begins what stands for a token that is to stay as it is written."""


def must_be_quoted(scalar: Scalar, place: Place, *, is_key: bool = False) -> bool:
    """Whether a text looks like a number to other readers of YAML: a phone number, or digits where a text belongs."""
    if not scalar.is_bare or scalar.style not in ("", "'"):
        return False
    if is_key or not place.is_number:
        return bool(_PHONE.match(scalar.value)) or (place.is_text and bool(_DIGITS.match(scalar.value)))
    return False


def is_foldable(scalar: Scalar, token: str) -> bool:
    """Whether a text means the same when its line is broken at spaces, and hides nothing when it is not escaped."""
    value = scalar.value
    has_escapes = scalar.style == '"' and "\\" in token
    is_several_words = " " in value and not _UNFOLDABLE.search(value)
    return scalar.is_bare and is_several_words and not has_escapes and in_quotes(value) == value


def is_ordinary(text: str, flow: Collection) -> bool:
    """Whether a flow collection has no comments, and nothing in it that is written in another way than most."""
    at = flow.end - len(text[flow.start + len(flow.properties) : flow.end].lstrip())
    if text[at] not in "{[" or _HELD in text[flow.start : flow.end]:
        return False
    for child in flow.children:
        if "#" in text[at : child.start]:
            return False
        if isinstance(child, Collection) and (child.properties or not is_ordinary(text, child)):
            return False
        at = child.end
    keys = flow.children[::2] if flow.is_map else []
    return "#" not in text[at : flow.end] and all(isinstance(key, Scalar) and key.style != "*" for key in keys)


def written(mapping: Collection) -> dict[str, str]:
    """Return the keys of a mapping with their values, those that are no texts as empty ones."""
    return {
        key.value if isinstance(key, Scalar) else "": value.value if isinstance(value, Scalar) else ""
        for key, value in mapping.pairs
    }


def children(collection: Collection, place: Place) -> list[tuple[Span | None, Span, Place]]:
    """Return the keys (None in a list), values and places of what is in a collection, in canonical order."""
    if not collection.is_map:
        return [(None, child, place.item) for child in collection.children]
    texts = written(collection)
    fields = place.fields(texts)
    pairs = list(collection.pairs)
    order = in_order([key.value if isinstance(key, Scalar) else "" for key, _ in pairs], fields)
    return [(*pairs[index], _at(pairs[index][0], fields, place)) for index in order]


def _at(key: Span, fields: Mapping[str, Place] | None, place: Place) -> Place:
    if fields is None:
        return place.value
    return fields.get(key.value, NOWHERE) if isinstance(key, Scalar) else NOWHERE


def on_one_line(text: str, span: Span, place: Place) -> str | None:
    """Return an ordinary value as it would be in shape on one line; None if it has to be written in another way."""
    if isinstance(span, Scalar):
        token = text[span.start : span.end]
        if "\n" in token or not token or must_be_quoted(span, place):
            return None
        return token
    parts = []
    for key, value, inner in children(span, place):
        one = on_one_line(text, value, inner)
        name = "" if key is None else on_one_line(text, key, NOWHERE)
        if one is None or name is None:
            return None
        parts.append(f"{name}: {one}" if key is not None else one)
    inside = ", ".join(parts)
    properties = f"{span.properties} " if span.properties else ""
    return properties + (f"{{{inside}}}" if span.is_map else f"[{inside}]")


class Rewriting:
    """Writes one value anew by ruamel.yaml. ``text`` is the file's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: list[tuple[str, str]] = []

    def lines(self, span: Span, place: Place, indent: int, column: int) -> list[str]:
        """Return the lines of a value whose entry begins at ``indent``, and which itself begins at ``column``.

        The first line is what follows the key's colon or the dash, and may be empty; the others have their indent
        after that of the entry.
        """
        properties = span.properties if isinstance(span, Collection) else ""
        lines = _emitted(self._node(span, place, indent, column + len(properties) + bool(properties)))
        for name, token in self._held:
            lines = [line.replace(name, token) for line in lines]
        return [f"{properties} {lines[0]}".strip() if properties else lines[0], *lines[1:]]

    def _node(self, span: Span, place: Place, indent: int, column: int) -> Any:
        """Return a node of ruamel.yaml that is in shape where there is room up to ``WIDTH``."""
        if isinstance(span, Scalar):
            node = self._scalar(span, place)
            token = self._text[span.start : span.end]
            if is_foldable(span, token) and column + len(_emitted(node)[0]) > WIDTH:
                return _folded(span.value, WIDTH - indent - 2)
            return node
        flow = self._flow(span, place)
        if column + len(_emitted(flow)[0]) <= WIDTH or not span.children:
            return flow
        inner = indent + 2
        if span.is_map:
            pairs = []
            for key, value, where in children(span, place):
                assert isinstance(key, Scalar)
                name = self._scalar(key, NOWHERE, is_key=True)
                pairs.append((name, self._node(value, where, inner, inner + len(_emitted(name)[0]) + 2)))
            return _nodes().MappingNode(_TAGS["map"], pairs, flow_style=False)
        items = [self._node(value, where, inner, inner + 2) for _, value, where in children(span, place)]
        return _nodes().SequenceNode(_TAGS["seq"], items, flow_style=False)

    def _flow(self, span: Span, place: Place) -> Any:
        if isinstance(span, Scalar):
            return self._scalar(span, place)
        if not span.is_map:
            items = [self._flow(value, where) for _, value, where in children(span, place)]
            return _nodes().SequenceNode(_TAGS["seq"], items, flow_style=True)
        pairs = [
            (self._scalar(key, NOWHERE, is_key=True), self._flow(value, where))
            for key, value, where in children(span, place)
            if isinstance(key, Scalar)
        ]
        return _nodes().MappingNode(_TAGS["map"], pairs, flow_style=True)

    def _scalar(self, scalar: Scalar, place: Place, *, is_key: bool = False) -> Any:
        token = self._text[scalar.start : scalar.end]
        node = _nodes().ScalarNode
        if must_be_quoted(scalar, place, is_key=is_key):
            return node(_TAGS["str"], scalar.value, style='"')
        if not token:
            return node(_TAGS["str"], "null", style=None)
        if "\n" not in token and (not scalar.is_bare or not is_foldable(scalar, token)):
            # Anchors, aliases and escapes stay as they are; what stands for them is as long.
            name = f"{_HELD}{len(self._held)}".ljust(len(token) - 1, _HELD) + _HELD
            self._held.append((name, token))
            return node(_TAGS["str"], name, style=None)
        return node(_TAGS["str"], scalar.value, style=scalar.style or None)


_TAGS: dict[str, Any] = {}


@cache
def _nodes() -> Any:
    """Return the module of ruamel.yaml's nodes; it takes a while to load."""
    from ruamel.yaml import nodes
    from ruamel.yaml.tag import Tag

    _TAGS.update({name: Tag(suffix=f"tag:yaml.org,2002:{name}") for name in ("str", "map", "seq")})
    return nodes


def _emitted(node: Any) -> list[str]:
    """Return the lines of a value, the first one as it follows a key and its colon."""
    stream = io.StringIO()
    root = _nodes().MappingNode(_TAGS["map"], [(_nodes().ScalarNode(_TAGS["str"], "k"), node)], flow_style=False)
    _writer().serialize(root, stream)
    return stream.getvalue().removeprefix("k:").removeprefix(" ").removesuffix("\n").split("\n")


@cache
def _resolver() -> Any:
    from ruamel.yaml.resolver import VersionedResolver

    class EveryScalarIsText(VersionedResolver):
        """Of no plain scalar does it say that it is a number, a date or a truth value."""

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            if kind is _nodes().ScalarNode:
                return _TAGS["str"]
            return _TAGS["seq" if kind is _nodes().SequenceNode else "map"]

    return EveryScalarIsText


def _writer() -> Any:
    """Return a writer for one value: none writes a second one."""
    from ruamel.yaml import YAML

    yaml = YAML(pure=True)
    yaml.Resolver = _resolver()
    yaml.width = 1_000_000
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _folded(value: str, width: int) -> Any:
    """Return a folded text whose lines are at most ``width`` long, where its words are."""
    lines: list[str] = []
    for word in value.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    # ruamel.yaml breaks a folded text where a BEL stands before the space.
    return _nodes().ScalarNode(_TAGS["str"], "\a ".join(lines), style=">")
