"""``doctor`` with the environment of each provider alone."""

from __future__ import annotations

import pytest

from contract.bench import Bench
from ringform.execution.connection import Connection
from ringform.model.diagnostic import RingformError
from ringform.operations.doctor import examine
from ringform.providers import registry


def test_a_healthy_account(bench: Bench) -> None:
    ended = bench.ringform("doctor")
    assert (ended.code, ended.err) == (0, ""), ended.out
    assert bench.case.name in ended.out
    assert "can be" in ended.out
    assert bench.account.writes == []


def test_a_wrong_key(bench: Bench) -> None:
    provider = registry.provider(bench.case.name)
    wrong = provider.endpoint({**bench.account.environment, **bench.case.wrong_key})
    codes = [each.diagnostic and each.diagnostic.code for each in examine(Connection(provider, wrong))]
    assert codes == [None, "unauthorized"]


def test_what_is_missing_is_named(bench: Bench) -> None:
    with pytest.raises(RingformError) as caught:
        registry.provider(bench.case.name).endpoint({})
    told = [each.summary for each in caught.value.diagnostics]
    assert told == [f"{variable} is not set" for variable in bench.case.variables]
