"""No secret in any output, whatever goes wrong; files are looked at after every test."""

from __future__ import annotations

from contract.bench import Bench
from ringform.sandbox.faults import Answer, Fault


def test_a_wrong_key_is_told_of_and_not_shown(bench: Bench) -> None:
    ended = bench.ringform("plan", "--debug", **bench.case.wrong_key)
    assert ended.code == 1
    assert "[unauthorized]" in ended.err
    assert_hidden(bench, ended.out + ended.err)


def test_an_account_that_says_the_key_back_does_not_give_it_away(bench: Bench) -> None:
    secret = bench.case.secrets[-1]
    said = Answer.json(422, {"error": f"the key {secret} may not", "errors": {secret: [secret]}})
    bench.account.faults.script(Fault(said), method=bench.plan().calls[0].method, times=None)
    ended = bench.ringform("apply", "--yes", *bench.allowed, "--debug", "--format", "json")
    assert ended.code in (1, 4)
    assert_hidden(bench, ended.out + ended.err)


def assert_hidden(bench: Bench, text: str) -> None:
    for secret in (*bench.case.secrets, *bench.case.wrong_key.values()):
        assert secret not in text
