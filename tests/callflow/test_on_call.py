"""Rotations in a graph: marked where they decide who rings, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime

from ringform.callflow.graph import OnCall, Ringing, graph
from ringform.callflow.on_call import with_rotations
from ringform.callflow.types import CallFlow, Menu, Transfer

ON_CALL = [OnCall(name, "ada", datetime(2026, 11, 30, 9, tzinfo=UTC)) for name in ("nights", "weekends")]
BOTH = {"ada", "bo"}
MEMBERS = {"nights": frozenset(BOTH), "weekends": frozenset({"ada", "cy"})}


def flow(*keys: set[str]) -> CallFlow:
    return CallFlow(
        timezone="UTC",
        language=None,
        is_recorded=False,
        incoming=Menu("Press", {str(at): Transfer(frozenset(people), None) for at, people in enumerate(keys, 1)}),
        closed=None,
        no_answer=None,
        ring_seconds=None,
        hours={},
    )


def test_only_a_step_that_more_people_could_answer_rings_in_turn() -> None:
    now = graph("+1", None, flow({"ada"}, {"ada"}, {"ada", "dee"}, {"ada"}, BOTH))
    everybody = graph("+1", None, flow({"ada"}, BOTH, {"ada", "cy", "dee"}, {"ada", "bo", "cy"}, BOTH))
    marked = with_rotations(now, everybody, ON_CALL, MEMBERS)
    assert [
        [each.rotation for each in node.content.on_call] for node in marked.nodes if isinstance(node.content, Ringing)
    ] == [[], ["nights"], ["weekends"], ["nights", "weekends"], []]
    assert marked.edges == now.edges
