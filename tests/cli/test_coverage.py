"""``ringform coverage``: what no routing test is about."""

from __future__ import annotations

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
