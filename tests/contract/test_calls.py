"""The calls of a plan: exactly these, and none of them can be spared."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from golden import check

from contract.bench import Bench, with_body, without
from ringform.model.plan import Plan

GOLDEN = Path(__file__).parent / "golden"


def test_the_planned_calls_are_these_and_one_is_the_documents_own(bench: Bench) -> None:
    calls = [{"method": call.method, "path": call.path, "body": call.body} for call in bench.plan().calls]
    check(GOLDEN / f"{bench.case.name}-calls.json", json.dumps(calls, indent=2, ensure_ascii=False) + "\n")
    assert bench.case.documented is None or bench.case.documented in calls


def test_without_any_one_call_the_goal_is_not_reached(bench: Bench) -> None:
    whole = bench.plan()
    for index, call in enumerate(whole.calls):
        assert not reaches(bench, without(whole, index)), f"{call} is not needed"


def test_without_any_one_field_of_a_body_the_goal_is_not_reached(bench: Bench) -> None:
    whole = bench.plan()
    for index, call in enumerate(whole.calls):
        for place, body in with_one_less(dict(call.body or {})):
            if ".".join(place) not in bench.case.filled_in:
                assert not reaches(bench, with_body(whole, index, body)), f"{'.'.join(place)} of {call} is not needed"


def reaches(bench: Bench, plan: Plan) -> bool:
    """Whether the account is what the manifest says after these calls."""
    bench.account.hold(bench.seed)
    bench.apply(plan)
    return bench.plan().is_empty


def with_one_less(body: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The body less one of its fields, at any depth, with the place of what is missing."""
    for name, value in body.items():
        less = copy.deepcopy(body)
        del less[name]
        yield (*path, name), less
        if isinstance(value, dict) and len(value) > 1:
            for place, inner in with_one_less(value, (*path, name)):
                yield place, {**copy.deepcopy(body), name: inner}
