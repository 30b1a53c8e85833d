"""``ringform validate``: offline, every mistake at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.harness import Ringform, golden, golden_json

MANIFESTS = Path(__file__).parent / "manifests"


@pytest.fixture
def offline(offline: Ringform) -> Ringform:
    """A base URL at which nothing answers and no key: validate must not want either."""
    offline.environment |= {"PHONE_INC_BASE_URL": "http://127.0.0.1:9", "PHONE_INC_API_KEY": ""}
    return offline


def test_many_warnings_of_one_code_are_shown_once(offline: Ringform) -> None:
    numbers = "".join(
        f'  "+45700000{at:02}": {{no_answer_config: {{type: RejectConfig, message: Bye bye.}}}}\n' for at in range(12)
    )
    offline.write(f"version: 1\nmain_numbers:\n{numbers}")
    short, every = offline("validate"), offline("validate", "--verbose")
    assert (short.code, every.code) == (0, 0)
    as_json = json.loads(offline("validate", "--format", "json").out)["diagnostics"]
    assert every.out.count("warning[") == len(as_json) > 10
    golden("validate-many-warnings", ("ringform validate", short))


def test_a_valid_manifest(offline: Ringform) -> None:
    offline.write((MANIFESTS / "everything.yaml").read_text("utf-8"))
    text, as_json = offline("validate"), offline("validate", "--format", "json")
    assert (text.code, as_json.code) == (0, 0)
    golden("validate-valid", ("ringform validate", text))
    golden_json("validate-valid", as_json)


def test_every_mistake_with_its_place_and_what_to_do(offline: Ringform) -> None:
    offline.write((MANIFESTS / "invalid.yaml").read_text("utf-8"))
    text, as_json = offline("validate"), offline("validate", "--format", "json")
    assert (text.code, as_json.code) == (1, 1)
    golden("validate-invalid", ("ringform validate", text))
    golden_json("validate-invalid", as_json)


def test_a_warning_is_no_error(offline: Ringform) -> None:
    offline.write((MANIFESTS / "warnings.yaml").read_text("utf-8"))
    ended = offline("validate")
    assert ended.code == 0
    golden("validate-warning", ("ringform validate", ended))


def test_files_and_folders_make_one_manifest(offline: Ringform) -> None:
    number = 'version: 1\nmain_numbers: {{"{}": {{name: "{{{{ word }}}} {}"}}}}\n'
    offline.write(number.format("+14155551234", "A"), "ringform/a.yaml")
    offline.write(number.format("+14155555678", "B"), "ringform/more/b.yml")
    offline.write("word: Given\n", "words.yaml")
    by_default = offline("validate", "--var", "word=Sales")
    named = offline("validate", "ringform/a.yaml", "ringform/more", "--var-file", "words.yaml")
    assert (by_default.code, by_default.out) == (0, "Valid: 2 objects in 2 files.\n")
    assert (named.code, named.out) == (0, by_default.out)


def test_nothing_to_check(offline: Ringform) -> None:
    missing = offline("validate", "nowhere.yaml")
    nothing = offline("validate")
    assert (missing.code, nothing.code) == (1, 1)
    golden("validate-nothing", ("ringform validate nowhere.yaml", missing), ("ringform validate", nothing))


def test_what_could_act_on_a_terminal_is_escaped(offline: Ringform) -> None:
    hostile = 'version: 1\nmain_numbers:\n  "+14155551234": {"n\u202eame\u0085": "a\\e[2Jb", nome: x}\n'
    offline.write(hostile.replace("\u0085", ""), "an\u202e\x1b[2Jfile.yaml")
    ended = offline("validate", "an\u202e\x1b[2Jfile.yaml")
    assert ended.code == 1
    assert not {"\x1b", "\u202e"} & set(ended.out + ended.err)
    as_json = offline("validate", "an\u202e\x1b[2Jfile.yaml", "--format", "json")
    assert as_json.out.isascii()
    assert "\x1b" not in as_json.out
    assert json.loads(as_json.out)["files"] == ["an\u202e\x1b[2Jfile.yaml"]
    golden("validate-hostile", ("ringform validate", ended))
