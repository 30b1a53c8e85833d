"""From an edit to the spans of text that it replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ringform.manifest.edit import flow_items
from ringform.manifest.edit.edits import (
    Data,
    Edit,
    NoSuchPlaceError,
    Put,
    Remove,
    Rename,
    at,
    concrete,
    edited,
    is_new_item,
    key_before,
    raw,
)
from ringform.manifest.edit.flow_items import Splice
from ringform.manifest.edit.layout import block_lines, entry_lines, flow, is_inline, item_lines
from ringform.manifest.edit.lines import Lines
from ringform.manifest.edit.scalars import block, key, scalar
from ringform.manifest.edit.spots import Entry, Form, Spot, Spots
from ringform.model.problem import DocumentPath

_LONGEST_LINE = 100
"""A text that was folded stands on the line of its key once it fits there."""


_MERGED = "it comes from another mapping by <<"


class CannotEditError(Exception):
    """An edit cannot be made in this text; the message is the reason, for people."""


@dataclass(frozen=True)
class Splicer:
    """A text with its places and what it says."""

    lines: Lines
    spots: Spots
    data: Data

    @property
    def _text(self) -> str:
        return self.lines.text

    def splices(self, edit: Edit) -> list[Splice]:
        """Return the spans to replace.

        Raises:
            CannotEditError: There is no safe way.
        """
        try:
            path = concrete(self.data, edit.path)
        except NoSuchPlaceError:
            raise CannotEditError("its place in the file was not found") from None
        holder, is_flow, is_empty = self.spots.root, False, False
        for depth, part in enumerate(path):
            if holder.form is Form.ALIAS:
                return self._written_out(edit, path[:depth])
            self._check_anchor(holder)
            is_empty = not is_flow and not holder.entries and not holder.items
            is_flow = is_flow or holder.is_flow
            if depth == len(path) - 1:
                break
            inner = self._child(holder, part)
            if inner is None:
                return self._written_out(edit, path[: depth + 1])
            holder = inner
        if is_empty and isinstance(edit, Put):
            return self._written_out(edit, path[:-1])
        return self._at(holder, edit, path, is_flow=is_flow)

    def _written_out(self, edit: Edit, prefix: DocumentPath) -> list[Splice]:
        """Write a value out at its own place: it is an alias, or comes from ``<<``, or from a mapping without keys."""
        try:
            inner = raw(at(self.data, prefix)) if self._is_there(prefix) else {}
            value = edited(inner, replace(edit, path=edit.path[len(prefix) :]))
        except NoSuchPlaceError:
            raise CannotEditError("its place in the file was not found") from None
        return self.splices(Put(prefix, value))

    def _is_there(self, path: DocumentPath) -> bool:
        holder = at(self.data, path[:-1])
        return not isinstance(holder, Mapping) or path[-1] in holder

    def _child(self, holder: Spot, part: str | int) -> Spot | None:
        if isinstance(part, str):
            entry = holder.entry(part)
            return entry.value if entry else None
        return holder.items[part] if part < len(holder.items) else None

    def _at(self, holder: Spot, edit: Edit, path: DocumentPath, *, is_flow: bool) -> list[Splice]:
        last = path[-1]
        match edit:
            case Put(_, value, after) if isinstance(last, str):
                entry = holder.entry(last)
                if entry is not None:
                    return self._replace(entry.value, entry, holder, value, is_flow=is_flow)
                if holder.form is not Form.MAP:
                    return self._written_out(edit, path[:-1])
                return self._add_entry(holder, last, value, after, is_flow=is_flow)
            case Put(_, value) if isinstance(last, int) and holder.form is Form.LIST:
                if is_new_item(at(self.data, path[:-1]), edit):
                    if not holder.items:
                        return self._written_out(edit, path[:-1])
                    return self._add_item(holder, last, value, is_flow=is_flow)
                return self._replace(holder.items[last], None, holder, value, is_flow=is_flow)
            case Remove():
                return self._remove(holder, edit, path, is_flow=is_flow)
            case Rename(_, new) if isinstance(last, str):
                entry = holder.entry(last)
                if entry is None:
                    raise CannotEditError(_MERGED)
                return [Splice(entry.start, entry.key_end, key(new, is_flow=is_flow, like=entry.style))]
        raise CannotEditError("its place in the file was not found")

    # Values

    def _replace(self, old: Spot, entry: Entry | None, holder: Spot, new: Data, *, is_flow: bool) -> list[Splice]:
        for inner in old.within():
            self._check_anchor(inner)
        if entry is not None and entry.colon is None and not is_flow:
            raise CannotEditError("its key is written with a ?")
        like_flow = old.is_flow if old.form is Form.MAP and old.entries else None
        if not is_flow and not is_inline(new, like_flow=like_flow):
            return [self._as_block(old, entry, holder, new)]
        if old.style in ("|", ">") and isinstance(new, str):
            return [self._block_text(old, new)]
        is_single = not isinstance(new, Mapping | list)
        style = old.style if old.form is Form.TEXT and not old.is_empty else ""
        written = scalar(new, is_flow=is_flow, like=style) if is_single else flow(new)
        if entry is None:
            if old.is_empty:
                raise CannotEditError("nothing is written at its place")
            return [Splice(old.inner, old.end, written)]
        if old.is_empty:
            return [Splice(entry.end, entry.end, f" {written}" if entry.colon else f": {written}")]
        if old.is_block:
            head = self._text[entry.colon or 0 : old.inner]
            first_line = head.splitlines()[0]
            anchor = self._text[old.start : old.inner].split()[0] + " " if old.anchor else ""
            comment = self.lines.comment_behind(entry.colon or 0) if not old.anchor and "#" in first_line else ""
            end = old.end + len(self.lines.comment_behind(old.end))
            return [Splice(entry.colon or 0, end, f" {anchor}{written}{comment}")]
        return [Splice(old.inner, old.end, written)]

    def _block_text(self, old: Spot, new: str) -> Splice:
        """Write a text in the place of one that stands in a block of its own."""
        written = self._text[old.inner : old.end]
        header = written.splitlines()[0]
        comment = self.lines.comment_behind(old.inner + len(header.partition("#")[0].rstrip()))
        first = next((line for line in written.splitlines()[1:] if line.strip()), "")
        lines = block(new, written, len(first) - len(first.lstrip()), self.lines.line_break)
        left = _LONGEST_LINE - self.lines.column(old.start)
        was_long = written.startswith(">") and len(" ".join(written.split()[1:])) > left
        if lines is None or (was_long and len(new) <= left and "\n" not in new):
            return Splice(old.inner, old.end, scalar(new, like=old.style) + comment)
        head, gap, rest = lines.partition(self.lines.line_break)
        return Splice(old.inner, old.end, head + comment + gap + rest)

    def _as_block(self, old: Spot, entry: Entry | None, holder: Spot, new: Data) -> Splice:
        """Write a value as lines of its own."""
        comment = self.lines.comment_behind(old.end)
        if entry is None:
            dash = self._dash(holder, old)
            lines = item_lines(new, holder.column)
            lines[0] = lines[0][holder.column + 1 :]
            return Splice(dash + 1, old.end, self.lines.line_break.join(lines))
        colon = entry.colon or 0
        anchor = " " + self._text[old.start : old.inner].split()[0] if old.anchor else ""
        kept = self.lines.comment_behind(colon) if old.is_block else comment
        lines = [anchor + kept, *block_lines(new, self.lines.column(entry.start) + 2)]
        return Splice(colon, max(old.end, colon) + len(comment), self.lines.line_break.join(lines))

    # Entries and items

    def _add_entry(
        self, holder: Spot, name: str, value: Data, after: tuple[str, ...] | None, *, is_flow: bool
    ) -> list[Splice]:
        names = [entry.key for entry in holder.entries]
        before = key_before(names, after)
        number = 0 if before is None else names.index(before) + 1
        if is_flow:
            written = f"{key(name, is_flow=True)}: {flow(value)}"
            return flow_items.insert(self.lines, holder, [(e.start, e.end) for e in holder.entries], number, written)
        neighbour = holder.entries[max(number - 1, 0)]
        like_flow = neighbour.value.is_flow if neighbour.value.form is Form.MAP and neighbour.value.entries else None
        if not isinstance(value, Mapping):
            like_flow = None
        lines = entry_lines(name, value, holder.column, like_flow=like_flow, key_like=neighbour.style)
        if number:
            is_spaced = number > 1 and self.lines.is_spaced_before(neighbour.start, holder.entries[number - 2].end)
            return [self._lines_below(neighbour.end, holder.column, [""] * is_spaced + lines)]
        joined = "".join(line + self.lines.line_break for line in lines)
        if self.lines.is_first_on_line(neighbour.start):
            place = self.lines.above(neighbour.start, holder.start if holder.anchor else 0)
            return [Splice(place, place, joined)]
        indent = " " * holder.column
        return [Splice(neighbour.start, neighbour.start, joined.lstrip(" ") + indent)]

    def _add_item(self, holder: Spot, number: int, value: Data, *, is_flow: bool) -> list[Splice]:
        if is_flow:
            parts = [(item.start, item.end) for item in holder.items]
            return flow_items.insert(self.lines, holder, parts, number, flow(value))
        neighbour = holder.items[max(number - 1, 0)]
        like_flow = neighbour.is_flow if neighbour.form is Form.MAP and neighbour.entries else None
        lines = item_lines(value, holder.column, like_flow=like_flow)
        if number:
            return [self._lines_below(neighbour.end, holder.column, lines)]
        dash = self._dash(holder, neighbour)
        joined = "".join(line + self.lines.line_break for line in lines)
        if self.lines.is_first_on_line(dash):
            place = self.lines.above(dash, 0)
            return [Splice(place, place, joined)]
        return [Splice(dash, dash, joined.lstrip(" ") + " " * holder.column)]

    def _lines_below(self, end: int, column: int, lines: list[str]) -> Splice:
        """Put lines behind an entry that ends at a place. A file without a final line break gets one."""
        place = self.lines.below(end, column)
        joined = "".join(line + self.lines.line_break for line in lines)
        is_open = place == len(self._text) and not self._text.endswith(("\n", "\r"))
        return Splice(place, place, self.lines.line_break * is_open + joined)

    def _remove(self, holder: Spot, edit: Remove, path: DocumentPath, *, is_flow: bool) -> list[Splice]:
        last = path[-1]
        gone: Spot | None = None
        if isinstance(last, str):
            entry = holder.entry(last)
            if entry is None:
                raise CannotEditError(_MERGED)
            gone, number, count = entry.value, list(holder.entries).index(entry), len(holder.entries)
        else:
            gone, number, count = holder.items[last], last, len(holder.items)
        for inner in gone.within():
            self._check_anchor(inner)
        if count == 1:
            empty: Data = {} if isinstance(last, str) else []
            return self.splices(Put(path[:-1], empty))
        if is_flow:
            parts = [(each.start, each.end) for each in (holder.entries if isinstance(last, str) else holder.items)]
            return flow_items.remove(self.lines, holder, parts, number)
        if isinstance(last, int):
            return [self._without_block_item(holder, number)]
        starts = [each.start for each in holder.entries]
        ends = [each.end for each in holder.entries]
        return [self._without_lines(starts, ends, number, holder.column)]

    def _without_block_item(self, holder: Spot, number: int) -> Splice:
        starts = [self._dash(holder, item) for item in holder.items]
        return self._without_lines(starts, [item.end for item in holder.items], number, holder.column)

    def _without_lines(self, starts: list[int], ends: list[int], number: int, column: int) -> Splice:
        start, end = starts[number], ends[number]
        if not self.lines.is_first_on_line(start):
            following = starts[number + 1]
            if "#" in self._text[end:following]:
                raise CannotEditError("a comment stands behind it that would be lost")
            return Splice(start, following, "")
        floor = self.lines.next_line(ends[number - 1]) if number else 0
        top = self.lines.above(start, floor)
        bottom = self.lines.below(end, column)
        return Splice(*self.lines.without_gap(top, bottom, is_first=not number), "")

    def _dash(self, holder: Spot, item: Spot) -> int:
        """Return where the dash of a list's item stands."""
        place = self._text.rfind("-", 0, item.start)
        while place >= 0 and self.lines.column(place) != holder.column:
            place = self._text.rfind("-", 0, place)
        if place < 0:
            raise CannotEditError("its place in the file was not found")
        return place

    def _check_anchor(self, spot: Spot) -> None:
        if spot.anchor in self.spots.used:
            raise CannotEditError(f"&{spot.anchor} is defined here, and *{spot.anchor} uses it elsewhere")
