"""Whatever befalls any call: the report is true, nothing else has changed, and a second apply makes it whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from ringform.execution.connection import by_provider
from ringform.execution.events import CallEnded, Event
from ringform.execution.journal_files import read_journal
from ringform.model.outcome import Outcome, Status
from ringform.model.plan import Plan
from ringform.sandbox.faults import Answer, Fault
from ringform.testing.bench import Bench
from ringform.testing.case import leaves

SERVER_ERROR = Fault(Answer.json(500, {"error": "Something went wrong"}))
Place = tuple[str, ...]


Leaves = dict[Place, object]


DONE, FAILED, UNKNOWN = Status.DONE, Status.FAILED, Status.UNKNOWN


@dataclass(frozen=True)
class Trouble:
    """What happens to one call, how often in a row, and how the call may end."""

    fault: Fault
    ends: frozenset[Status]
    times: int | None = 1
    is_extra: bool = False


TROUBLES = {
    "500 before": Trouble(SERVER_ERROR, frozenset({DONE})),
    "dropped before": Trouble(Fault(drop="before"), frozenset({DONE})),
    "dropped after": Trouble(Fault(drop="after"), frozenset({DONE})),
    "429 with a time": Trouble(Fault.too_many_requests(0), frozenset({DONE})),
    "422": Trouble(Fault(Answer.json(422, {"error": "is refused"})), frozenset({FAILED})),
    "dropped midway": Trouble(Fault(drop="midway"), frozenset({DONE}), is_extra=True),
    "500 with effect": Trouble(replace(SERVER_ERROR, effect=True), frozenset({DONE}), is_extra=True),
    "truncated": Trouble(Fault.truncated(), frozenset({DONE, UNKNOWN}), is_extra=True),
    "HTML": Trouble(Fault.html(200), frozenset({DONE, UNKNOWN}), is_extra=True),
    "403": Trouble(Fault.error(403), frozenset({FAILED}), is_extra=True),
    "500 for ever": Trouble(SERVER_ERROR, frozenset({UNKNOWN}), times=None, is_extra=True),
    "dropped after, for ever": Trouble(Fault(drop="after"), frozenset({UNKNOWN, DONE}), times=None, is_extra=True),
}


@dataclass(frozen=True)
class Course:
    """A plan and what each of its calls comes to when all goes well: the state before the first and after each."""

    plan: Plan
    states: list[Leaves]

    def places(self, index: int) -> set[Place]:
        """Return where the state is another after a call."""
        before, after = self.states[index : index + 2]
        return {place for place in before | after if before.get(place, ...) != after.get(place, ...)}


class Faults:
    """A fault at any call: the report and the journal are true, and a second apply makes it whole."""

    @pytest.mark.parametrize(
        "name",
        [pytest.param(name, marks=pytest.mark.slow if each.is_extra else ()) for name, each in TROUBLES.items()],
    )
    def test_one_fault_at_any_call(self, bench: Bench, name: str) -> None:
        trouble, went_well = TROUBLES[name], course(bench)
        for index, call in enumerate(went_well.plan.calls):
            bench.account.hold(bench.seed)
            plan = bench.plan()
            bench.account.recorder.clear()
            before = [each.method for each in plan.calls[:index]].count(call.method)
            bench.account.faults.script(trouble.fault, at=before + 1, method=call.method, times=trouble.times)
            outcome, journal = bench.apply(plan, bench.connection(total_seconds=1.0 if trouble.times is None else 60.0))
            try:
                # What is bought is never asked for again, so a lost answer may leave it unknown.
                once = frozenset({UNKNOWN}) if call.method == "POST" and bench.case.is_bought else frozenset()
                assert outcome.results[index].status in trouble.ends | once, outcome.results[index]
                check_truth(went_well, outcome, leaves(bench.account.read()))
                check_journal(outcome, read_journal(journal).entries)
                check_nothing_bought_twice(bench)
                bench.account.faults.clear()
                bench.apply(bench.plan())
                assert leaves(bench.account.read()) == went_well.states[-1]
                assert bench.plan().is_empty
            except AssertionError as error:
                error.add_note(f"{name} at call {index}: {call}")
                raise

    def test_accounts_are_reached_by_the_connection_of_their_provider(self, bench: Bench) -> None:
        connection = bench.connection()
        assert list(by_provider(connection)) == [bench.case.name]
        assert all(secret not in repr(connection) for secret in bench.case.secrets)


def course(bench: Bench) -> Course:
    """Apply the plan, and look at the account after each call."""
    states = [leaves(bench.seed)]

    def look(event: Event) -> None:
        if isinstance(event, CallEnded):
            states.append(leaves(bench.account.read()))

    plan = bench.plan()
    outcome, _ = bench.apply(plan, replace(bench.connection(), listener=look))
    assert outcome.is_complete
    return Course(plan, states)


def check_truth(went_well: Course, outcome: Outcome, now: Leaves) -> None:
    """Each status is what the account shows, and what no call is about is as it was."""
    seed = went_well.states[0]
    touched: set[Place] = set()
    for index in reversed(range(len(outcome.results))):
        result, (before, after) = outcome.results[index], went_well.states[index : index + 2]
        places = went_well.places(index) - touched
        touched |= places
        is_after = all(now.get(place, ...) == after.get(place, ...) for place in places)
        # The object of a call may not be there at all, if the create before it came to nothing.
        is_before = all(now.get(place, ...) in (before.get(place, ...), seed.get(place, ...)) for place in places)
        message = f"{result.call} is {result.status}: before {is_before}, after {is_after}"
        match result.status:
            case Status.DONE:
                assert is_after, message
            case Status.UNKNOWN:
                assert is_after or is_before, message
            case Status.FAILED | Status.NOT_ATTEMPTED:
                assert is_before, message
    for place in (now.keys() | seed.keys()) - touched:
        assert now.get(place, ...) == seed.get(place, ...), place


def check_journal(outcome: Outcome, entries: object) -> None:
    """Check that the journal says the same as the report."""
    assert isinstance(entries, tuple | list)
    noted = [each.status for each in entries]
    attempted = [each.status for each in outcome.results if each.status is not Status.NOT_ATTEMPTED]
    assert [status for status in noted if status is not Status.NOT_ATTEMPTED] == attempted


def check_nothing_bought_twice(bench: Bench) -> None:
    """Whatever costs money is asked for once, a refusal to look at it at all (429) aside."""
    if bench.case.is_bought:
        orders = [each for each in bench.account.writes if each.method == "POST" and each.status != 429]
        assert len(orders) <= 1
