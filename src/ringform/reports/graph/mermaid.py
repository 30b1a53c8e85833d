"""Call flows as Mermaid flowcharts in Markdown, for pull requests and wikis that draw them.

All characters of texts but letters, digits and a few signs are escaped as Mermaid's entity codes (mermaid.js.org,
Flowcharts, "Entity codes to escape characters"). A flow that is too long for one diagram continues in the next one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ringform.callflow.graph import DiffMark, FlowEdge, FlowNode, Graph
from ringform.callflow.pictures import Picture
from ringform.reports.graph.captions import caption, notes, nothing, one_line
from ringform.reports.text.style import safe

MOST = 1_800
"""The length, in characters, that every diagram stays below."""

_PLAIN = frozenset(" .,!?-+'/“”…")
"""Signs without a meaning in quoted labels; others may have one in Mermaid, Markdown or HTML."""
_HEADING_ROOM, _TEXT_ROOM, _LABEL_ROOM = 110, 90, 60
"""The most characters, escaped, of the parts of a label."""
_TOGETHER_ROOMS = ((90, 90), (60, 60), (90, 0), (60, 0))
"""The most characters of a text in a marked box, and in others, if before and after share a diagram; best first."""
_MOST_LINES = 9
_CLASSES = {
    DiffMark.ADDED: "classDef added stroke:#1a7f37,stroke-width:4px",
    DiffMark.REMOVED: "classDef removed stroke:#cf222e,stroke-width:2px,stroke-dasharray:8 4",
    DiffMark.CHANGED: "classDef changed stroke:#9a6700,stroke-width:2px,stroke-dasharray:2 3",
}
_ARROWS = {DiffMark.SAME: "-->", DiffMark.ADDED: "==>", DiffMark.REMOVED: "-.->", DiffMark.CHANGED: "-.->"}


def render(pictures: Sequence[Picture], as_of: str, *, is_plan: bool) -> str:
    """Return a Markdown document with each diagram in a fence, without a final newline.

    ``as_of`` says, without Markdown's signs, when what it shows holds.
    """
    if not pictures:
        return nothing(is_plan=is_plan)
    return "\n\n".join([*notes(pictures, as_of), *(block for picture in pictures for block in _blocks(picture))])


def diagrams(picture: Picture) -> list[tuple[str, str]]:
    """Return a number's diagrams, all shorter than ``MOST``, with their headings; that of a single one is empty."""
    sides = picture.sides
    if len(sides) > 1:
        tried = (_together(sides, picture.people, rooms) for rooms in _TOGETHER_ROOMS)
        together = next((diagram for diagram in tried if len(diagram) < MOST), None)
        if together is not None:
            return [("", together)]
    headed = []
    for side, graph in sides:
        parts = _parts(graph, picture.people)
        for at, part in enumerate(parts, 1):
            of = f"part {at} of {len(parts)}" if len(parts) > 1 else ""
            headed.append((", ".join(filter(None, (side, of))), part))
    return headed


def label(text: str, room: int) -> str:
    """Return a text escaped for a quoted label, cut to at most ``room`` characters."""
    pieces: list[str] = []
    left = room
    for character in one_line(text):
        pieces.append(character if _is_plain(character) else f"#{ord(character)};")
        left -= len(pieces[-1])
        if left < 0:
            while left < 1:
                left += len(pieces.pop())
            return "".join(pieces).rstrip() + "…"
    return "".join(pieces)


def _is_plain(character: str) -> bool:
    return character in _PLAIN or unicodedata.category(character)[0] in "LN" or unicodedata.combining(character) > 0


def _blocks(picture: Picture) -> Iterator[str]:
    yield f"### {_code_span(picture.label)}"
    if picture.note:
        yield _code_span(picture.note)
    for heading, diagram in diagrams(picture):
        if heading:
            yield heading
        yield f"```mermaid\n{diagram}\n```"


def _code_span(text: str) -> str:
    """Return a text that turns nothing into a link, an image or a mention. Escapes mean nothing in it."""
    return f"`{safe(one_line(text)).replace('`', chr(39))}`"


def _together(sides: Sequence[tuple[str, Graph]], people: Mapping[str, str], rooms: tuple[int, int]) -> str:
    """Return one diagram with before and after side by side."""
    lines = ["flowchart LR"]
    marks: set[DiffMark] = set()
    for side, graph in sides:
        prefix = side[0].lower()
        ids = {node.id: f"{prefix}{at}" for at, node in enumerate(graph.nodes)}
        lines += [f'subgraph {side.lower()} ["{side}"]', "direction TB"]
        lines += [_box(ids[node.id], node, people, rooms[node.mark is DiffMark.SAME]) for node in graph.nodes]
        lines += [_arrow(ids[edge.source], ids[edge.target], edge) for edge in graph.edges]
        lines.append("end")
        marks |= {node.mark for node in graph.nodes}
    # An invisible arrow keeps them in this order.
    return "\n".join([*lines, "before ~~~ after", *_styles(marks)])


@dataclass
class _Part:
    """A diagram that is being filled."""

    lines: list[str] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)
    marks: set[DiffMark] = field(default_factory=set)

    def text(self, lines: Sequence[str] = (), marks: Sequence[DiffMark] = ()) -> str:
        return "\n".join(["flowchart TD", *self.lines, *lines, *_styles({*self.marks, *marks})])


def _parts(graph: Graph, people: Mapping[str, str]) -> list[str]:
    """Return a graph as diagrams, filled edge by edge; boxes of other diagrams are shown as references."""
    nodes = {node.id: node for node in graph.nodes}
    ids = {node.id: f"n{at}" for at, node in enumerate(graph.nodes)}
    parts = [_Part()]
    home: dict[str, int] = {}

    def drawn(edge: FlowEdge | None, part: _Part) -> tuple[list[str], list[str]]:
        """Return the lines that draw an edge in a part, and the nodes that are first drawn there."""
        lines, new = [], []
        ends = [graph.nodes[0].id] if edge is None else [edge.source, edge.target]
        for id_ in ends:
            if id_ not in part.drawn and id_ not in home:
                lines.append(_box(ids[id_], nodes[id_], people))
                new.append(id_)
            elif id_ not in part.drawn:
                lines.append(_reference(ids[id_], nodes[id_], home[id_] + 1, people))
        if edge is not None:
            lines.append(_arrow(ids[edge.source], ids[edge.target], edge))
        return lines, new

    for edge in [None, *graph.edges]:
        lines, new = drawn(edge, parts[-1])
        # Keep room for a line that says where the part continues.
        if len(parts[-1].text(lines, [nodes[id_].mark for id_ in new])) + _LABEL_ROOM >= MOST:
            parts.append(_Part())
            lines, new = drawn(edge, parts[-1])
        part = parts[-1]
        part.lines += lines
        part.marks |= {nodes[id_].mark for id_ in new}
        part.drawn |= {graph.nodes[0].id} if edge is None else {edge.source, edge.target}
        home |= dict.fromkeys(new, len(parts) - 1)
    last = len(parts) - 1
    return [part.text([] if at == last else [f'more(["continued in part {at + 2}"])']) for at, part in enumerate(parts)]


def _box(id_: str, node: FlowNode, people: Mapping[str, str], room: int = _TEXT_ROOM) -> str:
    texts = caption(node, people)
    heading = f"<b>{label(texts.heading.text, _HEADING_ROOM)}</b>"
    lines = [label(line.text, room) for line in texts.lines[:_MOST_LINES]] if room else []
    is_same = node.mark is DiffMark.SAME
    text = "<br/>".join([heading, *lines, *([] if is_same else [f"({node.mark})"])])
    return f'{id_}["{text}"]{"" if is_same else f":::{node.mark}"}'


def _reference(id_: str, node: FlowNode, part: int, people: Mapping[str, str]) -> str:
    heading = label(caption(node, people).heading.text, _LABEL_ROOM)
    return f'{id_}(["{heading}<br/>in part {part}"])'


def _arrow(source: str, target: str, edge: FlowEdge) -> str:
    text = label(edge.label, _LABEL_ROOM)
    if edge.mark is not DiffMark.SAME:
        text = f"{text} ({edge.mark})".strip()
    return f"{source} {_ARROWS[edge.mark]}" + (f'|"{text}"|' if text else "") + f" {target}"


def _styles(marks: set[DiffMark]) -> list[str]:
    return [_CLASSES[mark] for mark in DiffMark if mark in marks and mark in _CLASSES]
