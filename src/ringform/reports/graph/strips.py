"""A tall picture cut into strips, which stand side by side: what crosses a cut goes on at the top of the next strip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ringform.reports.graph.layout import Arrow, Box, Layout

_BELOW_A_BOX = 4
"""Pixels from a box down to a cut; the label of the next box begins further down."""


def strips(placed: Layout, tallest: int) -> list[Layout]:
    """Return a layout as the fewest strips that are no taller, each cut between two boxes; a box is never cut."""
    cuts = [0, *_cuts(placed, tallest), placed.height]
    return [_strip(placed, top, bottom) for top, bottom in pairwise(cuts)]


def _cuts(placed: Layout, tallest: int) -> Iterator[int]:
    """Yield the heights at which to cut: below the last box that fits."""
    top = cut = 0
    for box in placed.boxes:
        below = box.y + box.height + _BELOW_A_BOX
        if below - top > tallest and cut > top:
            yield cut
            top = cut
        cut = below


def _strip(placed: Layout, top: int, bottom: int) -> Layout:
    boxes = tuple(replace(box, y=box.y - top) for box in placed.boxes if _is_in(box, top, bottom))
    arrows = tuple(part for arrow in placed.arrows for part in _parts(arrow, top, bottom))
    return Layout(boxes, arrows, bottom - top)


def _is_in(box: Box, top: int, bottom: int) -> bool:
    return top <= box.y < bottom


def _parts(arrow: Arrow, top: int, bottom: int) -> Iterator[Arrow]:
    """Yield the parts of an arrow that lie in a strip; only the one that ends where the arrow does has its head."""
    points: list[tuple[int, int]] = []
    for (x, y), (next_x, next_y) in pairwise(arrow.points):
        low, high = max(min(y, next_y), top), min(max(y, next_y), bottom)
        if low <= high:
            begin, end = ((x, low), (next_x, high)) if y <= next_y else ((x, high), (next_x, low))
            points += [begin, end] if points[-1:] != [begin] else [end]
    if len(set(points)) > 1:
        is_end = arrow.has_head and points[-1] == arrow.points[-1]
        yield replace(arrow, points=tuple((x, y - top) for x, y in points), has_head=is_end)
