"""Where a vendor does not document what happens to a call, the commands about calls say so, politely."""

from __future__ import annotations

import pytest

from contract.bench import Bench
from ringform.providers import registry


def test_commands_about_calls_say_what_is_not_known(bench: Bench) -> None:
    if any(kind.traced for kind in registry.provider(bench.case.name).kinds.values()):
        pytest.skip("what happens to a call is documented")
    simulated = bench.ringform("simulate", "--to", bench.case.called)
    assert simulated.code == 1
    assert "not documented" in simulated.err, simulated.err
    drawn = bench.ringform("hours")
    assert drawn.code == 0
    assert drawn.out.count("\n") == 1
    assert "not documented" in drawn.err
    pictured = bench.ringform("graph")
    assert (pictured.code, "not documented" in pictured.out) == (0, True)
    assert bench.account.requests == []
