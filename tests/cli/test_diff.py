"""``ringform diff``: two states, and what callers notice between them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.repository import commit

from cli.harness import Ringform, golden, golden_json
from ringform.sandbox.phone_inc.example import SALES

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
QUICKSTART = (EXAMPLES / "quickstart" / "ringform.yaml").read_text("utf-8")
COMPANY = str(EXAMPLES / "company")


def differences(ringform: Ringform, *arguments: str) -> list[str]:
    """The objects that differ."""
    ended = ringform("diff", *arguments, "--format", "json")
    assert ended.code == 0, ended.err
    return [each["address"] for each in json.loads(ended.out)["differences"]]


@pytest.fixture
def changed(offline: Ringform) -> Ringform:
    """A repository whose manifest was changed since the last commit."""
    offline.write(QUICKSTART)
    commit(offline.folder)
    now = QUICKSTART.replace("name: Sales", "name: Sales Denmark").replace("fri: 09:00-15:30", "fri: 09:00-13:00")
    now = now.replace("    recording_enabled: false\n", "").replace("\nno_answer_timeout_secs: 30", "")
    now = now[: now.index("contacts:")] + 'contacts:\n  "+4520000001":\n    name: Somebody new\n'
    offline.write(now)
    return offline


def test_the_last_commit_with_the_manifest_as_it_is(changed: Ringform) -> None:
    ended = changed("diff")
    assert ended.code == 0
    golden(
        "diff",
        ("ringform diff", ended),
        ("ringform diff ringform.yaml main:", changed("diff", "ringform.yaml", "main:", "--target", "Sales*")),
    )
    golden_json("diff", changed("diff", "--format", "json"))
    assert changed("diff", "HEAD:ringform.yaml", "ringform.yaml").out.splitlines()[2:] == ended.out.splitlines()[2:]


def test_the_same_on_both_sides_is_no_difference(changed: Ringform) -> None:
    for side in ("ringform.yaml", "HEAD:", "@2026-12-24", "HEAD:ringform.yaml@2026-12-24"):
        same = changed("diff", side, side, "--detailed-exitcode")
        assert (same.code, same.out.splitlines()[-1][:14]) == (0, "No differences"), side
    assert changed("diff", "--detailed-exitcode").code == 2


def test_what_callers_meet_may_be_left_to_the_account(offline: Ringform) -> None:
    text = 'version: 1\nmain_numbers: {{"+14155551234": {{name: Sales, no_answer_timeout_secs: {seconds}}}}}\n'
    for name, seconds in (("a.yaml", 20), ("b.yaml", 30)):
        offline.write(text.format(seconds=seconds), name)
    golden("diff-not-known", ("ringform diff a.yaml b.yaml", offline("diff", "a.yaml", "b.yaml")))


def test_the_account_on_one_side(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write('version: 1\ncontacts: {"+4520123456": {absent: true}}\n', "contacts.yaml")
    ringform.write(
        "version: 1\nmain_numbers:\n"
        '  "+14155551234": {name: New, opening_hours: {mon-fri: 09:00-17:00, sat-sun: closed}}\n'
    )
    ringform.sandbox.account.edit_main_number(SALES, name="Old")
    forth, back = ringform("diff", "ringform.yaml", "live"), ringform("diff", "live", "ringform.yaml")
    golden("diff-live", ("ringform diff ringform.yaml live", forth), ("ringform diff live ringform.yaml", back))
    assert ringform("plan", "--out", "plan.json", ".").code == 0
    changing = [each["address"] for each in json.loads((ringform.folder / "plan.json").read_text("utf-8"))["changes"]]
    assert differences(ringform, ".", "live") == differences(ringform, "live", ".") == changing
    assert differences(ringform, "live", "plan.json") == changing
    assert differences(ringform, ".", "plan.json") == differences(ringform, "plan.json", "plan.json") == []
    assert ringform.writes == []


def test_days_change_the_hours_that_the_calendar_lists(offline: Ringform) -> None:
    sides = (f"{COMPANY}@2026-12-01 00:00", "@2026-12-24 00:00")
    differing = json.loads(offline("diff", *sides, "--format", "json").out)["differences"]
    found = {
        (each["address"], field["path"].rpartition(".")[2], field["after"])
        for each in differing
        for field in each["fields"]
        if field["path"].startswith("opening_hours.")
    }
    listed = json.loads(offline("calendar", COMPANY, "--as-of", "2026-12-01 00:00", "--format", "json").out)
    first: dict[tuple[str, str], str] = {}
    last: dict[tuple[str, str], str] = {}
    for change in listed["changes"]:
        if change["kind"] == "hours" and change["at"] < "2026-12-24T00:00:01":
            for address in change["addresses"]:
                first.setdefault((address, change["day"]), change["before"])
                last[address, change["day"]] = change["after"]
    expected = {(*key, value) for key, value in last.items() if first[key] != value}
    assert expected
    assert found == expected


def test_mistakes(offline: Ringform) -> None:
    offline.write(QUICKSTART)
    tried = (
        ("live", "live"),
        ("nothing:",),
        ("nothing.yaml", "ringform.yaml"),
        ("@2026-13-24",),
        ("ringform.yaml", "ringform.yaml", "--target", "Sails"),
        ("ringform.yaml", "live"),
    )
    steps = [(f"ringform diff {' '.join(each)}", offline("diff", *each, PHONE_INC_API_KEY="")) for each in tried]
    golden("diff-mistakes", *steps)


def test_people_whom_only_the_account_knows_are_the_same_in_a_plan(ringform: Ringform) -> None:
    assert ringform.sandbox
    people = [(id_, each.email) for id_, each in ringform.sandbox.account.employees.items()]
    (first, _), (_, email) = people[:2]
    ringform.write(
        f"version: 1\nemployees: {{one: {first}, other: {{email: {email}}}}}\n"
        'main_numbers: {"+14155551234": {incoming_call_config: {type: TransferConfig, employee_ids: [one, other]}}}\n'
    )
    assert ringform("plan", "--out", "plan.json").code == 0
    assert differences(ringform, "ringform.yaml", "plan.json") == []
    assert differences(ringform, "ringform.yaml", "live") == ["main_number:+14155551234"]
    assert ringform("diff", "ringform.yaml", "live").out.count("?other") == 0
    ringform.write("version: 1\nemployees: {one: {email: nobody@example.com}}\n" + NOBODY)
    ended = ringform("diff", "ringform.yaml", "live")
    assert (ended.code, "error[employee-not-found]" in ended.err) == (1, True), ended.err


def test_people_whom_the_manifest_does_not_name_have_the_account_s_names(ringform: Ringform) -> None:
    assert ringform.sandbox
    (one, other) = list(ringform.sandbox.account.employees.items())[:2]
    ringform.write(
        'version: 1\nmain_numbers: {"+14155551234": '
        f"{{incoming_call_config: {{type: TransferConfig, employee_ids: [{one[0]}, {other[0]}]}}}}}}\n"
    )
    shown = ringform("diff", "live", "ringform.yaml").out
    assert one[0] not in shown
    assert other[1].name in shown
    ringform("diff", "ringform.yaml", "ringform.yaml")
    assert ringform.requests.count("GET /employees") == 1


def test_an_object_that_only_one_side_is_about_is_not_counted_as_the_same(ringform: Ringform) -> None:
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {name: New}}\n')
    assert ringform("plan", "--out", "plan.json", "--target", "+14155551234").code == 0
    summary = {}
    for target in ("New", "+14155551234"):
        printed = ringform("diff", "ringform.yaml", "plan.json", "--target", target, "--format", "json").out
        summary[target] = json.loads(printed)["summary"]["unchanged"]
    ringform.write('version: 1\nmain_numbers: {"+14155551234": {name: New}, "+4520304050": {name: Other}}\n')
    printed = ringform("diff", "ringform.yaml", "plan.json", "--target", "Other", "--format", "json").out
    assert (summary, json.loads(printed)["summary"]["unchanged"]) == ({"New": 1, "+14155551234": 1}, 0)


NOBODY = 'main_numbers: {"+14155551234": {incoming_call_config: {type: TransferConfig, employee_ids: [one]}}}\n'
