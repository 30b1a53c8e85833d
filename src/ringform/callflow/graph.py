"""A call flow as a graph, and how a change affects each of its nodes and edges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar

from ringform.callflow.types import (
    CallFlow,
    Ends,
    Flow,
    Interval,
    Menu,
    Message,
    People,
    Slot,
    Transfer,
    Unknown,
    Voicemail,
)
from ringform.model.clock import MINUTES

_CALL, _HOURS, _RINGS_OUT = "call", "opening_hours", "rings_out"


class DiffMark(StrEnum):
    """How a plan affects a node or an edge. Removed ones exist only before, added ones only after."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class CallEntry:
    """The start of a call to a number. ``timezone`` is an IANA name."""

    number: str
    name: str | None
    timezone: str
    language: str | None
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The opening hours, which decide which flow a call takes."""

    open: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class MenuPrompt:
    """The welcome of a phone menu, whose keys are edges."""

    plays: str


@dataclass(frozen=True, slots=True)
class OnCall:
    """The member of a rotation who is on call up to the handover ``until``. Names are the manifest's."""

    rotation: str
    member: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Ringing:
    """People ring, after the text ``plays`` if there is one; ``seconds`` is None where no timer runs.

    ``on_call`` are those of them who ring in turn with others.
    """

    people: People
    plays: str | None = None
    seconds: int | None = None
    on_call: tuple[OnCall, ...] = ()


NodeContent: TypeAlias = CallEntry | OpeningHours | MenuPrompt | Ringing | Voicemail | Message | Unknown | Ends
"""What a node shows. Of ``Ends`` only those that no step stands for: rings out, and not documented."""


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A node. ``id`` is its position in the call flow, by which it is recognised before and after a change.

    ``other`` is the content of a changed node on the other side.
    """

    id: str
    content: NodeContent
    mark: DiffMark = DiffMark.SAME
    other: NodeContent | None = None


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """An edge. ``is_join``: its target is shared by several edges, and is drawn apart from their sources."""

    source: str
    target: str
    label: str = ""
    is_join: bool = False
    mark: DiffMark = DiffMark.SAME


@dataclass(frozen=True, slots=True)
class Graph:
    """The call flow of one number. The first node is the call; except for joins, sources come before targets."""

    nodes: tuple[FlowNode, ...]
    edges: tuple[FlowEdge, ...]


_T = TypeVar("_T", FlowNode, FlowEdge)


def graph(number: str, name: str | None, flow: CallFlow) -> Graph:
    """Return the graph of everything that a call to the number can reach, and of nothing else.

    What happens after no key, or one that the menu does not have, is not documented, and is drawn as such.
    """
    return _Drawing(flow).draw(number, name)


def mark_changes(before: Graph, after: Graph) -> tuple[Graph, Graph]:
    """Return both graphs with a mark on every node and edge that differs between them."""
    return _marked(before, after, DiffMark.REMOVED), _marked(after, before, DiffMark.ADDED)


class _Drawing:
    def __init__(self, flow: CallFlow) -> None:
        self._call_flow = flow
        self._nodes: list[FlowNode] = []
        self._edges: list[FlowEdge] = []
        self._is_no_answer_reached = False
        self._is_rung_out = False

    def draw(self, number: str, name: str | None) -> Graph:
        flow = self._call_flow
        self._nodes.append(FlowNode(_CALL, CallEntry(number, name, flow.timezone, flow.language, flow.is_recorded)))
        if flow.closed is None:
            self._flow(flow.incoming, Slot.INCOMING, _CALL, "")
        else:
            hours = tuple(Interval(day, *flow.hours[day]) for day in sorted(flow.hours))
            self._box(_HOURS, OpeningHours(hours), _CALL, "")
            if any(interval.start < interval.end for interval in hours):
                self._flow(flow.incoming, Slot.INCOMING, _HOURS, "open")
            if [(each.start, each.end) for each in hours] != [(0, MINUTES)] * 7:
                self._flow(flow.closed, Slot.CLOSED, _HOURS, "closed")
        if self._is_no_answer_reached and flow.no_answer is not None:
            self._flow(flow.no_answer, Slot.NO_ANSWER, None, "")
        if self._is_rung_out:
            self._nodes.append(FlowNode(_RINGS_OUT, Ends.RINGS_OUT))
        return Graph(tuple(self._nodes), tuple(self._edges))

    def _box(self, id_: str, content: NodeContent, source: str | None, label: str) -> None:
        self._nodes.append(FlowNode(id_, content))
        if source is not None:
            self._edges.append(FlowEdge(source, id_, label))

    def _flow(self, flow: Flow, id_: str, source: str | None, label: str) -> None:
        match flow:
            case Menu(plays, options):
                self._box(id_, MenuPrompt(plays), source, label)
                for digit in sorted(options):
                    self._flow(options[digit], f"{id_}.{digit}", id_, f"key {digit}")
                self._box(f"{id_}.other", Ends.NOT_DOCUMENTED, id_, "another key, or none")
            case Transfer(people, plays):
                # "The no-answer transfer rings without a timer, so it never loops back into itself."
                is_last = id_.startswith(Slot.NO_ANSWER) or self._call_flow.no_answer is None
                seconds = None if is_last else self._call_flow.ring_seconds
                self._box(id_, Ringing(people, plays, seconds), source, label)
                if is_last:
                    self._is_rung_out = True
                    self._edges.append(FlowEdge(id_, _RINGS_OUT, "nobody answers", is_join=True))
                else:
                    self._is_no_answer_reached = True
                    self._edges.append(
                        FlowEdge(id_, Slot.NO_ANSWER, f"nobody answers within {seconds} s", is_join=True)
                    )
            case _:
                self._box(id_, flow, source, label)


def _marked(own: Graph, other: Graph, alone: DiffMark) -> Graph:
    boxes = {node.id: node for node in other.nodes}
    arrows = {(edge.source, edge.target): edge for edge in other.edges}
    nodes = []
    for node in own.nodes:
        marked = replace(node, mark=_mark(node, boxes.get(node.id), alone))
        is_changed = marked.mark is DiffMark.CHANGED
        nodes.append(replace(marked, other=boxes[node.id].content) if is_changed else marked)
    edges = (replace(edge, mark=_mark(edge, arrows.get((edge.source, edge.target)), alone)) for edge in own.edges)
    return Graph(tuple(nodes), tuple(edges))


def _mark(own: _T, other: _T | None, alone: DiffMark) -> DiffMark:
    if other is None:
        return alone
    return DiffMark.SAME if own == other else DiffMark.CHANGED
