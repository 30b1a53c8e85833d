"""From a manifest and an account to a plan, or to all that speaks against one."""

from __future__ import annotations

import pytest
from support.sandboxes import Site

import ringform
from ringform.execution.connection import by_provider
from ringform.model.address import Address
from ringform.model.change import Action
from ringform.model.diagnostic import Diagnostic, Location, RingformError
from ringform.model.plan import Plan
from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.phone_inc.generator import generated_account


def planned(here: Site, text: str, targets: tuple[str, ...] = ()) -> Plan:
    manifest = here.manifest(text)
    live = ringform.observe(manifest, by_provider(here.connection()))
    return ringform.plan(manifest, live, targets=[Address.parse(target) for target in targets])


def refused(here: Site, text: str, targets: tuple[str, ...] = ()) -> tuple[Diagnostic, ...]:
    with pytest.raises(RingformError) as caught:
        planned(here, text, targets)
    return caught.value.diagnostics


def at(here: Site, line: int, column: int) -> Location:
    return Location(str(here.folder / "ringform.yaml"), line, column)


def test_a_change_says_what_and_where(here: Site) -> None:
    plan = planned(
        here,
        """\
version: 1
main_numbers:
  "+1 415 555 1234":
    name: Sales Hotline
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: Press 1 for sales, 2 to leave a message
      menu_options:
        - {digit: "1", action_type: TransferConfig, employee_ids: [019daef1-085e-7000-aaaa-000000000001]}
        - digit: "2"
          action_type: VoicemailConfig
          prompt: After the tone
  "+14155555678": {}
""",
    )
    assert plan.summary.update == 1
    assert (plan.unchanged, plan.unmanaged) == (1, ())
    [change] = plan.changes
    assert (str(change.address), change.name, change.action) == ("main_number:+14155551234", "Sales", Action.UPDATE)
    assert change.source == at(here, 3, 3)
    assert [(field.path, field.before, field.after, field.source) for field in change.fields] == [
        (("name",), "Sales", "Sales Hotline", at(here, 4, 5)),
        (
            ("incoming_call_config", "menu_options", "2", "prompt"),
            "Leave a message after the tone",
            "After the tone",
            at(here, 12, 11),
        ),
    ]
    assert [str(call) for call in change.calls] == [
        f"PATCH /main_numbers/{SALES}",
        f"PUT /main_numbers/{SALES}/incoming_call_config",
    ]


def test_a_number_that_the_account_lacks_is_an_error_that_lists_those_it_has(here: Site) -> None:
    [one, other] = refused(
        here,
        'version: 1\nmain_numbers:\n  "+14155551235": {name: A}\n  "+4570100200": {name: B}\n  "+14155551234": {}\n',
    )
    assert one.code == other.code == "not-in-account"
    assert one.summary == "the account has no main number +14155551235"
    assert one.detail == "The account has +14155551234 and +14155555678."
    assert one.hint == "did you mean '+14155551234'?"
    assert (one.location, other.location) == (at(here, 3, 3), at(here, 4, 3))
    assert other.hint == "a main number can only be added in the vendor's dashboard"


def test_the_list_of_numbers_is_kept_short(here: Site) -> None:
    here.hold(generated_account(200, 0))
    [diagnostic] = refused(here, 'version: 1\nmain_numbers: {"+33123456789": {name: A}}')
    assert str(diagnostic.detail).endswith(" and 188 more.")


def test_every_error_of_a_plan_is_told_at_once_and_in_its_place(here: Site) -> None:
    here.sandbox.account.edit_main_number("+14155551234", no_answer_config={"type": "RobotConfig"})
    found = refused(
        here,
        """\
version: 1
employees:
  bea: {email: nobody@example.com}
main_numbers:
  "+14155551234": {no_answer_timeout_secs: 20}
  "+4570100200": {name: B}
  "+14155555678":
    no_answer_config: {type: TransferConfig, employee_ids: [bea]}
contacts:
  "+4530000001": {was: "+4520123456"}
  "+4530000002": {was: "+4520123457"}
""",
        ("contact:+4599999999",),
    )
    assert {(each.code, each.location and each.location.line) for each in found if each.is_error} == {
        ("employee-not-found", 3),
        ("unknown-live-config", 5),
        ("not-in-account", 6),
        ("unknown-target", None),
    }


TWO = """\
version: 1
main_numbers:
  "+14155551234": {name: A}
  "+14155555678": {name: B}
contacts:
  "+4530000001": {name: New}
  "+4520123456": {name: Other}
  "+4530000002": {absent: true}
"""


def test_a_target_narrows_the_plan_to_itself(here: Site) -> None:
    whole = planned(here, TWO)
    assert [str(change.address) for change in whole.changes] == [
        "main_number:+14155551234",
        "main_number:+14155555678",
        "contact:+4530000001",
        "contact:+4520123456",
    ]
    some = planned(here, TWO, ("main_number:+14155555678", "contact:+4530000001"))
    assert [str(change.address) for change in some.changes] == ["main_number:+14155555678", "contact:+4530000001"]
    assert some.unchanged == whole.unchanged
    assert some.digest != whole.digest


def test_a_target_that_the_manifest_lacks_is_an_error(here: Site) -> None:
    [diagnostic] = refused(here, TWO, ("main_number:+14155555679",))
    assert diagnostic.code == "unknown-target"
    assert diagnostic.summary == "--target main_number:+14155555679 is not in the manifest"
    assert diagnostic.hint == "did you mean 'main_number:+14155555678'?"


def test_a_target_that_is_as_wanted_already_is_an_empty_plan(here: Site) -> None:
    assert planned(here, TWO, ("contact:+4530000002",)).is_empty
    assert planned(here, 'version: 1\ncontacts: {"+4520123456": {}}', ("contact:+4520123456",)).is_empty


CHAIN = """\
version: 1
contacts:
  "+4530000001": {was: "+4520123456"}
  "+4520123456": {name: The next one}
"""


def test_a_target_takes_along_what_frees_its_number(here: Site) -> None:
    plan = planned(here, CHAIN, ("contact:+4520123456",))
    assert [str(change.address) for change in plan.changes] == ["contact:+4530000001", "contact:+4520123456"]
    assert here.apply(plan).is_complete
    alone = planned(here, CHAIN.replace("{name: The", "{note: The"), ("contact:+4530000001",))
    assert alone.is_empty


def test_a_rename_is_one_patch_and_waits_for_nobody(here: Site) -> None:
    plan = planned(here, CHAIN)
    moved, new = plan.changes
    assert (moved.previous, moved.after) == (Address("contact", "+4520123456"), ())
    assert (new.previous, new.after) == (None, (Address("contact", "+4530000001"),))
    assert [call.method for call in plan.calls] == ["PATCH", "POST"]


def test_renames_in_a_ring_are_an_error_at_the_manifests_line(here: Site) -> None:
    here.apply(planned(here, 'version: 1\ncontacts: {"+4530000001": {name: Second}}'))
    text = 'version: 1\ncontacts:\n  "+4530000001": {was: "+4520123456"}\n  "+4520123456": {was: "+4530000001"}\n'
    [diagnostic, *_] = refused(here, text)
    assert diagnostic.code == "rename-cycle"
    assert diagnostic.location is not None


def test_what_the_manifest_does_not_mention_is_unmanaged(here: Site) -> None:
    plan = planned(here, 'version: 1\nmain_numbers: {"+14155551234": {}}\ncontacts: {"+4530000001": {absent: true}}')
    assert plan.is_empty
    assert [str(address) for address in plan.unmanaged] == ["main_number:+14155555678", "contact:+4520123456"]


def test_the_digest_follows_the_account_the_manifest_and_nothing_else(here: Site) -> None:
    first = planned(here, TWO).digest
    assert planned(here, TWO).digest == first
    assert planned(here, "# another layout\n" + TWO.replace("{name: A}", "\n    name: A")).digest == first
    here.sandbox.account.edit_main_number("+14155551234", language="en")
    moved = planned(here, TWO).digest
    assert moved != first
    assert planned(here, TWO.replace("name: A", "name: AA")).digest not in (first, moved)
