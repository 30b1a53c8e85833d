"""A plan as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import check

from ringform.callflow.plan_view import PlanView
from ringform.model.address import Address
from ringform.model.change import Action, Call, Change, FieldChange
from ringform.model.diagnostic import Diagnostic, Location, Severity
from ringform.model.guardrail import Violation
from ringform.model.plan import ManifestId, Plan
from ringform.model.values import Json
from ringform.reports.text import plan as text_plan
from ringform.reports.text import side_by_side
from ringform.reports.text.style import Style

GOLDEN = Path(__file__).parent / "golden"
PEOPLE = {"id-1": "Maria Jensen", "id-2": "alex", "id-3": "Jonas Berg"}


def number(digits: str) -> Address:
    return Address("main_number", f"+1415555{digits}")


def contact(digits: str) -> Address:
    return Address("contact", f"+452012{digits}")


def change(address: Address, action: Action, *fields: tuple[str, Json, Json], **more: object) -> Change:
    differences = tuple(FieldChange(tuple(path.split(".")), before, after) for path, before, after in fields)
    call = Call("PATCH", f"/objects/{address.key}", {}, {})
    name, source, previous = more.get("name"), more.get("source"), more.get("previous")
    return Change(
        address=address,
        name=name if isinstance(name, str) else None,
        action=action,
        fields=differences,
        calls=(call,),
        source=source if isinstance(source, Location) else None,
        previous=previous if isinstance(previous, Address) else None,
    )


def plan(*changes: Change, unchanged: int = 0, unmanaged: int = 0, **more: object) -> Plan:
    diagnostics, guardrails = more.get("diagnostics", ()), more.get("guardrails", ())
    assert isinstance(diagnostics, tuple)
    assert isinstance(guardrails, tuple)
    return Plan(
        providers=("phone.inc",),
        manifest=ManifestId(("ringform.yaml",), "sha256:0"),
        changes=changes,
        unchanged=unchanged,
        unmanaged=tuple(contact(f"{index:04}") for index in range(unmanaged)),
        digest="sha256:1",
        people=PEOPLE,
        diagnostics=diagnostics,
        guardrails=guardrails,
    )


EVERYTHING = plan(
    change(
        number("1234"),
        Action.UPDATE,
        ("name", "Sales", "Sales Europe"),
        ("recording_enabled", False, True),
        ("no_answer_timeout_secs", 30, None),
        ("incoming_call_config.welcome", "Press 1 for sales, 2 to leave a message", "Press 1 for sales, 3 for support"),
        ("incoming_call_config.menu_options.1.employee_ids", ["id-1", "id-2"], ["id-2", "id-3", "id-4"]),
        ("incoming_call_config.menu_options.3", None, {"action_type": "PlayMessageConfig", "prompt": "Hello"}),
        ("incoming_call_config.menu_options.4", {"action_type": "VoicemailConfig", "prompt": "Hello"}, None),
        (
            "no_answer_config",
            {"type": "TransferConfig", "employee_ids": ["id-1"]},
            {"type": "PhoneMenuConfig", "welcome": "Hi", "menu_options": {"1": {"employee_ids": ["id-3", "id-2"]}}},
        ),
        name="Sales",
        source=Location("numbers/us.yaml", 14),
    ),
    change(contact("3456"), Action.UPDATE, ("note", "", "New"), name="Niklas", previous=contact("0000")),
    change(contact("9999"), Action.CREATE, ("name", None, "Bea\nJensen"), ("note", None, None), name="Bea\nJensen"),
    change(contact("1111"), Action.DELETE, ("name", "Old", None), name="Old"),
    unchanged=1200,
    unmanaged=3,
    diagnostics=(Diagnostic("not-as-documented", "an answer is odd", Severity.WARNING),),
    guardrails=(Violation("mass-deletion", "4 of 5 contacts would be deleted", (contact("1111"),)),),
)


def test_everything_that_a_plan_can_show() -> None:
    check(GOLDEN / "plan.txt", text_plan.render(PlanView(EVERYTHING), Style()) + "\n")
    check(GOLDEN / "plan-coloured.txt", text_plan.render(PlanView(EVERYTHING), Style(color=True)) + "\n")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (plan(unchanged=1), "No changes: 1 object as the manifest says."),
        (plan(unchanged=0, unmanaged=2), "No changes: 0 objects as the manifest says; 2 not managed."),
        (plan(change(contact("1111"), Action.DELETE)), "Plan: 1 to delete, by 1 API call."),
        (
            plan(*[change(contact(f"{index:04}"), Action.CREATE) for index in range(1500)], unchanged=2, unmanaged=1),
            "Plan: 1,500 to create, by 1,500 API calls; 2 unchanged; 1 not managed.",
        ),
    ],
)
def test_the_line_of_sums(of: Plan, expected: str) -> None:
    assert text_plan.summary(of, Style()) == expected


LONG = "Thank you for calling Acme Phones, please hold the line"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a", "b", '"a" -> "b"'),
        (None, "b", 'not set -> "b"'),
        (True, False, "true -> false"),
        (10, None, "10 -> not set"),
        ([], ["id-1"], "{+Maria Jensen+}"),
        (["id-1"], [], "[-Maria Jensen-]"),
        (["id-2", "id-3"], ["id-3"], "[-alex-], Jonas Berg"),
        ("id-1", "id-2", "Maria Jensen -> alex"),
        (LONG, LONG.replace("Acme", "Apex"), '"Thank you for calling [-Acme -]{+Apex +}Phones, please hold the line"'),
        (LONG, LONG + " now", '"Thank you for calling Acme Phones, please hold the [-line-]{+line now+}"'),
        (LONG, "", f'"[-{LONG}-]"'),
        (LONG, LONG.replace(" ", "\n", 1), LONG.join(('"[-Thank -]{+Thank\\n+}', '"')).replace("Thank you", "you", 1)),
    ],
)
def test_two_values_side_by_side(before: Json, after: Json, expected: str) -> None:
    assert side_by_side.change(before, after, PEOPLE, Style()) == expected


def test_an_empty_list_is_a_word() -> None:
    assert side_by_side.value([], PEOPLE) == "none"
