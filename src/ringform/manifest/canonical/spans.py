"""Where the values of a file begin and end in its text, from libyaml's events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from ringform.manifest.composer import LOADER

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]*)+")
_ENDS_AT_TEXT = re.compile(r"[ \t\n]+\Z")


@dataclass(slots=True)
class Scalar:
    """A text, or an alias (``style`` is ``*``). ``[start:end]`` has its quotes, and its anchor and tag before it.

    ``style`` is ``""`` for plain, a quotation mark, ``|`` or ``>``; ``column`` is where it begins in its line.
    """

    start: int
    end: int
    column: int
    value: str
    style: str
    is_bare: bool
    """Whether it has neither anchor nor tag."""


@dataclass(slots=True)
class Collection:
    """A mapping or a sequence. Block style ends where its last value does, not after the comments that follow.

    ``children`` has the keys and values of a mapping in turn.
    """

    start: int
    end: int
    column: int
    is_map: bool
    is_flow: bool
    properties: str
    """Its anchor and tag."""
    children: list[Span] = field(default_factory=list)

    @property
    def pairs(self) -> Iterator[tuple[Span, Span]]:
        """The keys of a mapping with their values."""
        return zip(self.children[::2], self.children[1::2], strict=True)


Span: TypeAlias = Scalar | Collection


def spans(text: str) -> Collection:
    """Return the spans of a text that the composer has read without errors, and whose line breaks are LF.

    Lines and columns of the events are libyaml's, in characters.
    """
    stack: list[Collection] = []
    root: Collection | None = None
    last_end = 0
    for event in yaml.parse(text, Loader=LOADER):
        span: Span
        match event:
            case yaml.ScalarEvent() | yaml.AliasEvent():
                span = _scalar(event, text, last_end)
                last_end = max(last_end, span.end)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                span = _collection(event, text)
                last_end = max(last_end, span.start + len(span.properties))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                closed = stack.pop()
                closed.end = _index(event.end_mark) if closed.is_flow else last_end
                last_end = max(last_end, closed.end)
                root = closed
                continue
            case _:
                continue
        if stack:
            stack[-1].children.append(span)
        if isinstance(span, Collection):
            stack.append(span)
    assert root is not None
    return root


def _index(mark: Any) -> int:
    index: int = mark.index
    return index


def _scalar(event: yaml.ScalarEvent | yaml.AliasEvent, text: str, last_end: int) -> Scalar:
    start, end = _index(event.start_mark), _index(event.end_mark)
    column: int = event.start_mark.column  # type: ignore[union-attr]  # an event of a real text has a mark
    if isinstance(event, yaml.AliasEvent):
        return Scalar(start, end, column, event.anchor or "", "*", is_bare=False)
    is_bare = event.anchor is None and event.tag is None
    style = event.style or ""
    if style in ("|", ">"):
        # The mark stands behind the empty lines that follow; with + they are part of the text.
        written = text[start:end]
        keeps = "+" in written.partition("\n")[0].partition("#")[0]
        end = start + len(written.removesuffix("\n") if keeps else _ENDS_AT_TEXT.sub("", written))
    elif not style and not event.value and is_bare:
        start = end = last_end  # the mark of nothing may stand anywhere behind the colon
    elif not style:
        end = start + len(_ENDS_AT_TEXT.sub("", text[start:end]))
    return Scalar(start, end, column, event.value, style, is_bare)


def _collection(event: yaml.MappingStartEvent | yaml.SequenceStartEvent, text: str) -> Collection:
    start = _index(event.start_mark)
    has_properties = event.anchor is not None or event.tag is not None
    properties = _PROPERTIES.match(text, start) if has_properties else None
    column: int = event.start_mark.column  # type: ignore[union-attr]  # an event of a real text has a mark
    return Collection(
        start,
        start,
        column,
        isinstance(event, yaml.MappingStartEvent),
        bool(event.flow_style),
        properties[0].rstrip() if properties else "",
    )
