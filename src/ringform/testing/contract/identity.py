"""An answer about another object than was asked for is none: a cache or a proxy may have swapped two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ringform.execution.reader import Reader
from ringform.model.change import Change
from ringform.model.outcome import CallResult, Status
from ringform.model.values import Json
from ringform.providers.facets import FindsNumbers, Rechecks
from ringform.sandbox.faults import Answer, Fault
from ringform.testing.bench import Bench


class Identity:
    """An answer about another object stops the write, or leaves it unknown, and ``account:`` another account."""

    def test_the_account_is_known_by_its_numbers(self, bench: Bench) -> None:
        connection = bench.connection()
        provider = connection.provider
        if not isinstance(provider, FindsNumbers):
            pytest.skip("an account cannot be asked for one of its numbers")
        address = next(each.address for each in updates(bench) if provider.kinds[each.address.kind].is_number)
        with Reader(connection) as reader:
            assert provider.has_number(reader, address)
            assert not provider.has_number(reader, replace(address, key=_other(address.key)))

    def test_a_look_that_shows_another_object_stops_the_write(self, bench: Bench) -> None:
        if not isinstance(bench.connection().provider, Rechecks):
            pytest.skip("it is looked at in the list of all objects")
        for change in updates(bench):
            bench.account.hold(bench.seed)
            fault = Fault(of_another(bench, change))
            assert applied(bench, change, fault, "GET").status is Status.NOT_ATTEMPTED
            assert bench.account.writes == []

    def test_an_answer_to_a_write_about_another_object_leaves_it_unknown(self, bench: Bench) -> None:
        for change in updates(bench):
            bench.account.hold(bench.seed)
            fault = Fault(of_another(bench, change), effect=True)
            assert applied(bench, change, fault, change.calls[0].method).status is Status.UNKNOWN
            assert len(bench.account.writes) == 1


def updates(bench: Bench) -> list[Change]:
    """Return the manifest's changes to objects that are there."""
    found = [change for change in bench.plan().changes if change.before is not None and change.calls[0].body]
    assert found
    return found


def of_another(bench: Bench, change: Change) -> Answer:
    """Return what the account answers about an object, with another id."""
    path = path_of(bench, change)
    with Reader(bench.connection()) as reader:
        answer = reader.get(path)
    bench.account.recorder.clear()
    return Answer.json(200, _with_another_id(answer, path.partition("?")[0].rpartition("/")[2]))


def path_of(bench: Bench, change: Change) -> str:
    """Return where the object of a change is shown."""
    provider = bench.connection().provider
    return provider.recheck(change).path if isinstance(provider, Rechecks) else change.calls[0].path


def _with_another_id(value: Json, id_: str) -> Json:
    if not isinstance(value, dict):
        return value
    return {
        name: _next(inner) if name == "id" and str(inner) == id_ else _with_another_id(inner, id_)
        for name, inner in value.items()
    }


def _next(id_: Json) -> Json:
    return id_ + 1 if isinstance(id_, int) else str(id_)[:-1] + ("1" if str(id_).endswith("0") else "0")


def _other(key: str) -> str:
    return key[:-3] + ("".join("1" if digit == "0" else "0" for digit in key[-3:]))


def applied(bench: Bench, change: Change, fault: Fault, method: str) -> CallResult:
    """Return how the first call of a change ends when this befalls the requests about its object."""
    plan = replace(bench.plan(), changes=(replace(change, after=()),))
    bench.account.recorder.clear()
    path = path_of(bench, change) if method == "GET" else change.calls[0].path
    bench.account.faults.script(fault, method=method, path=path.partition("?")[0] + "$")
    outcome, _ = bench.apply(plan)
    result = outcome.results[0]
    assert result.diagnostic, result
    assert result.diagnostic.code == "bad-answer"
    assert "another object" in result.diagnostic.summary
    return result
