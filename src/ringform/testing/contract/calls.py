"""What a plan is made of: exactly the calls that are needed, and an empty plan for what was exported."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from ringform.model.plan import Plan
from ringform.testing.bench import Bench, with_body, without
from ringform.testing.golden import check


class ExactCalls:
    """The calls are exactly these, the document's own update example among them, and none of them can be spared."""

    def test_the_planned_calls_are_these_and_one_is_the_documents_own(self, bench: Bench) -> None:
        calls = [{"method": call.method, "path": call.path, "body": call.body} for call in bench.plan().calls]
        check(bench.case.golden("calls.json"), json.dumps(calls, indent=2, ensure_ascii=False) + "\n")
        assert bench.case.documented is None or bench.case.documented in calls

    def test_without_any_one_call_the_goal_is_not_reached(self, bench: Bench) -> None:
        whole = bench.plan()
        for index, call in enumerate(whole.calls):
            assert not reaches(bench, without(whole, index)), f"{call} is not needed"

    def test_without_any_one_field_of_a_body_the_goal_is_not_reached(self, bench: Bench) -> None:
        whole = bench.plan()
        for index, call in enumerate(whole.calls):
            for place, body in with_one_less(dict(call.body or {})):
                if ".".join(place) not in bench.case.filled_in:
                    assert not reaches(bench, with_body(whole, index, body)), (
                        f"{'.'.join(place)} of {call} is not needed"
                    )


class EmptyPlans:
    """The live account as a manifest: its plan is empty, whatever the account holds."""

    def test_the_plan_of_an_exported_account_is_empty(self, bench: Bench) -> None:
        listing = bench.case.listing(bench.seed)
        exported = bench.ringform("export", "--provider", bench.case.name, *listing, "--output", "exported.yaml")
        assert exported.code == 0
        wrote, following = exported.err.splitlines()
        assert (wrote.partition(":")[0], following) == ("Wrote exported.yaml", "Next: ringform plan exported.yaml")
        plan = bench.plan((bench.folder / "exported.yaml").read_text("utf-8"))
        assert (plan.is_empty, plan.unmanaged) == (True, ())
        assert bench.account.writes == []

    def test_the_plan_of_a_large_account_that_was_exported_is_empty(self, bench: Bench) -> None:
        bench.account.hold(bench.case.generated())
        plan = bench.plan(bench.exported())
        assert plan.is_empty, [str(change) for change in plan.changes]
        assert plan.unchanged > 5

    def test_the_plan_of_what_was_exported_after_an_apply_is_empty_too(self, bench: Bench) -> None:
        outcome, _ = bench.apply(bench.plan())
        assert outcome.is_complete
        plan = bench.plan(bench.exported())
        assert plan.is_empty, [str(change) for change in plan.changes]


def reaches(bench: Bench, plan: Plan) -> bool:
    """Whether the account is what the manifest says after these calls."""
    bench.account.hold(bench.seed)
    bench.apply(plan)
    return bench.plan().is_empty


def with_one_less(body: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield the body less one of its fields, at any depth, with the place of what is missing."""
    for name, value in body.items():
        less = copy.deepcopy(body)
        del less[name]
        yield (*path, name), less
        if isinstance(value, dict) and len(value) > 1:
            for place, inner in with_one_less(value, (*path, name)):
                yield place, {**copy.deepcopy(body), name: inner}
