"""What ``ringform validate`` says of manifests that are allowed and surely not meant: whole outputs, as NAME.txt.

``RINGFORM_REWRITE_GOLDEN=1`` writes the expected outputs anew: read the diff.
"""

from __future__ import annotations

import ast
import json
from importlib import import_module
from pathlib import Path

import golden
import pytest

from ringform import api
from ringform.callflow.lint.rules import RULES
from ringform.cli.app import main
from ringform.model.diagnostic import Severity
from ringform.providers.facets import HasWarnings
from ringform.providers.phone_inc.provider import PhoneInc
from ringform.providers.zendesk_talk.provider import ZendeskTalk

FOLDER = Path(__file__).parent / "manifests" / "lint"
PACKAGE = Path(__file__).parent.parent / "src" / "ringform"
CASES = sorted(path.name for path in FOLDER.glob("*.yaml"))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("NO_COLOR", "1")


def validate(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["validate", *arguments])
    assert isinstance(ended.value.code, int)
    return ended.value.code


def codes(path: Path) -> list[str]:
    return [each.code for each in api.check([path]).diagnostics]


@pytest.mark.parametrize("name", CASES)
def test_what_is_found_is_told_in_these_words(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate(name) == 0
    golden.check(FOLDER / f"{Path(name).stem}.txt", capsys.readouterr().out)


def test_every_rule_has_a_manifest_that_breaks_it_and_no_other() -> None:
    for rule in RULES:
        assert set(codes(Path(f"{rule.code}.yaml"))) == {rule.code}, rule.sentence
        severities = {each.severity for each in api.check([f"{rule.code}.yaml"]).diagnostics}
        assert severities == {rule.severity}


def test_strict_fails_on_warnings_and_not_on_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert validate("--strict", "same-name.yaml") == 1
    assert "Valid, but not by --strict: 3 objects in 1 file, 1 warning." in capsys.readouterr().out
    assert validate("--strict", "--format", "json", "same-name.yaml") == 1
    assert json.loads(capsys.readouterr().out)["valid"] is True
    assert validate("--strict", "one-key-menu.yaml") == 0


def test_an_error_is_not_ignored_and_warnings_beside_it_are(tmp_path: Path) -> None:
    path = tmp_path / "ringform.yaml"
    lines = [
        "version: 1",
        "main_numbers:",
        '  "+14155551234":',
        "    no_answer_timeout_secs: 30",
        "    no_answer_config: null",
    ]
    lines += ['  "+14155551235":', "    nam: x"]
    path.write_text("\n".join(lines), "utf-8")
    assert codes(path) == ["timer-without-flow", "unknown-field"]
    lines[3] += " # ringform: ignore=timer-without-flow, long-text"
    lines[6] += " # ringform: ignore=unknown-field"
    path.write_text("\n".join(lines), "utf-8")
    assert codes(path) == ["unknown-field"], "and which comments are of no use is not said before the errors are gone"


def test_what_loading_counts_is_what_validate_shows() -> None:
    for name in CASES:
        assert api.load([name]).diagnostics == api.check([name]).diagnostics


def warnings_of(path: Path) -> set[str]:
    """The codes that a module gives out as warnings or notes about a line of a manifest, from its syntax tree."""
    # The warnings of the first have no line, and those of the second are about comments that silence others.
    takes_code = {"Problem": 1} if path.stem in {"exporting", "suppressions"} else {"Problem": 1, "Diagnostic": 0}
    found = set()
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        position = takes_code.get(getattr(call.func, "id", ""))
        if position is not None and any(
            ast.unparse(each) in ("Severity.WARNING", "Severity.INFO")
            for each in (*call.args, *(keyword.value for keyword in call.keywords))
        ):
            code = call.args[position]
            assert isinstance(code, ast.Constant)
            found.add(str(code.value))
    return found


def test_every_warning_about_a_line_of_a_manifest_can_be_ignored() -> None:
    known = PhoneInc().warning_codes | ZendeskTalk().warning_codes
    for path in [*(PACKAGE / "providers").rglob("*.py"), *(PACKAGE / "manifest").rglob("*.py")]:
        name = ".".join(("ringform", *path.relative_to(PACKAGE).with_suffix("").parts))
        if codes := warnings_of(path):
            assert codes == import_module(name).WARNINGS, name
            assert path.parent == PACKAGE / "manifest" or codes <= known, name
    assert isinstance(PhoneInc(), HasWarnings)


def test_no_rule_makes_an_error() -> None:
    assert {rule.severity for rule in RULES} <= {Severity.WARNING, Severity.INFO}
