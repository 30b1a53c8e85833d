"""The live account as a manifest: its plan is empty, whatever the account holds."""

from __future__ import annotations

from contract.bench import Bench


def test_the_plan_of_an_exported_account_is_empty(bench: Bench) -> None:
    listing = bench.case.listing(bench.seed)
    exported = bench.ringform("export", "--provider", bench.case.name, *listing, "--output", "exported.yaml")
    assert exported.code == 0
    wrote, following = exported.err.splitlines()
    assert (wrote.partition(":")[0], following) == ("Wrote exported.yaml", "Next: ringform plan exported.yaml")
    plan = bench.plan((bench.folder / "exported.yaml").read_text("utf-8"))
    assert (plan.is_empty, plan.unmanaged) == (True, ())
    assert bench.account.writes == []


def test_the_plan_of_a_large_account_that_was_exported_is_empty(bench: Bench) -> None:
    bench.account.hold(bench.case.generated())
    plan = bench.plan(bench.exported())
    assert plan.is_empty, [str(change) for change in plan.changes]
    assert plan.unchanged > 5


def test_the_plan_of_what_was_exported_after_an_apply_is_empty_too(bench: Bench) -> None:
    outcome, _ = bench.apply(bench.plan())
    assert outcome.is_complete
    plan = bench.plan(bench.exported())
    assert plan.is_empty, [str(change) for change in plan.changes]
