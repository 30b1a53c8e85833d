"""Every example is valid, can be planned and applied against a sandbox, and is then what the account holds."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cli.harness import KEY, Ringform, sandbox_for_all, settings_for

from ringform.sandbox.server import Sandbox

EXAMPLES = Path(__file__).parent.parent / "examples"
AS_OF = ("--as-of", "2026-11-16")
"""A day on which the dates of the examples make no difference to their weeks."""
EVERY_NAME = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())
ALLOWED = {"zendesk-talk": ["purchase"]}
"""The guardrails that an example is meant to meet."""


def test_there_are_the_examples_that_the_readme_names() -> None:
    assert EVERY_NAME == ["company", "oneinbox", "partial", "quickstart", "zendesk-talk"]


@pytest.mark.parametrize("name", EVERY_NAME)
def test_it_is_planned_and_applied_and_then_true(name: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / name, tmp_path / "ringform")
    account = tmp_path / "ringform" / "account.json"
    state = account.rename(tmp_path / "account.json") if account.exists() else None
    allowed = ALLOWED.get(name, [])
    with sandbox_for_all(state=state) as sandbox:
        ringform = Ringform(tmp_path, sandbox, settings_for(sandbox).get(name))
        valid = ringform("validate", *AS_OF)
        assert valid.code == 0, valid.out
        assert "warning" not in valid.out, "an example is exemplary"
        plan = json.loads(ringform("plan", "--format", "json", *AS_OF).out)
        assert plan["summary"]["calls"] > 0, "an example shows a change"
        assert [each["name"] for each in plan["guardrails"]] == allowed, "an example can be applied as it is"
        applied = ringform("apply", "--yes", *AS_OF, *(text for each in allowed for text in ("--allow", each)))
        assert applied.code == 0, applied.err
        assert ringform("drift", *AS_OF).code == 0


def test_every_file_is_in_the_layout_of_fmt(tmp_path: Path) -> None:
    checked = Ringform(tmp_path)("fmt", "--check", str(EXAMPLES))
    assert (checked.code, "in shape" in checked.out, checked.err) == (0, True, ""), checked.out


def test_the_company_is_a_real_one() -> None:
    texts = [path.read_text("utf-8") for path in sorted((EXAMPLES / "company").rglob("*.yaml"))]
    everything = "\n".join(texts)
    assert len(texts) >= 4
    assert len(set(re.findall(r'^  "(\+[0-9 ]+)":$', everything, re.MULTILINE))) >= 8
    for feature in (
        "ring_groups",
        "PhoneMenuConfig",
        "outside_opening_hours_config",
        "no_answer_config",
        "defaults",
        "rotation",
        "closures",
        "special_hours",
        "holidays",
    ):
        assert feature in everything


def test_the_routing_tests_of_the_company_pass_and_name_what_breaks(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "company", tmp_path / "ringform")
    ringform = Ringform(tmp_path)
    assert ringform("test", *AS_OF).code == 0
    numbers = tmp_path / "ringform" / "numbers" / "denmark.yaml"
    whole = numbers.read_text("utf-8")
    for key, named in (("1", "sales on key 1"), ("3", "the workshop is on key 3"), ("9", "on key 9")):
        numbers.write_text(whole.replace(f'digit: "{key}"', 'digit: "8"', 1), "utf-8")
        broken = ringform("test", *AS_OF)
        assert (broken.code, named in broken.out) == (2, True), broken.out


def test_partial_manages_two_fields_of_one_number() -> None:
    with Sandbox(key=KEY) as sandbox:
        ringform = Ringform(EXAMPLES / "partial", sandbox)
        plan = json.loads(ringform("plan", "--format", "json", *AS_OF).out)
    (change,) = plan["changes"]
    assert len({field["path"].split(".")[0] for field in change["fields"]}) == 2
