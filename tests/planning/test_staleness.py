"""Whether a saved plan is still true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ringform.model.address import Address
from ringform.model.change import Action, Call, Change
from ringform.model.desired import Scope
from ringform.model.diagnostic import Diagnostic, Severity
from ringform.model.fingerprint import fingerprint
from ringform.model.plan import ManifestId, Plan, PlannedScope
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Json
from ringform.planning.staleness import Moved, moved, overtaken, scope_of, stale

ONE, TWO, NEW = (Address("contact", key) for key in ("+1", "+2", "+3"))
END = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)
HINT = "nothing was changed; plan again, and look at what is different"


def resource(address: Address, **fields: Json) -> Resource:
    return Resource(address, f"id-{address.key}", None, {"name": "Ida", "note": None, **fields}, {})


def snapshot(*resources: Resource) -> Snapshot:
    return Snapshot({each.address: each for each in resources})


def plan(*, exclusive: bool = False, valid_until: datetime | None = None) -> Plan:
    """A plan that compared two contacts, and creates a third."""
    create = Change(NEW, None, Action.CREATE, (), (Call("POST", "/contacts", {}, {}),))
    live = {address: fingerprint(resource(address)) for address in (ONE, TWO)}
    scope = PlannedScope(("contact",), ("contact",) if exclusive else ())
    return Plan(
        ("phone.inc",), ManifestId((), ""), (create,), 2, (), "", live=live, scope=scope, valid_until=valid_until
    )


def test_what_was_compared_and_what_is_changed_is_read_again() -> None:
    assert scope_of(plan()) == Scope(frozenset({ONE, TWO, NEW}), frozenset({"contact"}))


@pytest.mark.parametrize(
    ("now", "exclusive", "expected"),
    [
        ((resource(ONE), resource(TWO)), False, []),
        ((resource(TWO), resource(ONE)), True, []),
        ((resource(ONE),), False, ["contact:+2 is gone"]),
        (
            (resource(ONE, name="Bo", note="x"), resource(TWO, name="Bo")),
            False,
            ["contact:+1 has another name and note", "contact:+2 has another name"],
        ),
        ((resource(ONE), resource(TWO), resource(NEW)), False, ["contact:+3 is there now and was not"]),
        ((resource(ONE), resource(TWO), resource(Address("contact", "+4"))), False, []),
        (
            (resource(ONE), resource(TWO), resource(Address("contact", "+4"))),
            True,
            ["contact:+4 is there now and was not"],
        ),
        ((resource(ONE), resource(TWO), resource(Address("main_number", "+4"))), True, []),
    ],
    ids=["same", "order", "gone", "changed", "taken", "more", "more-of-all", "another-kind"],
)
def test_what_has_moved_is_named(now: tuple[Resource, ...], exclusive: bool, expected: list[str]) -> None:
    assert [str(each) for each in moved(plan(exclusive=exclusive), snapshot(*now))] == expected


def test_a_plan_is_overtaken_at_the_minute_in_which_its_dates_ask_for_something_else() -> None:
    assert overtaken(plan(), END, "plan.json") is None
    dated = plan(valid_until=END)
    assert overtaken(dated, END - timedelta(seconds=1), "plan.json") is None
    summary = "plan.json is out of date: since 2026-01-01 08:30+00:00, the dates of its manifest ask for something else"
    assert overtaken(dated, END, "plan.json") == Diagnostic("stale-plan", summary, Severity.ERROR, hint=HINT)


@pytest.mark.parametrize(("count", "more"), [(20, ""), (21, "; and 1 more")])
def test_of_much_that_has_moved_the_first_twenty_are_listed(count: int, more: str) -> None:
    found = [Moved(Address("contact", f"+{number}"), "is gone") for number in range(count)]
    assert stale(found, "plan.json") == Diagnostic(
        "stale-plan",
        "plan.json is out of date: the account has changed since it was made",
        Severity.ERROR,
        detail="; ".join(f"contact:+{number} is gone" for number in range(20)) + more,
        hint=HINT,
    )
