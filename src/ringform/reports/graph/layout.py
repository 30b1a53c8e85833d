"""The layout of a picture: boxes below each other, indented like an outline, so that it fits on a phone.

Each box stands below the one that leads to it. Boxes that several lead to stand at the end, and lanes on the right lead
to them. All lengths are in pixels of a picture of ``WIDTH``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringform.callflow.graph import DiffMark, FlowEdge, FlowNode, Graph
from ringform.reports.graph.captions import CaptionLine, caption, one_line
from ringform.reports.graph.wrapping import wrapped

WIDTH = 400
HEADING_SIZE, TEXT_SIZE, LABEL_SIZE = 14, 13, 12
LINE_HEIGHT = 18
PADDING = 10
ARROW_AT = 19
"""How far below the top of a box arrows meet it: at the middle of its heading."""

_MARGIN = 6
_INDENT = 24
_RIGHT = WIDTH - 34
_LANE, _NEXT_LANE = 14, 10
_GAP, _LABELLED_GAP = 14, 30
_LEAVES_AT = 12
_TAG_WIDTH = 66
_MOST_LINES = 4
_MOST_HEADING_LINES = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its texts, wrapped and cut. ``whole`` is its full text, ``label`` the text above it."""

    node: FlowNode
    x: int
    y: int
    width: int
    height: int
    heading: tuple[CaptionLine, ...]
    lines: tuple[CaptionLine, ...]
    whole: str
    label: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line through corners ``(x, y)``, with its head at the last one; a part that is cut off has none."""

    mark: DiffMark
    points: tuple[tuple[int, int], ...]
    has_head: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph whose parts have places, in a picture of ``WIDTH`` times ``height``."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    height: int


def layout(graph: Graph, people: Mapping[str, str]) -> Layout:
    """Return the layout of a graph, which is the same for the same graph."""
    parents = {edge.target: edge.source for edge in graph.edges if not edge.is_join}
    depths: dict[str, int] = {}
    boxes: dict[str, Box] = {}
    bottom = _MARGIN - _GAP
    for node in graph.nodes:
        parent = parents.get(node.id)
        depths[node.id] = 0 if parent is None else depths[parent] + 1
        label = _label(node, graph)
        y = bottom + (_LABELLED_GAP if label else _GAP)
        boxes[node.id] = _box(node, _MARGIN + depths[node.id] * _INDENT, y, people, label)
        bottom = y + boxes[node.id].height
    lanes = {target: at for at, target in enumerate(dict.fromkeys(e.target for e in graph.edges if e.is_join))}
    arrows = [arrow for edge in graph.edges for arrow in _arrows(edge, boxes, lanes)]
    # Where arrows overlap, draw the marked ones last.
    arrows.sort(key=lambda arrow: arrow.mark is not DiffMark.SAME)
    return Layout(tuple(boxes.values()), tuple(arrows), bottom + _MARGIN)


def _label(node: FlowNode, graph: Graph) -> str:
    """Return the labels of the edges to a node, with their marks if they differ from the node's."""
    leading = [edge for edge in graph.edges if edge.target == node.id]
    marks = {edge.mark for edge in leading} - {DiffMark.SAME, node.mark}
    texts = [*dict.fromkeys(one_line(edge.label) for edge in leading if edge.label)]
    return ", ".join([*texts, *(f"({mark})" for mark in sorted(marks))])


def _box(node: FlowNode, x: int, y: int, people: Mapping[str, str], label: str) -> Box:
    texts = caption(node, people)
    width = _RIGHT - x
    inner = width - 2 * PADDING
    tag = 0 if node.mark is DiffMark.SAME else _TAG_WIDTH
    heading = wrapped(texts.heading.text, inner - tag, HEADING_SIZE, _MOST_HEADING_LINES, is_bold=True)
    lines = [
        CaptionLine(part, line.is_new)
        for line in texts.lines
        for part in wrapped(line.text, inner, TEXT_SIZE, _MOST_LINES, is_bold=line.is_new)
    ]
    height = 2 * PADDING + (len(heading) + len(lines)) * LINE_HEIGHT
    headings = tuple(CaptionLine(part, texts.heading.is_new) for part in heading)
    return Box(node, x, y, width, height, headings, tuple(lines), texts.whole, label)


def _arrows(edge: FlowEdge, boxes: Mapping[str, Box], lanes: Mapping[str, int]) -> Iterator[Arrow]:
    source, target = boxes[edge.source], boxes[edge.target]
    end = target.y + ARROW_AT
    if edge.is_join:
        start = source.y + source.height - _LEAVES_AT
        lane = _RIGHT + _LANE + lanes[edge.target] * _NEXT_LANE
        yield Arrow(edge.mark, ((_RIGHT, start), (lane, start), (lane, end), (_RIGHT, end)))
        return
    x = source.x + _INDENT // 2
    yield Arrow(DiffMark.SAME, ((x, source.y + source.height), (x, end), (target.x, end)))
    if edge.mark is not DiffMark.SAME:
        # Boxes below share the line down; only its last part belongs to this one.
        yield Arrow(edge.mark, ((x, end), (target.x, end)))
