"""Routing tests that are rules for every caller: the example company's, each broken once, and how they are told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cli.harness import GOLDEN, Ringform, golden, golden_json, sandbox_for_all, settings_for

ROOT = Path(__file__).parents[2]
COMPANY = ROOT / "examples" / "company"
QUICKSTART = ROOT / "examples" / "quickstart" / "ringform.yaml"
AS_OF = ("--as-of", "2026-11-16")
BROKEN = {
    "turned-away": (
        "denmark.yaml",
        "      type: WelcomeTransferConfig\n      welcome: Velkommen til erhvervsafdelingen hos {{ company }}.\n"
        "      employee_ids: [magnus, astrid]\n",
        "      type: RejectConfig\n      message: Vi holder ferie hele ugen.\n",
    ),
    "rings-too-long": (
        "denmark.yaml",
        "    no_answer_timeout_secs: 20\n",
        "    no_answer_timeout_secs: 60\n",
    ),
    "nobody-rings": (
        "denmark.yaml",
        "    outside_opening_hours_config: null\n    no_answer_config:\n      type: TransferConfig\n"
        "      employee_ids: [denmark]\n    no_answer_timeout_secs: 60\n    opening_hours:\n      daily: 24h\n",
        "    outside_opening_hours_config: {type: VoicemailConfig, greeting: Vi sover.}\n    no_answer_config:\n"
        "      type: TransferConfig\n      employee_ids: [denmark]\n    no_answer_timeout_secs: 60\n"
        "    opening_hours:\n      daily: 06:00-22:00\n",
    ),
    "no-message": (
        "germany.yaml",
        "      type: VoicemailConfig\n      greeting: >-\n        Sie rufen außerhalb",
        "      type: RejectConfig\n      message: >-\n        Sie rufen außerhalb",
    ),
    "wrong-language": (
        "germany.yaml",
        "Leider sind gerade alle Plätze belegt. Bitte hinterlassen Sie uns nach dem Ton eine Nachricht.",
        "Vi har travlt lige nu. Læg en besked efter tonen.",
    ),
}
"""For each rule of the example company a file, what stands in it, and what breaks the rule in its place."""


@pytest.fixture
def company(tmp_path: Path) -> Ringform:
    """The example company with its rules, and without its other tests."""
    shutil.copytree(COMPANY, tmp_path / "ringform")
    (tmp_path / "ringform" / "tests.yaml").unlink()
    (tmp_path / "ringform" / "account.json").rename(tmp_path / "account.json")
    return Ringform(tmp_path)


def spoil(ringform: Ringform, name: str) -> None:
    file, text, other = BROKEN[name]
    path = ringform.folder / "ringform" / "numbers" / file
    whole = path.read_text("utf-8")
    assert whole.count(text) == 1, name
    path.write_text(whole.replace(text, other), "utf-8")


def test_the_company_keeps_its_rules(company: Ringform) -> None:
    ended = company("test", *AS_OF)
    assert ended.code == 0
    golden("rules", ("ringform test", ended))


@pytest.mark.parametrize("name", BROKEN)
def test_breaking_a_rule_shows_a_call_that_a_manager_understands(company: Ringform, name: str) -> None:
    spoil(company, name)
    ended = company("test", *AS_OF)
    assert (ended.code, ended.out.count("FAIL")) == (2, 1)
    assert max(map(len, ended.out.splitlines())) <= 80
    golden(f"rules-{name}", ("ringform test", ended))


def test_each_rule_of_the_company_is_broken_by_one_of_these() -> None:
    names = re.findall(r"(?m)^  - name: (.*)$", (COMPANY / "rules.yaml").read_text("utf-8"))
    goldens = [(GOLDEN / f"rules-{name}.txt").read_text("utf-8") for name in BROKEN]
    assert [re.findall(r"(?m)^FAIL  (.*?)(?:  .*)?$", text) for text in goldens] == [[name] for name in names]


def test_a_failing_rule_in_every_format(company: Ringform) -> None:
    spoil(company, "turned-away")
    spoil(company, "rings-too-long")
    github, as_json, junit = (company("test", *AS_OF, "--format", form) for form in ("github", "json", "junit"))
    assert (github.code, as_json.code, junit.code) == (2, 2, 2)
    golden("rules-github", ("ringform test --format github", github))
    golden_json("rules", as_json, "The manifest has 1 warning: ringform validate shows them.\n\n")
    suite = ET.fromstring(junit.out)
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "2", "0")
    (failure, remarks) = suite[0]
    assert "Erhverv (+4570000050), Mon 08:00 (open): " in failure.get("message", "")
    assert (remarks.tag, "2 numbers skipped" in (remarks.text or "")) == ("system-out", True)


def test_an_annotation_escapes_what_github_would_read(offline: Ringform) -> None:
    rule = '  - {name: "50%, ::error", call: {to: "*", at: open, press: any}, expect: {plays: "100%\\n::error"}}\n'
    offline.write(QUICKSTART.read_text("utf-8") + "tests:\n" + rule)
    ended = offline("test", "--format", "github")
    first, totals = ended.out.splitlines()
    assert first.startswith("::error file=ringform.yaml,line=")
    assert r"title=failing-test::the test '50%25, \x3a:error' fails%0Aexpected" in first
    assert (first.count("::"), "100%25%0A" in first, totals) == (2, True, "test: 1 error.")
    offline("test", "--report", "github=annotations.txt")
    assert (offline.folder / "annotations.txt").read_text("utf-8") == ended.out


def test_a_plan_judges_what_the_manifest_alone_cannot(company: Ringform) -> None:
    rules = company.folder / "ringform" / "rules.yaml"
    without = rules.read_text("utf-8").replace(
        "      - {to: Retired Hotline, reason: the number is no longer in use}\n", ""
    )
    rules.write_text(without, "utf-8")
    assert company("test", *AS_OF).code == 0, "offline it cannot be told"
    with sandbox_for_all(state=company.folder / "account.json") as sandbox:
        online = Ringform(company.folder, sandbox)
        plan = json.loads(online("plan", *AS_OF, "--format", "json").out)
    (stops,) = plan["guardrails"]
    assert (stops["name"], stops["addresses"]) == ("failing-tests", ["main_number:+14155550199"])
    assert stops["summary"] == (
        "the test 'nobody is turned away while we are open' (ringform/rules.yaml:9) fails: expected ends: answered or"
        ' voicemail; Retired Hotline (+14155550199), Mon 09:00 (open): "This number is no longer in use. You will find'
        " Nordlys Bikes at nordlys.example.com.\", hangs up (ends: hangup); it fails for 40 hours of this number's week"
    )


WARNING = """\
  - {name: another shop, call: {to: "Shp *", at: open, press: any}, expect: {ends: voicemail}}
  - name: no hang-up
    call: {to: "*", at: always, press: any}
    expect: {ends: [answered, voicemail, hangup]}
    except:
      - {to: Sales, reason: the old menu, until: 2026-01-31}
      - {to: ["+1415555*", Sales], reason: by design}
"""


def test_rules_about_nothing_and_exceptions_without_need_are_warnings(ringform: Ringform) -> None:
    ringform.write(QUICKSTART.read_text("utf-8") + "tests:\n" + WARNING)
    ended = ringform("test", *AS_OF)
    assert ended.code == 0
    golden("rules-warnings", ("ringform test", ended))
    document = json.loads(ringform("test", *AS_OF, "--format", "json").out)
    codes = [each["code"] for each in document["diagnostics"]]
    assert codes == ["matches-nothing", "exception-over", "exception-unneeded"]
    github = ringform("test", *AS_OF, "--format", "github").out
    assert re.findall("::warning file=ringform.yaml,line=[0-9]+,col=[0-9]+,title=([a-z-]+)::", github) == codes
    junit = ET.fromstring(ringform("test", *AS_OF, "--format", "junit").out)
    assert "no number is one that this test is about" in (junit[-1].text or "")
    plan = json.loads(ringform("plan", *AS_OF, "--format", "json").out)
    assert [each["code"] for each in plan["diagnostics"] if each["code"] in codes] == codes


def test_a_comment_silences_such_a_warning(offline: Ringform) -> None:
    silenced = WARNING.replace("ends: voicemail}}", "ends: voicemail}} # ringform: ignore=matches-nothing")
    offline.write(QUICKSTART.read_text("utf-8") + "tests:\n" + silenced)
    assert "ignore" not in offline("validate").out
    assert "matches-nothing" not in offline("test", *AS_OF).out


def test_the_rules_to_copy_are_a_part_of_any_manifest(offline: Ringform) -> None:
    first, *_ = re.findall(r"(?ms)^```yaml\n(.*?)^```", (ROOT / "docs" / "rules.md").read_text("utf-8"))
    offline.write(QUICKSTART.read_text("utf-8"))
    rules = offline.folder / "shared.yaml"
    rules.write_text(first, "utf-8")
    assert offline("validate", "ringform.yaml", "shared.yaml").code == 0
    ended = offline("test", "ringform.yaml", "shared.yaml", *AS_OF)
    golden("rules-to-copy", ("ringform test ringform.yaml shared.yaml", ended))


def test_a_rule_that_meets_only_numbers_left_to_the_account_is_skipped(offline: Ringform) -> None:
    rule = 'tests: [{name: a, call: {to: "*", at: open, press: any}, expect: {ends: voicemail}}]\n'
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n' + rule)
    ended = offline("test")
    assert (ended.code, ended.out) == (
        0,
        "skip  a\n      1 number skipped, as the manifest does not say how it answers: Sales\n"
        "        (+14155551234)\n\n0 tests passed, 1 skipped.\n",
    )
    suite = ET.fromstring(offline("test", "--format", "junit").out)
    assert (suite.get("skipped"), [each.tag for each in suite[0]]) == ("1", ["skipped"])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ('to: "Sals", at: open', "did you mean 'Sales'?"),
        ("to: [Sales, Sals], at: open", "did you mean 'Sales'?"),
        ("to: [], at: open", "'to' must not be empty"),
        ("to: Sales, at: openly", "write open, closed, always"),
        ("to: Sales, at: open, press: every", "or the word any or none"),
        ("to: Sales, at: open, press: ['1', any]", "'any' is not a key of a phone menu"),
        ("to: Sales, at: open, no_answer: perhaps", "this must be true, false or any, not 'perhaps'"),
    ],
)
def test_a_quantifier_that_cannot_be_understood(offline: Ringform, call: str, says: str) -> None:
    rule = f"tests: [{{name: a, call: {{{call}}}, expect: {{ends: voicemail}}}}]\n"
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n' + rule)
    ended = offline("validate")
    assert (ended.code, says in ended.out, ended.out.count("error[")) == (1, True, 1), ended.out


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("expect: {ends: [voicemail, silence]}", "'silence'"),
        ("expect: {ends: []}", "'ends' must not be empty"),
        ("expect: {rings: everybody}", "everybody"),
        ("expect: {rings_at_most: long}", "this must be a whole number, not 'long'"),
        ("expect: {ends: voicemail}, except: [{to: Sales}]", "needs 'reason'"),
        ("expect: {ends: voicemail}, except: [{to: Sale, reason: a}]", "did you mean 'Sales'?"),
        ("expect: {ends: voicemail}, except: [{to: Sales, reason: a, until: 31.1.2027}]", "'31.1.2027' is not a date"),
        ("expect: {ends: voicemail}, except: [{to: Sales, reason: a, until: 01-31}]", "not a date with its year"),
        (
            "expect: {ends: voicemail}, except: [{to: Sales, reason: a, until: 2027-02-30}]",
            "the calendar does not have",
        ),
        ("expect: {ends: voicemail}, exception: []", "did you mean 'except'?"),
    ],
)
def test_a_claim_or_an_exception_that_cannot_be_understood(offline: Ringform, rest: str, says: str) -> None:
    rule = f"tests: [{{name: a, call: {{to: Sales, at: open}}, {rest}}}]\n"
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n' + rule)
    ended = offline("validate")
    assert (ended.code, says in ended.out, ended.out.count("error[")) == (1, True, 1), ended.out


def test_shared_rules_beside_another_provider_ask_for_no_key(tmp_path: Path) -> None:
    (tmp_path / "ringform").mkdir()
    (tmp_path / "ringform" / "zendesk.yaml").write_text(
        'version: 1\nprovider: zendesk-talk\nphone_numbers:\n  "+353766801402": {nickname: Front desk}\n'
    )
    (tmp_path / "ringform" / "rules.yaml").write_text(
        'version: 1\ntests:\n  - {name: somebody answers, call: {to: "*", at: open}, expect: {rings: somebody}}\n'
    )
    with sandbox_for_all() as sandbox:
        ringform = Ringform(tmp_path, settings=settings_for(sandbox)["zendesk-talk"])
        assert ringform("drift").code == 2
        assert ringform("apply", "--yes").code == 0
        planned = ringform("plan")
        requests = [request.path for request in sandbox.requests]
    assert planned.code == 0
    assert "PHONE_INC" not in planned.err
    assert all("main_numbers" not in path for path in requests)


def test_rules_alone_are_about_an_account_after_all(tmp_path: Path) -> None:
    (tmp_path / "ringform.yaml").write_text(
        'version: 1\ntests:\n  - {name: somebody answers, call: {to: "*", at: open}, expect: {rings: somebody}}\n'
    )
    ended = Ringform(tmp_path, settings={})("plan")
    assert ended.code == 1
    assert "PHONE_INC_API_KEY" in ended.err
