"""What is said of a call that was answered, and not as it should have been."""

from __future__ import annotations

import pytest
from support.sandboxes import Site

from ringform.model.address import Address
from ringform.model.diagnostic import Diagnostic, Location
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
