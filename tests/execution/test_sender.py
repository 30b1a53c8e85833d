"""What is said of a call that was answered, and not as it should have been."""

from __future__ import annotations

import pytest
from support.sandboxes import Site

from ringform.execution.executor import apply_plan
from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, Location
from ringform.model.outcome import MOVED, STORED_OTHERWISE, Status
from ringform.sandbox.faults import Answer, Fault
from ringform.sandbox.phone_inc.example import SALES

NUMBER = Address("main_number", "+14155551234")
MANIFEST = """\
version: 1
main_numbers:
  "+14155551234":
    name: New
    recording_enabled: true
"""


def at_line(here: Site, line: int) -> Location | None:
    """The place of a line of the manifest, as a plan names it."""
    [change] = here.plan(MANIFEST).changes
    places = [change.source, *(field.source for field in change.fields)]
    return next((place for place in places if place and place.line == line), None)


def told(here: Site, answer: Answer) -> Diagnostic:
    """What an apply says of its one call when this answers it."""
    here.sandbox.faults.script(Fault(answer), path=f"/{SALES}$", method="PATCH")
    [result] = here.apply(here.plan(MANIFEST)).results
    assert result.diagnostic is not None
    return result.diagnostic


def test_an_answer_that_is_not_documented_is_told_with_its_reason(here: Site) -> None:
    assert told(here, Answer.json(200, [])) == Diagnostic(
        "bad-answer",
        f"the answer to PATCH /main_numbers/{SALES} is not what the API documents: a main number is not an object",
        hint="plan again to see what the account holds now",
        address=NUMBER,
    )


def test_what_the_account_stored_otherwise_is_told_at_its_line(here: Site) -> None:
    def quieter(body: dict[str, object]) -> dict[str, object]:
        return {**body, "name": "Old", "recording_enabled": False}

    here.sandbox.faults.script(Fault(stores=quieter), path=f"/{SALES}$", method="PATCH")
    [result] = here.apply(here.plan(MANIFEST)).results
    assert result.diagnostic == Diagnostic(
        STORED_OTHERWISE,
        f"the account took PATCH /main_numbers/{SALES} but stored something else in name, recording_enabled",
        hint="plan again to see what it holds, and write that into the manifest or tell the vendor",
        address=NUMBER,
        location=at_line(here, 4),
    )


def test_what_has_moved_since_the_plan_is_left_and_told_at_its_line(here: Site) -> None:
    plan = here.plan(MANIFEST)
    here.sandbox.account.edit_main_number(SALES, no_answer_timeout_secs=10)
    [result] = apply_plan(plan, here.connection(), fresh_seconds=0).results
    assert (result.status, here.writes) == (Status.NOT_ATTEMPTED, [])
    assert result.diagnostic == Diagnostic(
        MOVED,
        "left alone: no_answer_timeout_secs changed since the plan was made",
        hint="plan again, and look at what is different",
        address=NUMBER,
        location=at_line(here, 3),
    )


@pytest.mark.parametrize(
    ("answer", "code"),
    [(Answer.json(403, {"error": "Not for this key"}), "forbidden"), (Answer.json(200, []), "bad-answer")],
    ids=["refused", "another-shape"],
)
def test_what_cannot_be_read_again_before_it_is_written_is_left(here: Site, answer: Answer, code: str) -> None:
    plan = here.plan(MANIFEST)
    here.sandbox.faults.script(Fault(answer), path=f"/{SALES}$", method="GET")
    [result] = apply_plan(plan, here.connection(), fresh_seconds=0).results
    assert (result.status, here.writes) == (Status.NOT_ATTEMPTED, [])
    assert result.diagnostic is not None
    assert (result.diagnostic.code, result.diagnostic.address) == (code, NUMBER)


LIMITED = "this account or key may not set the field, perhaps by its plan with the vendor: remove the line"


@pytest.mark.parametrize(
    ("status", "message", "line", "is_limited"),
    [
        (403, "recording_enabled is not in your plan", 5, True),
        (403, "Your plan does not have this", 3, False),
        (422, "recording_enabled is not in your plan", 5, False),
        (404, "recording_enabled is not in your plan", 3, False),
    ],
    ids=["limited", "no-name", "refused", "gone"],
)
def test_a_field_that_a_refusal_names_is_told_at_its_line(
    here: Site, status: int, message: str, line: int, is_limited: bool
) -> None:
    diagnostic = told(here, Answer.json(status, {"error": message}))
    assert diagnostic.detail is not None
    assert message in diagnostic.detail
    assert isinstance(diagnostic.location, Location)
    assert (diagnostic.location.line, diagnostic.address) == (line, NUMBER)
    assert (diagnostic.hint == LIMITED) is is_limited
    assert diagnostic.hint
