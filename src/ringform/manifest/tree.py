"""The located tree: what a YAML file says, as plain text values that remember their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from ringform.manifest.source import Source
from ringform.model.diagnostic import Excerpt, Location

# An anchor or a tag before a value, then: a quoted text as far as this line has it, an alias, a bracket or a
# block scalar's header.
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)*")
_TOKEN = re.compile(
    r"""
    "(?:[^"\\]|\\.)*"?  | '(?:[^']|'')*'?  | \*[^\s,\[\]{}]+  | [\[{]  | [|>][-+0-9]*
""",
    re.VERBOSE,
)
# A plain text ends before a comment, and as a key before its colon.
_PLAIN = re.compile(r"(?:(?!\s\#|:(?:\s|$)).)+", re.VERBOSE)


_NULL_WORDS = ("null", "~")
# Underlining more helps nobody, and a line may be as long as its file.
_LONGEST_TOKEN = 200


class Mark(NamedTuple):
    """Where something begins. Lines and columns count from 1."""

    source: Source
    line: int
    column: int

    def locate(self, value: str | None = None) -> tuple[Location, Excerpt]:
        """Return the place, ready for ``Diagnostic.at``, with the token that begins here underlined.

        ``value`` is the text that stands here, where it is known; without it an unquoted text is taken to end before
        a comment, a colon or the line's end.
        """
        column = self.column
        text = self.source.line(self.line)[: column + _LONGEST_TOKEN]
        properties = _PROPERTIES.match(text, column - 1)
        start = properties.end() if properties else column - 1
        token = _TOKEN.match(text, start)
        if token is None and value and text.startswith(value, start):
            end = start + len(value)
        else:
            token = token or _PLAIN.match(text, start)
            end = token.end() if token else column
        return self.source.locate(self.line, column, len(text[column - 1 : end].rstrip()))


class Map(dict[str, "Node"]):
    """A mapping. ``mark`` is its own beginning, ``marks`` the places of each key and its value.

    Treat it as immutable: an alias puts the very same object at several places.
    """

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.marks: dict[str, tuple[Mark, Mark]] = {}


class Seq(list["Node"]):
    """A sequence. ``mark`` is its own beginning, ``marks`` the places of its items. Immutable like ``Map``."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.marks: list[Mark] = []


Node: TypeAlias = None | str | Map | Seq
"""A value: every scalar is its text as written, whatever type YAML would give it; ``None`` is an unquoted ``null``,
``~`` or nothing at all."""


def locate(root: Node, path: Sequence[str | int], *, key: bool = False) -> tuple[Location, Excerpt] | None:
    """Return where the value at ``path`` stands, with its token underlined; None for a root without a place.

    The walk goes as deep as the tree does. A segment that is not there is skipped: pydantic puts the tags of unions
    into its paths, and the name of a field that is missing. Points at a scalar's text; at the key for a mapping, a
    sequence or a value left out, and for ``key=True``.
    """
    if not isinstance(root, Map | Seq):
        return None
    node: Node = root
    mark, token = root.mark, None
    for segment in path:
        if isinstance(node, Map) and isinstance(segment, str) and segment in node:
            marks = node.marks[segment]
            node = node[segment]
            if key or _is_pointed_at_by_its_key(node, marks[1]):
                mark, token = marks[0], segment
            else:
                mark, token = marks[1], _token(node, marks[1])
        elif isinstance(node, Seq) and isinstance(segment, int) and 0 <= segment < len(node):
            mark = node.marks[segment]
            node = node[segment]
            token = _token(node, mark)
    return mark.locate(token)


def _token(node: Node, mark: Mark) -> str | None:
    """Return the text that stands at ``mark``, if the value is a scalar: of nothing, YAML's word for it."""
    if node is None:
        line = mark.source.line(mark.line)
        return next((word for word in _NULL_WORDS if line.startswith(word, mark.column - 1)), None)
    return node if isinstance(node, str) else None


def _is_pointed_at_by_its_key(node: Node, mark: Mark) -> bool:
    if node is None:
        return not mark.source.line(mark.line).startswith((*_NULL_WORDS, "*", "&", "!"), mark.column - 1)
    return not isinstance(node, str)
