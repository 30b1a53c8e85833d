"""A configuration as boxes and arrows: everything that a call can meet, and what a change does to it."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from callflow.configurations import MENU, TRANSFER, number, numbers, pairs
from ringform.callflow.difference import call_paths
from ringform.callflow.graph import DiffMark, Graph, MenuPrompt, Ringing, graph, mark_changes
from ringform.callflow.trace import trace
from ringform.callflow.types import Message, Voicemail
from ringform.callflow.week import segments
from ringform.model.values import Fields, Json
from ringform.providers.phone_inc.resources.call_flow import call_flow

_MONDAY = date(2026, 11, 23)


def drawn(**fields: Json) -> Graph:
    return graph("+14155551234", "Sales", call_flow(number(**fields)))


def arrows(of: Graph) -> list[str]:
    return [f"{edge.source} -{edge.label}-> {edge.target}" for edge in of.edges]


def marks(of: Graph) -> dict[str, DiffMark]:
    """Every box and arrow that is marked."""
    everything = {node.id: node.mark for node in of.nodes}
    everything |= {f"{edge.source} -> {edge.target}": edge.mark for edge in of.edges}
    return {key: mark for key, mark in everything.items() if mark != DiffMark.SAME}


def test_everything_that_a_call_can_meet() -> None:
    assert arrows(drawn(incoming_call_config=MENU)) == [
        "call --> opening_hours",
        "opening_hours -open-> incoming",
        "incoming -key 1-> incoming.1",
        "incoming.1 -nobody answers within 20 s-> no_answer",
        "incoming -key 2-> incoming.2",
        "incoming.2 -nobody answers within 20 s-> no_answer",
        "incoming -key 3-> incoming.3",
        "incoming -key 4-> incoming.4",
        "incoming -another key, or none-> incoming.other",
        "opening_hours -closed-> closed",
    ]


def test_without_a_way_for_closed_hours_the_hours_decide_nothing() -> None:
    of = drawn(outside_opening_hours_config=None)
    assert arrows(of)[0] == "call --> incoming"
    assert "opening_hours" not in {node.id for node in of.nodes}


def test_what_no_call_can_reach_is_not_drawn() -> None:
    always = drawn(opening_hours=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00"))
    never = drawn(opening_hours={})
    assert "closed" not in {node.id for node in always.nodes}
    assert {node.id for node in never.nodes} == {"call", "opening_hours", "closed"}


def test_a_no_answer_transfer_rings_without_a_timer() -> None:
    of = drawn(no_answer_config=TRANSFER)
    assert arrows(of)[-1] == "no_answer -nobody answers-> rings_out"


@given(numbers)
def test_the_boxes_are_what_calls_meet(fields: Fields) -> None:
    config = call_flow(fields)
    met: set[tuple[str | None, object, int | None]] = set()
    for is_open in {segment.open_after for segment in segments(config, config, _MONDAY)}:
        for path in call_paths(config, is_open=is_open):
            call = trace(config, is_open=is_open, press=path.press, answered=path.answered)
            met |= {(step.plays, step.rings, step.ring_seconds) for step in call.steps}
    shown: set[tuple[str | None, object, int | None]] = set()
    for node in graph("+1", None, config).nodes:
        match node.content:
            case Ringing(people, plays, seconds):
                shown.add((plays, people, seconds))
            case MenuPrompt(plays) | Voicemail(plays) | Message(plays):
                shown.add((plays, None, None))
    assert shown == met


@given(numbers)
def test_every_box_but_the_joined_ones_has_one_that_leads_to_it_and_stands_before_it(fields: Fields) -> None:
    of = graph("+1", None, call_flow(fields))
    place = {node.id: at for at, node in enumerate(of.nodes)}
    assert len(place) == len(of.nodes)
    leading = [edge.target for edge in of.edges if not edge.is_join]
    joined = {edge.target for edge in of.edges if edge.is_join}
    assert sorted([*leading, *joined, "call"]) == sorted(place)
    assert all(place[edge.source] < place[edge.target] for edge in of.edges)


def test_a_change_is_marked_where_it_is() -> None:
    options = MENU["menu_options"]
    assert isinstance(options, dict)
    before = drawn(incoming_call_config=MENU)
    after = drawn(
        incoming_call_config={**MENU, "welcome": "Another one", "menu_options": {**options, "5": options["4"]}},
        no_answer_config=None,
    )
    then, now = mark_changes(before, after)
    assert marks(then) == {
        "incoming": DiffMark.CHANGED,
        "incoming.1": DiffMark.CHANGED,
        "incoming.2": DiffMark.CHANGED,
        "no_answer": DiffMark.REMOVED,
        "incoming.1 -> no_answer": DiffMark.REMOVED,
        "incoming.2 -> no_answer": DiffMark.REMOVED,
    }
    assert marks(now) == {
        "incoming": DiffMark.CHANGED,
        "incoming.1": DiffMark.CHANGED,
        "incoming.2": DiffMark.CHANGED,
        "incoming.5": DiffMark.ADDED,
        "rings_out": DiffMark.ADDED,
        "incoming -> incoming.5": DiffMark.ADDED,
        "incoming.1 -> rings_out": DiffMark.ADDED,
        "incoming.2 -> rings_out": DiffMark.ADDED,
    }
    assert [node.other for node in now.nodes if node.id == "incoming"] == [MenuPrompt("Press a key")]


@settings(max_examples=200, deadline=None)
@given(pairs())
def test_nothing_is_marked_exactly_when_the_pictures_are_the_same(pair: tuple[Fields, Fields]) -> None:
    before, after = (graph("+1", str(fields["name"]), call_flow(fields)) for fields in pair)
    then, now = mark_changes(before, after)
    assert (not marks(then) and not marks(now)) == (before == after)
    assert {key for key, mark in marks(then).items() if mark is DiffMark.CHANGED} == {
        key for key, mark in marks(now).items() if mark is DiffMark.CHANGED
    }
