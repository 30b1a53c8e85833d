"""``ringform plan`` and ``ringform show``."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from cli.harness import Ringform, golden, golden_json, transcript, unpainted
from ringform.sandbox.faults import Fault
from ringform.sandbox.phone_inc.example import SALES

EVERYTHING = (Path(__file__).parent / "manifests" / "everything.yaml").read_text("utf-8")
RENAMED = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales Europe}, "+14155555678": {name: Support Line}}\n'
UNCHANGED = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n'


def test_a_difference_of_every_sort(ringform: Ringform) -> None:
    ringform.write(EVERYTHING)
    text, as_json = ringform("plan"), ringform("plan", "--format", "json")
    assert (text.code, as_json.code) == (0, 0)
    assert ringform.writes == []
    golden("plan-everything", ("ringform plan", text))
    golden_json("plan-everything", as_json)


def test_a_saved_plan_is_shown_as_plan_showed_it(ringform: Ringform) -> None:
    ringform.write(EVERYTHING)
    text = ringform("plan", "--out", "plan.json")
    saved = ringform.folder / "plan.json"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    seen = len(ringform.requests)
    shown = ringform("show", "plan.json", PHONE_INC_API_KEY="", PHONE_INC_BASE_URL="")
    assert shown == text
    as_json = ringform("show", "plan.json", "--format", "json")
    assert json.loads(as_json.out) == json.loads(saved.read_text("utf-8"))
    assert len(ringform.requests) == seen
    printed = ringform("plan", "--format", "json")
    assert transcript(("", printed)) == transcript(("", as_json))


def test_a_report_goes_to_files_in_several_formats_of_one_read(ringform: Ringform) -> None:
    ringform.write(EVERYTHING)
    printed = ringform("plan")
    reads = len(ringform.requests)
    reports = ("--report", "text=plan.txt", "--report", "json=plan.json", "--out", "saved.json")
    ended = ringform("plan", *reports, FORCE_COLOR="1")
    assert len(ringform.requests) == 2 * reads
    assert (ended.code, ended.err) == (0, "")
    assert "\x1b[" in ended.out
    assert (ringform.folder / "plan.txt").read_text("utf-8") == printed.out
    saved, written = ((ringform.folder / name).read_text("utf-8") for name in ("saved.json", "plan.json"))
    assert json.loads(saved)["digest"] == json.loads(written)["digest"]


def test_target_plans_for_some_objects_only(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    one = ringform("plan", "--target", "main_number:+14155555678")
    neither = ringform("plan", "--target", "main_number:+14155555679")
    assert (one.code, neither.code) == (0, 1)
    golden(
        "plan-target",
        ("ringform plan --target main_number:+14155555678", one),
        ("ringform plan --target main_number:+14155555679", neither),
    )


def test_a_target_is_a_number_a_name_or_a_pattern(ringform: Ringform) -> None:
    ringform.write(RENAMED + 'contacts: {"+4520123456": {name: Niklas}}\nunlisted_contacts: delete\n')

    def changed(*targets: str) -> list[str]:
        options = [text for target in targets for text in ("--target", target)]
        return [each["address"] for each in json.loads(ringform("plan", "--format", "json", *options).out)["changes"]]

    sales, support, contact = "main_number:+14155551234", "main_number:+14155555678", "contact:+4520123456"
    assert changed("+1 (415) 555-1234") == changed("sales europe") == [sales]
    assert changed("main_number:*") == changed("Sup*", "Sales*") == [sales, support]
    assert changed("contact:+45 20 12 34 56") == [contact]
    ringform.write(RENAMED + "contacts: {}\nunlisted_contacts: delete\n")
    assert changed("+45 20 12 34 56") == changed("contact:+4520123456") == [contact], "one that it does not list"
    slips = ("Sales Europa", "main_number:+14155551235", "US *", "contact:Sales")
    golden(
        "plan-target-unknown",
        *((f"ringform plan --target '{slip}'", ringform("plan", "--target", slip)) for slip in slips),
    )


def test_contacts_whose_lines_are_gone_are_named(ringform: Ringform) -> None:
    assert ringform.sandbox
    people = {f"+45300000{number:02}": f"{{name: Person {number}}}" for number in range(8)}

    def write(*left_out: str, more: str = "") -> None:
        entries = ", ".join(f'"{phone}": {fields}' for phone, fields in people.items() if phone not in left_out)
        ringform.write(f"version: 1\ncontacts: {{{entries}}}\n{more}")

    write()
    assert ringform("apply", "--yes", "--allow", "empty-account").code == 0
    write("+4530000003")
    two = ringform("plan")
    golden("plan-unlisted", ("ringform plan", two))
    assert "unlisted-object" not in ringform("plan", "--target", "Person 1").out
    write(*list(people)[:5])
    assert "unlisted-object" not in ringform("plan").out, "most are not listed: that is meant"
    write("+4530000003", more="unlisted_contacts: delete\n")
    assert "unlisted-object" not in ringform("plan").out


def test_the_exit_code_tells_of_changes_only_when_asked(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    changes = ringform("plan", "--detailed-exitcode")
    ringform.write(UNCHANGED)
    none = ringform("plan", "--detailed-exitcode")
    assert (changes.code, none.code) == (2, 0)
    golden("plan-nothing", ("ringform plan --detailed-exitcode", none))


def test_one_field_of_one_number_among_many_costs_three_requests_at_most(big: Ringform) -> None:
    assert big.sandbox
    number = next(iter(big.sandbox.account.main_numbers.values()))
    big.write(f'version: 1\nmain_numbers: {{"{number.number}": {{name: Another}}}}\n')
    planned = big("plan")
    assert planned.code == 0
    assert big.requests == ["GET /main_numbers", f"GET /main_numbers/{number.id}"]
    applied = big("apply", "--yes")
    assert applied.code == 0
    assert big.writes == [f"PATCH /main_numbers/{number.id}"]
    assert [each.body for each in big.sandbox.requests if each.method == "PATCH"] == [{"name": "Another"}]


def test_what_the_account_lacks(ringform: Ringform) -> None:
    ringform.write(
        'version: 1\nemployees: {al: {email: alx@example.com}}\nmain_numbers:\n  "+14155551243": {name: Sales}\n'
        '  "+14155551234": {no_answer_config: {type: TransferConfig, employee_ids: [al]}, no_answer_timeout_secs: 20}\n'
    )
    number = ringform("plan")
    assert number.code == 1
    golden("plan-not-in-account", ("ringform plan", number))


def test_a_key_that_may_not_read_employees_sees_their_ids(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault.error(403, "Forbidden"), path="/employees", times=None)
    ringform.write(
        'version: 1\nmain_numbers:\n  "+14155555678":\n'
        "    incoming_call_config: {type: TransferConfig, employee_ids: [019daef1-085e-7000-aaaa-000000000002]}\n"
    )
    ended = ringform("plan")
    assert ended.code == 0
    golden("plan-employees-forbidden", ("ringform plan", ended))


def test_warnings_of_the_manifest_are_counted_only(ringform: Ringform) -> None:
    ringform.write(
        'version: 1\nmain_numbers: {"+14155551234": {no_answer_config: {type: RejectConfig, message: Bye}}}\n'
    )
    ended = ringform("plan")
    assert ended.code == 0
    golden("plan-warning", ("ringform plan", ended))


def test_what_the_account_holds_cannot_act_on_the_terminal(ringform: Ringform) -> None:
    assert ringform.sandbox
    hostile = "\x1b[2J\x1b]0;owned\x07Bob\u202egnp.exe\u2066\nOK: nothing changes\r\x9b31m"
    contact = next(iter(ringform.sandbox.account.contacts.values()))
    contact.name = contact.note = hostile
    ringform.sandbox.account.edit_main_number(SALES, name=hostile)
    ringform.write(
        'version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n'
        'contacts: {"+4520123456": {note: "Asks for the engineering team"}}\n'
    )
    text, as_json = ringform("plan"), ringform("plan", "--format", "json")
    for ended in (text, as_json):
        assert ended.code == 0
        assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e", "\u2066"} & set(ended.out)
    assert as_json.out.isascii()
    assert json.loads(as_json.out)["changes"][0]["fields"][0]["before"] == hostile
    golden("plan-hostile", ("ringform plan", text))


def test_colours_are_for_terminals_and_for_those_who_ask(ringform: Ringform) -> None:
    ringform.write(RENAMED)
    coloured = ringform("plan", FORCE_COLOR="1")
    plain = ringform("plan", FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b" not in plain.out
    assert unpainted(coloured.out) == plain.out
    golden("plan-coloured", ("FORCE_COLOR=1 ringform plan", coloured))
    on_terminal = ringform.on_terminal("plan").end()
    assert coloured.out.strip() in on_terminal.err.replace("\r\n", "\n")
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        ended = ringform.on_terminal("plan", environment=environment).end()
        assert plain.out.strip() in ended.err.replace("\r\n", "\n")
        assert "\x1b[3" not in ended.err


def test_show_refuses_what_is_no_plan(offline: Ringform) -> None:
    offline.write("{}\n", "empty.json")
    offline.write('{"format": "ringform.plan/v1"', "cut.json")
    steps = [(f"ringform show {name}", offline("show", name)) for name in ("empty.json", "cut.json", "no.json", ".")]
    assert [ended.code for _, ended in steps] == [1, 1, 1, 1]
    golden("show-no-plan", *steps)


def test_transcripts_do_not_depend_on_the_run(ringform: Ringform) -> None:
    ringform.write(EVERYTHING)
    first, second = (ringform("plan", "--format", "json") for _ in range(2))
    assert transcript(("", first)) == transcript(("", second))
