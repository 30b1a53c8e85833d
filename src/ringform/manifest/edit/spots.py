"""Where in a text each value stands, from the events of the YAML parser.

Their marks are exact for plain, quoted and flow values. A block collection's end mark lies behind the comments that
follow it, and a block text's behind the blank lines: these ends are worked out here, from the last thing within.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

import yaml

from ringform.manifest.composer import LOADER
from ringform.model.problem import DocumentPath

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s*)*")
_COLON = re.compile(r"[ \t]*:")


class Form(Enum):
    """What stands at a place."""

    TEXT = "text"
    MAP = "map"
    LIST = "list"
    ALIAS = "alias"


@dataclass(slots=True)
class Spot:
    """A value in the text, from ``start`` (its anchor included; ``inner`` is behind that) to ``end``.

    ``column`` is that of the keys or dashes of a block collection, from 0. ``style`` is that of a text: its quote,
    ``|`` or ``>``; None is plain. ``entries`` are a mapping's own, ``items`` a list's.
    """

    form: Form
    start: int
    inner: int
    end: int
    anchor: str | None = None
    is_flow: bool = False
    column: int = 0
    style: str | None = None
    entries: Sequence[Entry] = ()
    items: Sequence[Spot] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it is a value that is not written at all."""
        return self.form is Form.TEXT and self.start == self.end

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or list in block style."""
        return self.form in (Form.MAP, Form.LIST) and not self.is_flow

    @property
    def has_merge(self) -> bool:
        """Whether it is a mapping that takes keys of another one."""
        return any(entry.is_merge for entry in self.entries)

    def entry(self, key: str) -> Entry | None:
        """Return the mapping's own entry with this key."""
        return next((entry for entry in self.entries if entry.key == key and not entry.is_merge), None)

    def within(self) -> Iterator[Spot]:
        """Yield the value itself and everything in it."""
        yield self
        for entry in self.entries:
            yield from entry.value.within()
        for item in self.items:
            yield from item.within()


@dataclass(slots=True)
class Entry:
    """An entry of a mapping. ``colon`` is the place behind its colon; None if the key is written with a ``?``."""

    key: str
    start: int
    key_end: int
    colon: int | None
    value: Spot
    is_merge: bool
    style: str | None

    @property
    def end(self) -> int:
        """Where the entry ends."""
        return max(self.value.end, self.colon or self.key_end)


@dataclass(frozen=True, slots=True)
class Spots:
    """All values of a text. ``used`` are the anchors that an alias uses."""

    root: Spot
    used: frozenset[str]


def find_spots(text: str) -> Spots:
    """Return where everything stands in a text that has been read without a mistake."""
    walk = _Walk(text)
    walk.run()
    assert walk.root is not None
    return Spots(walk.root, frozenset(walk.used))


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been met yet; ``key`` is that of a mapping which waits for its value."""

    spot: Spot
    entries: list[Entry] = field(default_factory=list)
    items: list[Spot] = field(default_factory=list)
    key: tuple[Spot, str] | None = None


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Spot | None = None
        self.used: set[str] = set()
        self.stack: list[_Open] = []

    def run(self) -> None:
        for event in yaml.parse(self.text, Loader=LOADER):
            match event:
                case yaml.ScalarEvent():
                    self._put(self._text(event), event.value)
                case yaml.AliasEvent():
                    start, end = _indices(event)
                    self.used.add(event.anchor or "")
                    self._put(Spot(Form.ALIAS, start, start, end), event.anchor or "")
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self.stack.append(_Open(self._collection(event)))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    open_ = self.stack.pop()
                    spot = open_.spot
                    spot.entries, spot.items = open_.entries, open_.items
                    self._close(spot, event)
                    self._put(spot, "")
                case _:
                    pass

    def _text(self, event: yaml.ScalarEvent) -> Spot:
        start, end = _indices(event)
        inner = self._behind_properties(start) if event.anchor or event.tag else start
        style = event.style if event.style in ("'", '"', "|", ">") else None
        if style in ("|", ">"):
            block = self.text[inner:end]
            is_kept = "+" in block.splitlines()[0].partition("#")[0]
            end = inner + len(re.sub(r"\r\n?\Z|\n\Z", "", block) if is_kept else block.rstrip())
        return Spot(Form.TEXT, start, min(inner, end), end, event.anchor, style=style)

    def _collection(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> Spot:
        start, end = _indices(event)
        form = Form.MAP if isinstance(event, yaml.MappingStartEvent) else Form.LIST
        is_flow = bool(event.flow_style)
        has_bracket = is_flow or (form is Form.LIST and end > start and self.text[end - 1] == "-")
        inner = end - 1 if has_bracket else end
        line_start = max(self.text.rfind("\n", 0, inner), self.text.rfind("\r", 0, inner)) + 1
        return Spot(form, start, inner, inner, event.anchor, is_flow, inner - line_start)

    def _close(self, spot: Spot, event: yaml.Event) -> None:
        if spot.is_flow:
            spot.end = _indices(event)[1]
        elif spot.form is Form.MAP:
            spot.end = spot.entries[-1].end
        elif spot.items:
            # The dash of an item without a value is not told: such a list ends at its last item that has one.
            spot.end = max(spot.inner + 1, *(item.end for item in spot.items))

    def _behind_properties(self, start: int) -> int:
        found = _PROPERTIES.match(self.text, start)
        return found.end() if found else start

    def _put(self, spot: Spot, text: str) -> None:
        if not self.stack:
            self.root = spot
            return
        holder = self.stack[-1]
        if holder.spot.form is Form.LIST:
            holder.items.append(spot)
        elif holder.key is None:
            holder.key = (spot, text)
        else:
            holder.entries.append(self._entry(*holder.key, spot))
            holder.key = None

    def _entry(self, key: Spot, name: str, value: Spot) -> Entry:
        colon = _COLON.match(self.text, key.end)
        behind = colon.end() if colon else None
        if value.is_empty:
            value.start = value.inner = value.end = behind or key.end
        is_merge = key.form is Form.TEXT and key.style is None and name == "<<"
        return Entry(name, key.start, key.end, behind, value, is_merge, key.style)


def _indices(event: yaml.Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    assert start is not None  # only an event made by hand lacks its marks
    assert end is not None
    return start.index, end.index


def path_to(root: Spot, path: DocumentPath) -> Spot | None:
    """Return the spot at a path that leads through neither an alias nor a merged key; else None."""
    spot: Spot | None = root
    for part in path:
        if spot is None:
            return None
        if isinstance(part, str):
            entry = spot.entry(part)
            spot = entry.value if entry else None
        else:
            spot = spot.items[part] if part < len(spot.items) else None
    return spot
