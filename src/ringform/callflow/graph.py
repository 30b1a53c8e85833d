"""A configuration as boxes and arrows, and what a change does to each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ringform.callflow.callers import Ends, Interval
from ringform.callflow.picture import Asks, Called, Edge, Graph, Hours, Mark, Node, Rings, What
from ringform.callflow.types import INCOMING, NO_ANSWER, OUTSIDE, Configuration, Flow, Menu, Transfer
from ringform.model.clock import MINUTES

_CALL, _HOURS, _RINGS_OUT = "call", "opening_hours", "rings_out"
_T = TypeVar("_T", Node, Edge)


def graph(number: str, name: str | None, configuration: Configuration) -> Graph:
    """Everything that a call to the number can meet, and nothing that it cannot.

    What happens to a call when a menu gets no key, or one that it does not have, is not documented, and drawn as that.
    """
    return _Drawing(configuration).draw(number, name)


def compared(before: Graph, after: Graph) -> tuple[Graph, Graph]:
    """The same graphs, with a mark on every box and arrow that is not the same in both."""
    return _marked(before, after, Mark.REMOVED), _marked(after, before, Mark.ADDED)


class _Drawing:
    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._is_no_answer_reached = False
        self._is_rung_out = False

    def draw(self, number: str, name: str | None) -> Graph:
        config = self._configuration
        self._nodes.append(Node(_CALL, Called(number, name, config.timezone, config.language, config.is_recorded)))
        if config.outside is None:
            self._flow(config.incoming, INCOMING, _CALL, "")
        else:
            hours = tuple(Interval(day, *config.hours[day]) for day in sorted(config.hours))
            self._box(_HOURS, Hours(hours), _CALL, "")
            if any(interval.start < interval.end for interval in hours):
                self._flow(config.incoming, INCOMING, _HOURS, "open")
            if [(each.start, each.end) for each in hours] != [(0, MINUTES)] * 7:
                self._flow(config.outside, OUTSIDE, _HOURS, "closed")
        if self._is_no_answer_reached and config.no_answer is not None:
            self._flow(config.no_answer, NO_ANSWER, None, "")
        if self._is_rung_out:
            self._nodes.append(Node(_RINGS_OUT, Ends.RINGS_OUT))
        return Graph(tuple(self._nodes), tuple(self._edges))

    def _box(self, id_: str, what: What, source: str | None, label: str) -> None:
        self._nodes.append(Node(id_, what))
        if source is not None:
            self._edges.append(Edge(source, id_, label))

    def _flow(self, flow: Flow, id_: str, source: str | None, label: str) -> None:
        match flow:
            case Menu(plays, options):
                self._box(id_, Asks(plays), source, label)
                for digit in sorted(options):
                    self._flow(options[digit], f"{id_}.{digit}", id_, f"key {digit}")
                self._box(f"{id_}.other", Ends.NOT_DOCUMENTED, id_, "another key, or none")
            case Transfer(people, plays):
                # "The no-answer transfer rings without a timer, so it never loops back into itself."
                is_last = id_.startswith(NO_ANSWER) or self._configuration.no_answer is None
                seconds = None if is_last else self._configuration.ring_seconds
                self._box(id_, Rings(people, plays, seconds), source, label)
                if is_last:
                    self._is_rung_out = True
                    self._edges.append(Edge(id_, _RINGS_OUT, "nobody answers", is_join=True))
                else:
                    self._is_no_answer_reached = True
                    self._edges.append(Edge(id_, NO_ANSWER, f"nobody answers within {seconds} s", is_join=True))
            case _:
                self._box(id_, flow, source, label)


def _marked(own: Graph, other: Graph, alone: Mark) -> Graph:
    boxes = {node.id: node for node in other.nodes}
    arrows = {(edge.source, edge.target): edge for edge in other.edges}
    nodes = []
    for node in own.nodes:
        marked = replace(node, mark=_mark(node, boxes.get(node.id), alone))
        is_changed = marked.mark is Mark.CHANGED
        nodes.append(replace(marked, other=boxes[node.id].what) if is_changed else marked)
    edges = (replace(edge, mark=_mark(edge, arrows.get((edge.source, edge.target)), alone)) for edge in own.edges)
    return Graph(tuple(nodes), tuple(edges))


def _mark(own: _T, other: _T | None, alone: Mark) -> Mark:
    if other is None:
        return alone
    return Mark.SAME if own == other else Mark.CHANGED
