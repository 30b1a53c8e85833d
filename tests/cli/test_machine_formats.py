"""Reports for programs: SARIF, annotations, GitLab's artifacts, JUnit, Prometheus and a log, also of runs that fail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator

from cli.harness import Ringform, golden

SCHEMA = Path(__file__).resolve().parents[1] / "reports" / "data" / "sarif-2.1.0-rtm.5.json"
"""SARIF's own schema, as the MIT-licensed package @microsoft/jest-sarif has it."""

MANIFEST = """\
version: 1
main_numbers:
  "+14155551234":
    name: Sales team
    incoming_call_config: {type: RejectConfig, message: We have moved.}
contacts:
  "+4520123456": {name: Niklas Secret}
tests:
  - {name: answered, call: {to: "+14155551234", at: "mon 10:00"}, expect: {ends: answered}}
"""
WRONG = MANIFEST.replace("name: Sales team", "timezone: Atlantis") + "nonsense: true\n"


def sarif(text: str) -> dict[str, Any]:
    """A SARIF document's run, once it is valid."""
    document = json.loads(text)
    assert sorted(map(str, Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(document))) == []
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("command", ["validate", "test", "plan", "drift"])
def test_sarif_is_valid_and_has_the_place(ringform: Ringform, command: str) -> None:
    ringform.write(WRONG if command == "validate" else MANIFEST)
    run = sarif(ringform(command, "--format", "sarif").out)
    found = [
        (each["ruleId"], each["locations"][0]["physicalLocation"]["region"]["startLine"]) for each in run["results"]
    ]
    expected = {
        "validate": [("unknown-timezone", 4), ("unknown-field", 10)],
        "test": [("failing-test", 9)],
        "plan": [("guardrail", 3), ("guardrail", 3)],
        "drift": [("drifted", 4), ("drifted", 7)],
    }
    assert [each for each in found if each in expected[command]] == expected[command]
    assert all(run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])


def test_a_run_without_findings_is_a_report_too(offline: Ringform) -> None:
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n')
    assert sarif(offline("validate", "--format", "sarif").out)["results"] == []
    assert json.loads(offline("validate", "--format", "gitlab-codequality").out) == []
    for form in ("github", "azure"):
        assert offline("validate", "--format", form).out == "validate: nothing found.\n"
    assert ET.fromstring(offline("validate", "--format", "junit").out).get("failures") == "0"


@pytest.mark.parametrize("form", ["github", "azure", "gitlab-codequality", "junit"])
def test_mistakes_in_every_format(offline: Ringform, form: str) -> None:
    offline.write(WRONG)
    golden(f"validate-{form}", (f"ringform validate --format {form}", offline("validate", "--format", form)))


@pytest.mark.parametrize("form", ["github", "azure", "gitlab-terraform", "junit"])
def test_a_plan_in_every_format(ringform: Ringform, form: str) -> None:
    ringform.write(MANIFEST)
    golden(f"plan-{form}", (f"ringform plan --format {form}", ringform("plan", "--format", form)))


@pytest.mark.parametrize("command", ["plan", "drift", "apply"])
@pytest.mark.parametrize("form", ["github", "azure", "log", "prometheus"])
def test_nobody_of_the_address_book_is_named(ringform: Ringform, command: str, form: str) -> None:
    ringform.write(MANIFEST)
    ringform(command, "--report", f"{form}=report", *(["--yes"] if command == "apply" else []))
    assert not re.search("Niklas|4520123456", (ringform.folder / "report").read_text("utf-8"))


def test_github_gets_ten_annotations_and_the_number_of_the_others(offline: Ringform) -> None:
    numbers = "".join(f'  "+141555512{at:02}": {{timezone: Atlantis}}\n' for at in range(12))
    offline.write(f"version: 1\nmain_numbers:\n{numbers}")
    *commands, last = offline("validate", "--format", "github").out.splitlines()
    assert (len(commands), {each.partition(" ")[0] for each in commands}) == (10, {"::error"})
    assert last == "validate: 12 errors. 2 more: GitHub shows 10 annotations of a step."


def test_a_finding_that_moves_keeps_its_fingerprint(offline: Ringform) -> None:
    def prints() -> list[str]:
        return [each["fingerprint"] for each in json.loads(offline("validate", "--format", "gitlab-codequality").out)]

    offline.write(WRONG)
    before = prints()
    offline.write(f"# A line more.\n{WRONG}")
    assert (prints(), len(set(before))) == (before, len(before))


def test_metrics_keep_the_last_success_through_a_failed_run(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    path = ringform.folder / "drift.prom"

    def run(code: int) -> dict[str, str]:
        assert ringform("drift", "ringform.yaml", "--report", "prometheus=drift.prom").code == code
        return dict(re.findall(r"(?m)^(ringform_\w+\{.*\}) (\S+)$", path.read_text("utf-8")))

    labels = 'command="drift",manifest="ringform.yaml"'
    good = run(2)
    assert good[f"ringform_exit_code{{{labels}}}"] == "2"
    assert good[f'ringform_objects{{{labels},action="update"}}'] == "2"
    success = f"ringform_last_success_timestamp_seconds{{{labels}}}"
    ringform.write(WRONG)
    bad = run(1)
    assert (bad[f"ringform_exit_code{{{labels}}}"], bad[success]) == ("1", good[success])
    assert run(1)[success] == good[success]
    assert path.read_text("utf-8").count("# TYPE ringform_last_success") == 1
    path.write_bytes(b"\xff")
    assert success not in run(1)


def test_a_log_gets_a_line_of_each_run(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    log = ("--report", "log=runs.log")
    codes = [ringform(*each, *log).code for each in (("plan",), ("apply", "--yes"), ("test",))]
    ringform.write(WRONG)
    codes.append(ringform("validate", *log).code)
    codes.append(ringform("plan", *log).code)
    lines = [json.loads(line) for line in (ringform.folder / "runs.log").read_text("utf-8").splitlines()]
    assert [each["exit_code"] for each in lines] == codes == [0, 3, 2, 1, 1]
    assert [each["command"] for each in lines] == ["plan", "apply", "test", "validate", "plan"]
    assert lines[1]["calls"] == {"done": 0, "failed": 0, "unknown": 0, "not_attempted": 3}
    assert lines[0]["digest"] == lines[1]["digest"]


def test_a_log_that_cannot_be_written_is_an_error(offline: Ringform) -> None:
    offline.write(MANIFEST)
    (offline.folder / "runs.log").mkdir()
    (offline.folder / "link.log").symlink_to("/proc/nothing/here")
    ended = offline("test", "--report", "log=link.log")
    assert (ended.code, "error[output-failed]: link.log cannot be written" in ended.err) == (1, True)


def test_the_failure_is_the_report(ringform: Ringform) -> None:
    ringform.write(WRONG)
    forms = ("json", "text", "sarif", "junit", "gitlab-terraform")
    ended = ringform("plan", *(word for form in forms for word in ("--report", f"{form}=a.{form}")))
    assert (ended.code, ringform.requests) == (1, [])
    written = {form: (ringform.folder / f"a.{form}").read_text("utf-8") for form in forms}
    run = json.loads(written["json"])
    assert (run["format"], run["exit_code"], len(run["diagnostics"])) == ("ringform.run/v1", 1, 2)
    assert written["text"].strip() in ended.err
    assert sarif(written["sarif"])["invocations"] == [{"executionSuccessful": False, "exitCode": 1}]
    assert ET.fromstring(written["junit"]).get("failures") == "1"
    assert json.loads(written["gitlab-terraform"]) == {"create": 0, "update": 0, "delete": 0}


def test_a_refused_apply_is_a_report_too(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    ended = ringform("apply", "--yes", "--report", "json=a.json", "--report", "github=a.txt")
    assert (ended.code, ringform.writes) == (3, [])
    document = json.loads((ringform.folder / "a.json").read_text("utf-8"))
    assert (document["complete"], document["summary"]["not_attempted"]) == (False, 3)
    assert "title=guardrail::failing-tests" in (ringform.folder / "a.txt").read_text("utf-8")
    allowed = ("--allow", "failing-tests", "--allow", "reject-in-opening-hours")
    ended = ringform("apply", "--yes", *allowed, "--report", "github=b.txt")
    assert ended.code == 0, ended
    assert "::notice" in (ringform.folder / "b.txt").read_text("utf-8")
