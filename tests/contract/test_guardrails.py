"""What is valid and probably not meant needs permission, whoever's account it is."""

from __future__ import annotations

import copy

import pytest

import ringform as library
from contract.bench import Bench
from ringform.execution.connection import by_provider
from ringform.manifest.writing import to_yaml
from ringform.model.diagnostic import Refused


def test_a_protected_number_needs_permission(bench: Bench) -> None:
    written, protected = bench.case.protected
    text = bench.case.manifest
    assert written in text
    text = text.replace(written, protected, 1)
    assert {each.name for each in bench.plan(text).guardrails} == {"protected", *bench.case.allowed}
    with pytest.raises(Refused, match="is protected"):
        library.apply(bench.plan(text), by_provider(bench.connection()), allowed=bench.case.allowed)
    assert bench.account.writes == []


def test_most_numbers_at_once_need_permission(bench: Bench) -> None:
    bench.account.hold(bench.case.generated())
    assert "most-changed" not in [each.name for each in bench.plan(bench.exported()).guardrails]
    name, value = bench.case.field
    document = copy.deepcopy(dict(bench.exported_document()))
    for entry in document.get("main_numbers", document.get("phone_numbers", {})).values():
        entry[name] = value
    assert "most-changed" in [each.name for each in bench.plan(to_yaml(document)).guardrails]
