"""Refusals by guardrails and by the account: what is shown of them, and never a secret."""

from __future__ import annotations

import copy

import pytest

import ringform as library
from ringform.execution.connection import by_provider
from ringform.manifest.writing import to_yaml
from ringform.model.diagnostic import Refused
from ringform.model.outcome import Status
from ringform.sandbox.faults import Answer, Fault
from ringform.testing.bench import Bench


class Guardrails:
    """What is valid and probably not meant needs permission, whoever's account it is."""

    def test_a_protected_number_needs_permission(self, bench: Bench) -> None:
        written, protected = bench.case.protected
        text = bench.case.manifest
        assert written in text
        text = text.replace(written, protected, 1)
        assert {each.name for each in bench.plan(text).guardrails} == {"protected", *bench.case.allowed}
        with pytest.raises(Refused, match="is protected"):
            library.apply(bench.plan(text), by_provider(bench.connection()), allowed=bench.case.allowed)
        assert bench.account.writes == []

    def test_most_numbers_at_once_need_permission(self, bench: Bench) -> None:
        bench.account.hold(bench.case.generated())
        assert "most-changed" not in [each.name for each in bench.plan(bench.exported()).guardrails]
        name, value = bench.case.field
        document = copy.deepcopy(dict(bench.exported_document()))
        for entry in document.get("main_numbers", document.get("phone_numbers", {})).values():
            entry[name] = value
        assert "most-changed" in [each.name for each in bench.plan(to_yaml(document)).guardrails]


class Refusals:
    """A value that the account refuses is reported at the manifest's line of that field."""

    def test_a_refused_value_is_reported_at_its_line(self, bench: Bench) -> None:
        for refusal in bench.case.refusals:
            bench.account.hold(bench.seed)
            plan = bench.plan()
            call = plan.calls[refusal.call]
            bench.account.faults.script(
                Fault(refusal.answer), method=call.method, path=f"{call.path.partition('?')[0]}$"
            )
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


class Secrets:
    """No secret in any output, whatever goes wrong; files are looked at after every test."""

    def test_a_wrong_key_is_told_of_and_not_shown(self, bench: Bench) -> None:
        ended = bench.ringform("plan", "--debug", **bench.case.wrong_key)
        assert ended.code == 1
        assert "[unauthorized]" in ended.err
        assert_hidden(bench, ended.out + ended.err)

    def test_an_account_that_says_the_key_back_does_not_give_it_away(self, bench: Bench) -> None:
        secret = bench.case.secrets[-1]
        said = Answer.json(422, {"error": f"the key {secret} may not", "errors": {secret: [secret]}})
        bench.account.faults.script(Fault(said), method=bench.plan().calls[0].method, times=None)
        ended = bench.ringform("apply", "--yes", *bench.allowed, "--debug", "--format", "json")
        assert ended.code in (1, 4)
        assert_hidden(bench, ended.out + ended.err)


def assert_hidden(bench: Bench, text: str) -> None:
    """Fail if a secret is in the text, or what is like one."""
    for secret in (*bench.case.secrets, *bench.case.wrong_key.values()):
        assert secret not in text
