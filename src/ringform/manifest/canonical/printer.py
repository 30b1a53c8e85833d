"""A file in canonical layout: its blocks indented and in order, with their comments, and its values in shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ringform.manifest.canonical.gaps import Line, comments, read_gap
from ringform.manifest.canonical.places import NOWHERE, Place, in_order
from ringform.manifest.canonical.spans import Collection, Scalar, Span
from ringform.manifest.canonical.values import (
    WIDTH,
    Rewriting,
    is_foldable,
    is_ordinary,
    must_be_quoted,
    on_one_line,
    written,
)
from ringform.providers.shared.calendar.advice import HOURS

_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_SCHEMA_LINE = "yaml-language-server"

ShortHours = Callable[[object], Mapping[str, str] | None]
"""Returns the short form of opening hours that are written in another way; None if there is none."""


class NotFormattable(Exception):  # noqa: N818 - it reads as what it says
    """A way of writing that is valid and so rare that nothing is written over it. The text says which."""


@dataclass(slots=True)
class _Entry:
    """A key with its value, or an item: the comments ``before`` it, its own lines, what is in it, what is ``after``."""

    before: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    inside: _Block | None = None
    after: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    indent: int
    is_map: bool
    entries: list[_Entry] = field(default_factory=list)


class Printer:
    """Prints one file, whose ``text`` has LF for line breaks and no byte order mark, from its spans."""

    def __init__(self, text: str, short_hours: ShortHours) -> None:
        self._text = text
        self._short_hours = short_hours
        self._at = 0  # everything before this is printed
        self._open: list[tuple[int, int, _Entry]] = []  # each open block: its column, what that becomes, and its entry
        self._last = _Entry()
        self._last_open: tuple[tuple[int, int, _Entry], ...] = ()
        self._last_line = 0  # at whose end a comment about the last value stands

    def print(self, root: Collection, place: Place) -> str:
        """Return the file in canonical layout.

        Raises:
            NotFormattable: It is written in a way that this does not know.
        """
        begin = self._text.rfind("\n", 0, root.start) + 1
        if root.is_flow or root.properties or root.start != begin:
            raise NotFormattable("its whole content is on one line, in braces or under an anchor")
        head, about_first = _head(self._text[:begin])
        self._at = begin
        block = self._block(root, place, 0, about_first)
        last = self._end()
        return head + "".join(f"{line}\n" for line in (*_flat(block), *last))

    def _end(self) -> list[str]:
        gap = read_gap(self._text, self._at, len(self._text))
        self._beside(gap.beside)
        rest = [line.text for line in self._after(gap.lines, -1)]
        while rest and not rest[-1]:
            rest.pop()
        return rest

    # Blocks

    def _block(self, span: Collection, place: Place, indent: int, before: Iterable[str] = ()) -> _Block:
        block = _Block(indent, span.is_map)
        column = self._column(span)
        # Dashes may stand right below their key: then what is further in is about the list.
        is_below_key = not span.is_map and bool(self._open) and column == self._open[-1][0]
        self._open.append((column + is_below_key, indent, self._last))
        if span.is_map:
            texts = written(span)
            fields = place.fields(texts)
            for key, value in span.pairs:
                if not isinstance(key, Scalar) or key.style == "*" or "\n" in self._text[key.start : key.end]:
                    raise NotFormattable("a name is an alias, or is written on several lines")
                entry = _Entry(before=[*before, *self._before(key.start, column, indent)])
                before = ()
                self._begin(entry)
                self._at = key.end
                where = place.value if fields is None else fields.get(key.value, NOWHERE)
                block.entries.append(self._pair(entry, key, value, where, indent))
            order = in_order([key.value for key, _ in span.pairs if isinstance(key, Scalar)], fields)
            if order != sorted(order) and not self._depend(span):
                block.entries = _ordered(block.entries, order)
        else:
            block.entries = [self._item(child, place.item, column, indent) for child in span.children]
        self._open.pop()
        return block

    def _column(self, span: Collection) -> int:
        if not span.properties:
            return span.column
        if span.is_map:
            return span.children[0].column
        dash = self._text.index("-", span.start + len(span.properties))
        return dash - self._text.rfind("\n", 0, dash) - 1

    def _pair(self, entry: _Entry, key: Scalar, value: Span, place: Place, indent: int) -> _Entry:
        name = self._text[key.start : key.end]
        name = " " * indent + (f'"{key.value}"' if must_be_quoted(key, NOWHERE, is_key=True) else name) + ":"
        if isinstance(value, Collection) and key.value == HOURS and (hours := self._hours(value)):
            entry.lines = [name]
            self._is_printed(entry, 0, key)
            entry.before += self._before(value.start, value.column - 1, indent)
            entry.lines += (f"{' ' * (indent + 2)}{days}: {times}" for days, times in hours.items())
            self._is_printed(entry, len(entry.lines) - 1, value)
        elif isinstance(value, Collection) and not value.is_flow:
            entry.lines = [name]
            self._open_block(entry, value, indent)
            entry.inside = self._block(value, place, indent + 2)
        else:
            entry.before += self._comments_before(value, indent)
            first, *others = self._value(value, place, indent, len(name) + 1)
            entry.lines = [f"{name} {first}" if first else name, *others]
            self._is_printed(entry, _line_beside(first, others), value)
        return entry

    def _item(self, value: Span, place: Place, column: int, indent: int) -> _Entry:
        entry = _Entry(before=self._before(value.start, column, indent))
        self._begin(entry)
        if isinstance(value, Collection) and not value.is_flow:
            entry.lines = []
            if value.properties:
                entry.lines = [" " * indent + "-"]
                self._open_block(entry, value, indent)
            self._at = max(self._at, value.start)
            entry.inside = self._block(value, place, indent + 2)
            return entry
        first, *others = self._value(value, place, indent, indent + 2)
        beside = _line_beside(first, others)
        if not first and others:
            first, *others = others[0].lstrip(), *others[1:]
        entry.lines = [f"{' ' * indent}- {first}".rstrip(), *others]
        self._is_printed(entry, beside, value)
        return entry

    def _begin(self, entry: _Entry) -> None:
        column, indent, _ = self._open[-1]
        self._open[-1] = (column, indent, entry)

    def _open_block(self, entry: _Entry, value: Collection, indent: int) -> None:
        """Go on after the key of a block, and its anchor and tag if it has any."""
        if value.properties:
            entry.before += self._comments_before(value, indent)
            entry.lines[0] += " " + value.properties
            self._at = value.start + len(value.properties)
        self._last, self._last_line, self._last_open = entry, 0, tuple(self._open)

    def _is_printed(self, entry: _Entry, line: int, value: Span) -> None:
        self._at = max(self._at, value.end)
        self._last, self._last_line, self._last_open = entry, line, tuple(self._open)

    def _depend(self, mapping: Collection) -> bool:
        """Whether an alias in one entry is of an anchor in another, or an anchor is there twice."""
        anchors = [set(_ANCHOR.findall(self._text[key.start : value.end])) for key, value in mapping.pairs]
        aliases = [set(_aliases(value)) for _, value in mapping.pairs]
        return any(
            anchors[index] & (aliases[other] | anchors[other])
            for index in range(len(anchors))
            for other in range(len(anchors))
            if index != other
        )

    # Comments

    def _before(self, start: int, column: int, indent: int) -> list[str]:
        """Return the lines before an entry, and put what is about what stood before where it belongs."""
        if start <= self._at:
            return []
        gap = read_gap(self._text, self._at, start)
        self._beside(gap.beside)
        rest = self._after(gap.lines, column)
        return [" " * indent + line.text if line.text else "" for line in rest]

    def _comments_before(self, value: Span, indent: int) -> list[str]:
        """Return comments between a key and its value as lines before the key."""
        if value.start <= self._at:
            return []
        return [" " * indent + each for each in comments(read_gap(self._text, self._at, value.start))]

    def _beside(self, comment: str) -> None:
        if comment:
            self._last.lines[self._last_line] += comment if comment[0] in " \t" else f" {comment}"

    def _after(self, lines: list[Line], column: int) -> list[Line]:
        """Put comments that are further in than ``column`` at the end of the block they belong to; return the rest."""
        pending: list[str] = []
        rest = 0
        for number, line in enumerate(lines, 1):
            if not line.text:
                pending.append("")
                continue
            about = [(new, entry) for old, new, entry in self._last_open if column < old <= line.column]
            if not about or not line.text.startswith("#"):
                break
            indent, entry = about[-1]
            entry.after += [*pending, " " * indent + line.text]
            pending, rest = [], number
        return lines[rest:]

    # Values

    def _value(self, span: Span, place: Place, indent: int, column: int) -> list[str]:
        """Return a value's lines: the first as it follows its key or dash, the others with all their indent."""
        token = self._text[span.start : span.end]
        if isinstance(span, Scalar):
            if span.style in ("|", ">"):
                # A text at the end of a file without a final newline has none either, which it is to keep.
                is_cut = span.end == len(self._text) and not span.value.endswith("\n")
                return self._block_scalar(_without_newline(token) if is_cut else token, indent)
            if span.style == "*" or not token:
                return [token]
            is_fine = "\n" not in token and not must_be_quoted(span, place)
            if is_fine and (column + len(token) <= WIDTH or not is_foldable(span, token)):
                return [token]
            if "\n" in token and not is_foldable(span, token):
                return self._as_written(token, indent)
        elif not is_ordinary(self._text, span):
            return self._as_written(token, indent)
        else:
            line = on_one_line(self._text, span, place)
            if line is not None and (column + len(line) <= WIDTH or not span.children):
                return [line]
        first, *others = Rewriting(self._text).lines(span, place, indent, column)
        return [first, *(" " * indent + line for line in others)]

    def _as_written(self, token: str, indent: int) -> list[str]:
        first, *others = token.split("\n")
        if self._open[-1][0] == indent:
            return [first, *others]
        return [first, *(" " * (indent + 2) + line.strip(" \t") if line.strip(" \t") else "" for line in others)]

    def _block_scalar(self, token: str, indent: int) -> list[str]:
        header, *lines = token.split("\n")
        shift = 0
        if re.match(r"(?:[&!]\S*\s+)*[|>][+-]?[1-9]", header):
            if self._open[-1][0] != indent:
                raise NotFormattable("a text with a number after | or > is indented in another way than usual")
        else:
            first = next((line for line in lines if line.strip(" ")), "")
            shift = indent + 2 - (len(first) - len(first.lstrip(" ")))
        return [header, *(_shifted(line, shift) for line in lines)]

    def _hours(self, value: Collection) -> Mapping[str, str] | None:
        """Return the short form of hours in a list, if nothing is said of them that it has no place for."""
        token = self._text[value.start : value.end]
        if value.is_map or any(sign in token for sign in ("#", "&", "*", "!", "{{")):
            return None
        return self._short_hours(_plain(value))


def _without_newline(token: str) -> str:
    """Return a text in ``|`` or ``>`` that says by ``-`` that no newline ends it."""
    header, newline, lines = token.partition("\n")
    if "-" in header.partition("#")[0]:
        return token
    return re.sub(r"([|>])([1-9]?)\+?", r"\1\2-", header, count=1) + newline + lines


def _line_beside(first: str, others: list[str]) -> int:
    """Return the line at whose end a comment about a value stands: the first one of a block, of which it is no part."""
    is_header = first[:1] in ("|", ">") or all(word[0] in "&!" for word in first.split())
    return 0 if is_header else len(others)


def _plain(span: Span) -> object:
    if isinstance(span, Scalar):
        return span.value
    if not span.is_map:
        return [_plain(child) for child in span.children]
    return {key.value: _plain(value) for key, value in span.pairs if isinstance(key, Scalar)}


def _aliases(span: Span) -> Iterator[str]:
    if isinstance(span, Collection):
        for child in span.children:
            yield from _aliases(child)
    elif span.style == "*":
        yield span.value


def _shifted(line: str, shift: int) -> str:
    if shift >= 0:
        return " " * shift + line if line else line
    return line[-shift:] if line[:-shift].strip(" ") == "" else line


def _head(text: str) -> tuple[str, list[str]]:
    """Return what stays at the top of a file, and the comments directly above its first key, which are about that."""
    lines = text.splitlines()
    first = len(lines)
    while first and lines[first - 1].startswith("#") and _SCHEMA_LINE not in lines[first - 1]:
        first -= 1
    if first == 0 or lines[first - 1].strip():
        first = len(lines)  # of the whole file
    return "".join(f"{line.rstrip()}\n" for line in lines[:first]), lines[first:]


def _ordered(entries: list[_Entry], order: list[int]) -> list[_Entry]:
    """Return entries in another order, with the empty lines before the first one at the beginning still."""
    chosen = [entries[index] for index in order]
    first, new_first = entries[0], chosen[0]
    if first is not new_first:
        blank, new_blank = _blank(first.before), _blank(new_first.before)
        first.before = [""] * new_blank + first.before[blank:]
        new_first.before = [""] * blank + new_first.before[new_blank:]
    return chosen


def _blank(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line), len(lines))


def _flat(block: _Block) -> Iterator[str]:
    for entry in block.entries:
        inside = list(_flat(entry.inside)) if entry.inside else []
        if not block.is_map and inside and not entry.lines:
            inside = _after_dash(inside, block.indent)
        yield from entry.before
        yield from entry.lines
        yield from inside
        yield from entry.after


def _after_dash(lines: list[str], indent: int) -> list[str]:
    """Return the lines of an item with its dash; comments that come first stand above that."""
    first = next(number for number, line in enumerate(lines) if line and not line.lstrip().startswith("#"))
    above = [" " * indent + line.lstrip() if line else line for line in lines[:first]]
    return [*above, " " * indent + "- " + lines[first][indent + 2 :], *lines[first + 1 :]]
