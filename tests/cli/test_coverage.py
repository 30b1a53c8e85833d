"""``ringform coverage``: what no routing test is about."""

from __future__ import annotations

import json
from pathlib import Path

from cli.harness import Ringform, golden, golden_json

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def test_the_example_company(offline: Ringform) -> None:
    ended = offline("coverage", str(EXAMPLES / "company"), "--as-of", "2026-11-16")
    assert (ended.code, ended.err) == (0, "")
    golden("coverage", ("ringform coverage", ended))


def test_json_names_the_tests_of_each_part(offline: Ringform) -> None:
    tests = "tests:\n  - {name: a message, call: {to: Sales, at: mon 10:00, press: 2}, expect: {ends: voicemail}}\n"
    offline.write((EXAMPLES / "quickstart" / "ringform.yaml").read_text("utf-8") + tests)
    ended = offline("coverage", "--format", "json")
    assert ended.code == 0
    golden_json("coverage", ended)


def test_too_little_is_a_difference(offline: Ringform) -> None:
    company = str(EXAMPLES / "company")
    assert offline("coverage", company, "--as-of", "2026-11-16", "--fail-under", "91").code == 0
    ended = offline("coverage", company, "--as-of", "2026-11-16", "--fail-under", "92")
    assert (ended.code, ended.err) == (2, "Less than 92% is tested.\n")
    assert offline("coverage", company, "--as-of", "2026-11-16", "--fail-under", "101").code == 64


def test_a_manifest_of_contacts_has_nothing_to_test(offline: Ringform) -> None:
    offline.write('version: 1\ncontacts: {"+4520123456": {name: Niklas}}\n')
    ended = offline("coverage", "--fail-under", "100")
    assert (ended.code, ended.out) == (0, "No number has all its call flows in the manifest.\n")


def test_a_rule_about_one_date_covers_the_numbers_for_which_that_day_is_a_normal_one(offline: Ringform) -> None:
    number = (
        '  "{number}": {{name: {name}, timezone: Copenhagen, no_answer_config: null, no_answer_timeout_secs: null, '
    )
    number += "incoming_call_config: {{type: VoicemailConfig, greeting: Hello}}, outside_opening_hours_config: null, "
    number += "opening_hours: {{daily: 24h}}{closures}}}\n"
    closures = ", closures: [{date: 2026-12-24, name: Christmas}]"
    shop = number.format(number="+14155551234", name="Shop", closures=closures)
    office = number.format(number="+14155555678", name="Office", closures="")
    rule = 'tests: [{name: a, call: {to: "*", at: 2026-12-24 10:00}, expect: {ends: voicemail}}]\n'
    offline.write(f"version: 1\nmain_numbers:\n{shop}{office}{rule}")
    ended = offline("coverage", "--as-of", "2026-11-16", "--format", "json")
    numbers = json.loads(ended.out)["numbers"]
    assert [[bool(part["tests"]) for part in each["parts"]] for each in numbers] == [[False, False], [True, True]]
