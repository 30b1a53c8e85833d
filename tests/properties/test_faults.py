"""One fault at each call of a plan: what is told is true, and the next plan and apply finish the work."""

from __future__ import annotations

import pytest
from support import model
from support.sandboxes import Site, State
from support.strategies import Document

from ringform.model.change import Call
from ringform.model.outcome import Outcome, Status
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.example import SALES, SUPPORT, documents_account

DOCUMENT: Document = {
    "version": 1,
    "main_numbers": {
        "+14155551234": {
            "name": "New",
            "incoming_call_config": {"type": "VoicemailConfig", "greeting": "Hello"},
        },
        "+14155555678": {"outside_opening_hours_config": {"type": "RejectConfig", "message": "Shut"}},
    },
    "contacts": {
        "+4530000001": {"was": "+4520123456", "note": "Moved"},
        "+4520123456": {"name": "Ida", "email": "ida@example.com"},
        "+4530000002": {"name": "Bo"},
    },
}
CALLS = [
    ("PATCH", f"/main_numbers/{SALES}$"),
    ("PUT", f"{SALES}/incoming_call_config"),
    ("PUT", f"{SUPPORT}/outside_opening_hours_config"),
    ("PATCH", "/contacts/"),
    ("POST", "/contacts$"),
    ("POST", "/contacts$"),
]
HARMLESS = {
    "drop before": Fault(drop="before"),
    "drop midway": Fault(drop="midway"),
    "drop after": Fault(drop="after"),
    "500": Fault.error(500),
    "503 with effect": Fault.error(503, effect=True),
    "429": Fault.too_many_requests(0),
}
REFUSALS = {"422": Fault.invalid({"name": ["is bad"]}), "403": Fault.error(403), "404": Fault.error(404)}
LASTING = {
    "never answers": Fault(drop="before"),
    "always 500": Fault.error(500),
    "takes and drops": Fault(drop="after"),
    "takes and fails": Fault.error(500, effect=True),
    "takes and talks": Fault(Fault.html(200).answer, effect=True),
}


def holds(state: State, call: Call) -> bool:
    """Whether an account shows what a call asks for."""
    body = dict(call.body or {})
    if call.path.startswith("/contacts"):
        wanted = {name: value for name, value in body.items() if value is not None}
        return any(wanted.items() <= each.items() for each in state["contacts"])
    [number] = [each for each in state["main_numbers"] if each["id"] in call.path]
    slot = call.path.rpartition("/")[2]
    meaning = model.main_number({slot: body} if slot in model.SLOTS else body)
    return meaning.items() <= model.main_number(number).items()


def check_that_it_is_true(outcome: Outcome, state: State) -> None:
    for result in outcome.results:
        match result.status:
            case Status.DONE:
                assert holds(state, result.call), result
            case Status.FAILED | Status.NOT_ATTEMPTED:
                assert not holds(state, result.call), result
            case Status.UNKNOWN:
                pass
        assert (result.diagnostic is None) == (result.status in (Status.DONE, Status.NOT_ATTEMPTED))


def check_that_it_converges(here: Site) -> None:
    here.sandbox.faults.clear()
    plan = here.plan(DOCUMENT)
    assert here.apply(plan).is_complete
    state = here.state()
    start = documents_account().to_state()
    goal = model.Goal(start, DOCUMENT)
    assert model.numbers(state) == goal.numbers
    assert model.contacts(state) == goal.contacts
    phones = [each["phone"] for each in state["contacts"]]
    assert len(phones) == len(set(phones)) == 3
    assert here.plan(DOCUMENT).is_empty


@pytest.fixture
def at(here: Site, index: int) -> tuple[Site, str, str, int]:
    """The sandbox, and the method, path and turn of the call that meets the fault."""
    here.hold(documents_account())
    method, path = CALLS[index]
    return here, method, path, CALLS[: index + 1].count(CALLS[index])


EACH = pytest.mark.parametrize("index", range(len(CALLS)), ids=lambda index: f"call {index + 1}")
At = tuple[Site, str, str, int]


@EACH
@pytest.mark.parametrize("name", HARMLESS)
def test_a_fault_that_passes_does_no_harm(at: At, name: str) -> None:
    here, method, path, turn = at
    plan = here.plan(DOCUMENT)
    assert len(plan.calls) == len(CALLS)
    here.sandbox.faults.script(HARMLESS[name], method=method, path=path, at=turn)
    outcome = here.apply(plan)
    assert here.sandbox.faults.pending == 0
    assert outcome.is_complete
    check_that_it_is_true(outcome, here.state())
    check_that_it_converges(here)


@EACH
@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_told_and_can_be_tried_again(at: At, name: str) -> None:
    here, method, path, turn = at
    plan = here.plan(DOCUMENT)
    here.sandbox.faults.script(REFUSALS[name], method=method, path=path, at=turn)
    outcome = here.apply(plan)
    assert outcome.count(Status.FAILED) == 1
    assert outcome.count(Status.UNKNOWN) == 0
    check_that_it_is_true(outcome, here.state())
    check_that_it_converges(here)


@EACH
@pytest.mark.parametrize("name", LASTING)
def test_a_fault_that_lasts_leaves_nothing_wrong_behind(at: At, name: str) -> None:
    here, method, path, turn = at
    plan = here.plan(DOCUMENT)
    here.sandbox.faults.script(LASTING[name], method=method, path=path, at=turn, times=None)
    outcome = here.apply(plan)
    assert outcome.count(Status.FAILED) == 0
    assert outcome.is_complete == (name.startswith("takes") and method == "POST")
    check_that_it_is_true(outcome, here.state())
    check_that_it_converges(here)


@EACH
def test_an_answer_lost_and_then_a_refusal_is_not_told_as_if_nothing_had_happened(at: At) -> None:
    here, method, path, turn = at
    plan = here.plan(DOCUMENT)
    here.sandbox.faults.script(Fault(drop="after"), method=method, path=path, at=turn)
    here.sandbox.faults.script(Fault.error(403), method=method, path=path, at=turn + 1)
    outcome = here.apply(plan, here.connection(parallelism=1))
    assert not outcome.changed_nothing
    check_that_it_is_true(outcome, here.state())
    check_that_it_converges(here)
