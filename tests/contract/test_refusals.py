"""A value that the account refuses is told of at the manifest's line of that field."""

from __future__ import annotations

from contract.bench import Bench
from ringform.model.outcome import Status
from ringform.sandbox.faults import Fault


def test_a_refused_value_is_reported_at_its_line(bench: Bench) -> None:
    for refusal in bench.case.refusals:
        bench.account.hold(bench.seed)
        plan = bench.plan()
        call = plan.calls[refusal.call]
        bench.account.faults.script(Fault(refusal.answer), method=call.method, path=f"{call.path.partition('?')[0]}$")
        outcome, _ = bench.apply(plan)
        result = outcome.results[refusal.call]
        assert (result.call, result.status) == (call, Status.FAILED)
        assert result.diagnostic
        assert result.diagnostic.location
        place = result.diagnostic.location
        assert (result.diagnostic.code, place.file, place.line) == (
            refusal.code,
            str(bench.file),
            bench.line_of(refusal.key),
        )
