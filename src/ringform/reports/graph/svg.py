"""Call flows as SVG, light or dark as its reader prefers. Marks are words and line styles, never only colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ringform.callflow.graph import CallEntry, DiffMark, Graph, MenuPrompt, OpeningHours, Ringing
from ringform.callflow.pictures import Picture
from ringform.callflow.types import Ends, Message, Unknown, Voicemail
from ringform.model.escaping import in_markup
from ringform.reports.graph.captions import CaptionLine, notes, nothing, one_line, title
from ringform.reports.graph.layout import (
    LINE_HEIGHT,
    PADDING,
    TEXT_SIZE,
    WIDTH,
    Arrow,
    Box,
    Layout,
    layout,
)
from ringform.reports.graph.palette import STYLE
from ringform.reports.graph.strips import strips
from ringform.reports.graph.wrapping import wrapped

_KINDS = {
    CallEntry: "call", OpeningHours: "hours", MenuPrompt: "menu", Ringing: "rings", Voicemail: "voicemail",
    Message: "message", Unknown: "unknown", Ends: "unknown",
}  # fmt: skip
_BETWEEN = 28
"""Pixels between two numbers, and between before and after."""
TALLEST = 4_000
"""Pixels that a picture may take; a number that is taller than what is left goes on in columns of its own."""
_TITLE_SIZE = 18
_TITLE_HEIGHT, _SIDE_HEIGHT = 26, 22
_BASELINE = 14
"""How far below the top of a line its baseline is."""


def render(pictures: Sequence[Picture], as_of: str, *, is_plan: bool) -> str:
    """Return one document with the numbers below each other, in columns, without a final newline.

    ``as_of`` says when what it shows holds.
    """
    is_comparison = any(len(picture.sides) > 1 for picture in pictures)
    column_width = WIDTH * 2 + _BETWEEN if is_comparison else WIDTH
    parts: list[str] = []
    top = _BETWEEN // 2
    for line in (line for note in notes(pictures, as_of) for line in wrapped(note, column_width - 12, TEXT_SIZE, 6)):
        parts.append(_text(6, top + _BASELINE, line, "label"))
        top += LINE_HEIGHT
    top += _BETWEEN // 2
    x, y, bottom, width = 0, top, top, column_width
    for picture in pictures:
        markup, number_width, height = _number(picture, column_width, TALLEST - top - _BETWEEN)
        if y > top and (y + height > TALLEST - _BETWEEN or number_width > column_width):
            x, y = width + _BETWEEN, top
        parts.append(f'<g transform="translate({x} {y})">\n{markup}\n</g>')
        width = max(width, x + number_width)
        y += height + _BETWEEN
        bottom = max(bottom, y)
    if not pictures:
        parts.append(_text(6, y + _BASELINE, nothing(is_plan=is_plan), "title"))
        bottom += _TITLE_HEIGHT + _BETWEEN // 2
    labels = escape(", ".join(one_line(picture.label) for picture in pictures))
    return in_markup(
        "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{bottom}" '
                f'viewBox="0 0 {width} {bottom}" aria-labelledby="title">',
                f'<title id="title">{title(is_plan=is_plan)}{": " if labels else ""}{labels}</title>',
                f"<style>{STYLE}</style>",
                f'<rect class="paper" width="{width}" height="{bottom}"/>',
                *parts,
                "</svg>",
            )
        )
    )


def embedded(graph: Graph, people: Mapping[str, str], label: str, id_: str) -> str:
    """Return one graph for a page that has ``STYLE``; ``id_`` is unique on that page."""
    placed = layout(graph, people)
    return "\n".join(
        (
            f'<svg role="img" width="{WIDTH}" height="{placed.height}" viewBox="0 0 {WIDTH} {placed.height}" '
            f'aria-labelledby="{id_}-title {id_}-text">',
            f'<title id="{id_}-title">{escape(label)}</title>',
            f'<desc id="{id_}-text">{escape(outline(placed))}</desc>',
            _graph(placed),
            "</svg>",
        )
    )


def outline(placed: Layout) -> str:
    """Return a graph in sentences, for screen readers."""
    return " ".join(f"{_sentence(box)}." for box in placed.boxes)


def _number(picture: Picture, column_width: int, tallest: int) -> tuple[str, int, int]:
    """Return a number with its heading, its width and its height."""
    heading = wrapped(one_line(picture.label), column_width - 12, _TITLE_SIZE, 2, is_bold=True)
    parts = [_text(6, 18 + at * _TITLE_HEIGHT, line, "title") for at, line in enumerate(heading)]
    y = len(heading) * _TITLE_HEIGHT + 6
    if picture.note:
        note = wrapped(one_line(picture.note), column_width - 12, TEXT_SIZE, 6)
        parts += [_text(6, y + _BASELINE + at * LINE_HEIGHT, line, "label") for at, line in enumerate(note)]
        return "\n".join(parts), column_width, y + len(note) * LINE_HEIGHT
    x = tallest_side = 0
    for side, graph in picture.sides:
        placed = layout(graph, picture.people)
        top = y
        if side:
            parts.append(_text(x + 6, y + _BASELINE, side, "side"))
            top += _SIDE_HEIGHT
        parts.append(f"<g><desc>{escape(outline(placed))}</desc>")
        for strip in strips(placed, tallest - top):
            parts.append(f'<g transform="translate({x} {top})">\n{_graph(strip)}\n</g>')
            tallest_side = max(tallest_side, top + strip.height)
            x += WIDTH + _BETWEEN
        parts.append("</g>")
    return "\n".join(parts), max(column_width, x - _BETWEEN), tallest_side


def _graph(placed: Layout) -> str:
    return "\n".join(
        [*(_arrow(arrow) for arrow in placed.arrows), *(part for box in placed.boxes for part in _box(box))]
    )


def _box(box: Box) -> Iterator[str]:
    mark = box.node.mark
    yield f'<g class="{_KINDS[type(box.node.content)]} {mark}">'
    yield f"<title>{escape(_sentence(box))}</title>"
    if box.label:
        yield _text(box.x + 2, box.y - 8, box.label, "label")
    yield f'<rect class="box" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="6"/>'
    yield f'<rect class="kind" x="{box.x}" y="{box.y + 6}" width="4" height="{box.height - 12}"/>'
    y = box.y + PADDING + _BASELINE
    for line, kind in (*((line, "heading") for line in box.heading), *((line, "text") for line in box.lines)):
        yield _line(box.x + PADDING, y, line, kind)
        y += LINE_HEIGHT
    if mark is not DiffMark.SAME:
        x = box.x + box.width - PADDING
        yield f'<text class="tag" x="{x}" y="{box.y + PADDING + _BASELINE - 1}" text-anchor="end">{mark}</text>'
    yield "</g>"


def _arrow(arrow: Arrow) -> str:
    (x, y), *rest = arrow.points
    way = f'<path class="way {arrow.mark}" d="M{x} {y}{"".join(f"L{x} {y}" for x, y in rest)}"/>'
    if not arrow.has_head:
        return way
    end_x, end_y = rest[-1]
    back = -6 if arrow.points[-2][0] < end_x else 6
    head = f"M{end_x} {end_y}l{back} -4v8z"
    return f'{way}<path class="head {arrow.mark}" d="{head}"/>'


def _line(x: int, y: int, line: CaptionLine, kind: str) -> str:
    return _text(x, y, line.text, f"{kind} new" if line.is_new else kind)


def _text(x: int, y: int, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(text)}</text>'


def _sentence(box: Box) -> str:
    """Return a box in words: its label, its full text and its mark."""
    label = f"{box.label}: " if box.label else ""
    return f"{label}{box.whole}{'' if box.node.mark is DiffMark.SAME else f' ({box.node.mark})'}"
