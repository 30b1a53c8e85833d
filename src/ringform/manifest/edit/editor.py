"""Many edits of one text, and the proof that it says exactly what was wanted then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import yaml

from ringform.manifest import composer
from ringform.manifest.edit.edits import (
    Data,
    Edit,
    NoSuchPlaceError,
    Put,
    Remove,
    as_text,
    at,
    concrete,
    edited,
    item_by_item,
)
from ringform.manifest.edit.flow_items import Splice
from ringform.manifest.edit.lines import Lines
from ringform.manifest.edit.splices import CannotEditError, Splicer
from ringform.manifest.edit.spots import find_spots, path_to
from ringform.manifest.source import Source
from ringform.manifest.tree import Map
from ringform.model.diagnostic import RingformError
from ringform.model.problem import DocumentPath

_SCOPE = 2
"""The parts of a path that name an entry of a section, such as a phone number. Entries are edited apart."""


@dataclass(frozen=True)
class _Pending:
    """Splices that were found in one text and do not touch each other.

    ``fixed`` are the entries in which no other edit can be made before the text is read again, ``loose`` those in which
    only single values were replaced, and ``smaller`` the sections that lost an entry.
    """

    splices: tuple[Splice, ...] = ()
    fixed: frozenset[DocumentPath] = frozenset()
    loose: frozenset[DocumentPath] = frozenset()
    smaller: frozenset[DocumentPath] = frozenset()


@dataclass(frozen=True)
class Editing:
    """A text with edits made in it. ``data`` is what it is to say in the end."""

    splicer: Splicer
    data: Data
    pending: _Pending = _Pending()

    @classmethod
    def of(cls, text: str, data: Data) -> Editing:
        """Begin with a text, and what it says.

        Raises:
            CannotEditError: It is no YAML.
        """
        try:
            spots = find_spots(text)
        except yaml.YAMLError:
            raise CannotEditError("the file would not be YAML any more") from None
        return cls(Splicer(Lines(text), spots, data), data)

    def make(self, edits: Sequence[Edit]) -> Editing:
        """Return the text with all of these edits made.

        Raises:
            CannotEditError: One of them cannot be made.
        """
        here = self
        for edit in edits:
            if isinstance(edit, Put) and isinstance(edit.value, list):
                here = here._seeing(edit)
            for each in here._taken_apart(edit):
                here = here._with(each)
        return here

    def _seeing(self, edit: Edit) -> Editing:
        """Return the text as it is by now, if the entry that an edit is about has been edited already."""
        scope = edit.path[:_SCOPE]
        return self._settled() if scope in self.pending.fixed or scope in self.pending.loose else self

    def _taken_apart(self, edit: Edit) -> list[Edit]:
        """Return the edits of the items of a list that has lines or comments of its own, so that these stay."""
        if not isinstance(edit, Put) or not isinstance(edit.value, list):
            return [edit]
        try:
            path = concrete(self.data, edit.path)
            old = at(self.data, path)
        except NoSuchPlaceError:
            return [edit]
        spot = path_to(self.splicer.spots.root, path)
        if spot is None or not set("#\n\r") & set(self.splicer.lines.text[spot.start : spot.end]):
            return [edit]
        return item_by_item(old, edit) or [edit]

    def _with(self, edit: Edit) -> Editing:
        try:
            scope = concrete(self.data, edit.path)[:_SCOPE]
            # As the file reads, where every value is a text.
            data = edited(self.data, replace(edit, value=as_text(edit.value)) if isinstance(edit, Put) else edit)
        except NoSuchPlaceError:
            raise CannotEditError("its place in the file was not found") from None
        is_loose = isinstance(edit, Put) and len(edit.path) > _SCOPE and not isinstance(edit.value, dict | list)
        if self.pending.splices and not self._goes_with_pending(edit, scope, is_loose=is_loose):
            return self._settled()._with(edit)
        splices = Splicer(self.splicer.lines, self.splicer.spots, self.data).splices(edit)
        is_loose = is_loose and len(splices) == 1 and splices[0].end > splices[0].start
        clash = scope in self.pending.fixed or (scope in self.pending.loose and not is_loose)
        together = _together(self.pending.splices, splices)
        if self.pending.splices and (clash or together is None):
            return self._settled()._with(edit)
        fixed, loose = self.pending.fixed, self.pending.loose
        return Editing(
            self.splicer,
            data,
            _Pending(
                tuple(splices) if together is None else together,
                fixed if is_loose else fixed | {scope},
                loose | {scope} if is_loose else loose,
                self.pending.smaller | {scope[:-1]} if isinstance(edit, Remove) else self.pending.smaller,
            ),
        )

    def _goes_with_pending(self, edit: Edit, scope: DocumentPath, *, is_loose: bool) -> bool:
        if scope in self.pending.fixed or (scope in self.pending.loose and not is_loose):
            return False
        if len(edit.path) > _SCOPE:
            return True
        if isinstance(edit, Remove):
            # What empties a section must see that there is nothing else in it.
            section = at(self.data, scope[:-1])
            return isinstance(section, dict) and len(section) > 1
        return scope[:-1] not in self.pending.smaller

    def _settled(self) -> Editing:
        return Editing.of(spliced(self.splicer.lines.text, self.pending.splices), self.data)

    def text(self) -> str:
        """Return the text with everything that was done."""
        return spliced(self.splicer.lines.text, self.pending.splices)

    def proved(self, source: Source) -> Map:
        """Return the tree of the text, once it has been read again and says exactly what it is to say.

        ``source`` is the file as it was.

        Raises:
            CannotEditError: It does not.
        """
        try:
            tree, findings = composer.parse(replace(source, text=self.text()))
        except RingformError as error:
            raise CannotEditError(error.diagnostics[0].summary) from None
        wrong = next((each for each in findings if each.is_error), None)
        if wrong is not None:
            raise CannotEditError(wrong.summary)
        if tree != self.data:
            raise CannotEditError("the file would say something else as well")
        return tree


def _together(pending: Sequence[Splice], more: Sequence[Splice]) -> tuple[Splice, ...] | None:
    """Return spans in the order of the text; None if two of them touch.

    Insertions at one place do not touch: they follow each other in the order in which they were made.
    """
    ordered = list(pending)
    for each in more:
        place = bisect_right(ordered, _span(each), key=_span)
        neighbours = [*ordered[max(place - 1, 0) : place], each, *ordered[place : place + 1]]
        if any(_touch(*pair) for pair in pairwise(neighbours)):
            return None
        ordered.insert(place, each)
    return tuple(ordered)


def _span(splice: Splice) -> tuple[int, int]:
    return splice.start, splice.end


def _touch(earlier: Splice, later: Splice) -> bool:
    is_insertion = earlier.start == earlier.end
    return later.start < earlier.end or (is_insertion and earlier.end == later.start < later.end)


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return a text with spans replaced."""
    parts: list[str] = []
    place = 0
    for each in sorted(splices, key=_span):
        parts += [text[place : each.start], each.text]
        place = each.end
    return "".join([*parts, text[place:]])
