"""What became of a plan, what the doctor found, and the journals of a folder, as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from golden import check

from reports.test_plan import change, contact, number, plan
from ringform.model.account_check import AccountCheck
from ringform.model.change import Action, Call, Change
from ringform.model.diagnostic import Diagnostic, Location, Severity
from ringform.model.journal import Journal, JournalEntry
from ringform.model.outcome import STORED_OTHERWISE, CallResult, Outcome, Status
from ringform.reports.text import doctor, history
from ringform.reports.text import outcome as text_outcome
from ringform.reports.text.style import Style

GOLDEN = Path(__file__).parent / "golden"
REFUSED = Diagnostic(
    "rejected", "the account refused the values", detail="name: is taken", location=Location("a.yaml", 3)
)


def outcome(*ends: tuple[Change, Status, Diagnostic | None], was_interrupted: bool = False) -> Outcome:
    results = tuple(CallResult(each, each.calls[0], status, diagnostic) for each, status, diagnostic in ends)
    return Outcome(plan(*(each for each, _, _ in ends)), results, was_interrupted)


SALES = change(number("1234"), Action.UPDATE, name="Sales")
SUPPORT = change(number("5678"), Action.UPDATE, name="Support\x1b[2J")
BEA = change(contact("3456"), Action.CREATE)


def test_how_an_apply_can_end() -> None:
    lost = Diagnostic("unreachable", "no answer", hint="try again")
    ends = {
        "nothing to do": outcome(),
        "complete": outcome((SALES, Status.DONE, None)),
        "in part": outcome(
            (SALES, Status.DONE, None), (SUPPORT, Status.FAILED, REFUSED), (BEA, Status.NOT_ATTEMPTED, None)
        ),
        "one reason for all is told once": outcome((SALES, Status.FAILED, REFUSED), (SUPPORT, Status.FAILED, REFUSED)),
        "stored otherwise is a change": outcome((SALES, Status.FAILED, replace(REFUSED, code=STORED_OTHERWISE))),
        "unknown": outcome((SALES, Status.UNKNOWN, lost), (BEA, Status.NOT_ATTEMPTED, None)),
        "interrupted": outcome((SALES, Status.DONE, None), (BEA, Status.NOT_ATTEMPTED, None), was_interrupted=True),
    }
    blocks = [f"### {name}\n{text_outcome.render(each, Style())}\n" for name, each in ends.items()]
    check(GOLDEN / "outcome.txt", "\n".join(blocks))
    check(GOLDEN / "outcome-coloured.txt", text_outcome.render(ends["in part"], Style(color=True)) + "\n")


def test_what_the_doctor_found() -> None:
    findings = [
        AccountCheck("main numbers", "3 ms"),
        AccountCheck(
            "contacts", "failed", Diagnostic("unauthorized", "this key is refused", detail="\x1b[2J", hint="check it")
        ),
        AccountCheck("clock", "differs", Diagnostic("wrong-clock", "it is late", Severity.WARNING)),
    ]
    text = "\n".join(doctor.render(finding, style) for style in (Style(), Style(color=True)) for finding in findings)
    check(GOLDEN / "doctor.txt", text + "\n")


def test_journals() -> None:
    call = Call("PATCH", "/contacts/1", {}, {})
    entries = tuple(
        JournalEntry(contact("3456"), None, "Bea", Action.UPDATE, call.method, call.path, {}, {}, status)
        for status in (Status.DONE, Status.DONE, Status.FAILED, Status.UNKNOWN)
    )
    whole = Journal("a.jsonl", ("phone.inc",), "x", "2026-11-21T09:00:00Z", "1", "sha256:0", 2, entries[:2], False)
    cut = Journal("b\x1b.jsonl", ("phone.inc",), "x", "2026-11-22T09:00:00Z", "1", "sha256:0", 1200, entries, True)
    blocks = [history.render([], Style()), history.render([whole, cut], Style()), history.cut_off(cut, Style())]
    check(GOLDEN / "history.txt", "\n\n".join(blocks) + "\n")
