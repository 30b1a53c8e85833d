"""Who in a graph rings only until a rotation hands over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ringform.callflow.graph import FlowNode, Graph, OnCall, Ringing
from ringform.callflow.types import People


def with_rotations(now: Graph, everybody: Graph, on_call: Sequence[OnCall], members: Mapping[str, People]) -> Graph:
    """Return the graph of a number with who is on call, where rotations decide who rings.

    ``everybody`` is the graph if all members of the rotations always rang, ``members`` who these are.
    """
    all_people = {node.id: node.content.people for node in everybody.nodes if isinstance(node.content, Ringing)}

    def marked(node: FlowNode) -> FlowNode:
        ringing = node.content
        if not isinstance(ringing, Ringing) or ringing.people == (known := all_people.get(node.id, ringing.people)):
            return node
        turns = tuple(each for each in on_call if members.get(each.rotation, known) <= known)
        return replace(node, content=replace(ringing, on_call=turns))

    return replace(now, nodes=tuple(map(marked, now.nodes)))
