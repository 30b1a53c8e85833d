"""``doctor`` with the environment of each provider alone."""

from __future__ import annotations

from contract.bench import Bench


def test_a_healthy_account(bench: Bench) -> None:
    ended = bench.ringform("doctor")
    assert (ended.code, ended.err) == (0, ""), ended.out
    assert bench.case.name in ended.out
    assert "can be" in ended.out
    assert bench.account.writes == []


def test_a_wrong_key(bench: Bench) -> None:
    ended = bench.ringform("doctor", **bench.case.wrong_key)
    assert ended.code == 1
    assert "unauthorized" in ended.out


def test_what_is_missing_is_named(bench: Bench) -> None:
    for variable in bench.account.environment:
        bench.ringform.environment.pop(variable)
    ended = bench.ringform("plan")
    assert ended.code == 1
    for variable in bench.case.variables:
        assert f"{variable} is not set" in ended.err
