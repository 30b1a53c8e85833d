"""The JSON Schema as editors use it: through yaml-language-server, by what it underlines, offers and shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from real.language_server import HERE, LanguageServer, started
from real.tools import need

pytestmark = pytest.mark.real

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schemas" / "manifest.schema.json"
MANIFESTS = ROOT / "tests" / "manifests"

MOST_MISSED = 54
"""Invalid manifests in which the language server sees nothing wrong. It may fall, and then this number falls with it.

What is left takes more than a schema knows: names that stand elsewhere in the file or in another one, templates,
arithmetic with times, and which countries there are.
"""

SKIPPED = {"yaml-alias-cycle.yaml"}
"""The server's own stack overflows, of which it says something only now and then."""

NUMBER = 'version: 1\nmain_numbers:\n  "+14155551234":\n    '
FLOWS = ["WelcomeTransferConfig", "TransferConfig", "RejectConfig", "VoicemailConfig", "PhoneMenuConfig"]
LIMITED = ["mass-deletion", "most-changed", "empty-account"]


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    with started(need("yaml-language-server"), SCHEMA) as server:
        yield server


def labels(editor: LanguageServer, text: str) -> list[str]:
    return [each.label for each in editor.completions(text)]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (f"version: 1\nguardrails:\n  m{HERE}", LIMITED),
        (f"version: 1\nguardrails: {{m{HERE}}}", LIMITED),
        (f"version: 1\nguardrails:\n  {HERE}\ncontacts: {{}}\n", LIMITED),
        (f"version: 1\nguardrails:\n  mass-deletion:\n    {HERE}", ["at_least", "percent"]),
        (f"{NUMBER}incoming_call_config:\n      type: {HERE}", FLOWS),
        (f"{NUMBER}incoming_call_config: {{type: {HERE}}}", FLOWS),
        (f"{NUMBER}no_answer_config: {{type: {HERE}}}", [*FLOWS, "null"]),
        (f"{NUMBER}no_answer_config:\n      type: {HERE}", [*FLOWS, "null"]),
        (
            f"{NUMBER}incoming_call_config:\n      type: PhoneMenuConfig\n      menu_options:\n"
            f"        - {{digit: 1, action_type: {HERE}}}",
            ["TransferConfig", "WelcomeTransferConfig", "VoicemailConfig", "PlayMessageConfig"],
        ),
        (f"version: 1\nprovider: {HERE}", ["phone.inc", "zendesk-talk", "oneinbox"]),
    ],
)
def test_an_editor_offers_exactly_this(editor: LanguageServer, text: str, offered: list[str]) -> None:
    assert sorted(labels(editor, text)) == sorted(offered)


def test_an_editor_offers_the_fields_of_the_chosen_flow_alone(editor: LanguageServer) -> None:
    offered = labels(editor, f"{NUMBER}no_answer_config:\n      type: VoicemailConfig\n      {HERE}")
    assert "greeting" in offered
    assert not {"welcome", "message", "employee_ids", "menu_options"} & set(offered)


def test_an_editor_offers_every_field_of_a_number(editor: LanguageServer) -> None:
    assert {"name", "timezone", "opening_hours", "protect"} <= set(labels(editor, f"{NUMBER}{HERE}"))


@pytest.mark.parametrize("typed", ["", "Cop"])
def test_an_editor_offers_time_zones_by_city_and_in_full(editor: LanguageServer, typed: str) -> None:
    offered = labels(editor, f"{NUMBER}timezone: {typed}{HERE}")
    assert {"Copenhagen", "Europe/Copenhagen", "New_York", "US/Central"} <= set(offered)
    assert len(offered) == len(set(offered)) > 1000


def test_what_an_editor_writes_for_an_example_is_yaml(editor: LanguageServer) -> None:
    written = {each.label: each.written for each in editor.completions(f"{NUMBER}{HERE}")}
    assert written["closures"] == "closures: \n  - ${1:2026-12-24}\n  - ${2:12-31}\n"
    assert [label for label, text in written.items() if "[object" in text] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{NUMBER}incoming_call_config: {{type: PhoneMenu, welcome: Hi}}\n",
            [(4, "Value is not accepted. Valid values: " + ", ".join(map(json.dumps, FLOWS)) + ".")],
        ),
        (
            f"{NUMBER}incoming_call_config:\n      type: RejectConfig\n      greeting: Hi\n",
            [(4, 'Missing property "message".'), (6, "Property greeting is not allowed.")],
        ),
        (f"{NUMBER}no_answer_config: {{}}\n", [(4, 'Missing property "type".')]),
        (f"{NUMBER}no_answer_config: {{type: null}}\n", []),
        (f"{NUMBER}no_answer_config: null\n", []),
        (f"{NUMBER}no_answer_config: {{type: VoicemailConfig, greeting: 2026}}\n", []),
        (f"{NUMBER}name: 2026\n", []),
        (
            f"{NUMBER}timezone: Copenhagn\n",
            [(4, "Write a city, such as Copenhagen, or a full name, such as Europe/Copenhagen.")],
        ),
        (f"{NUMBER}timezone: '{{{{ zone }}}}'\n", []),
        (
            f"{NUMBER}incoming_call_config:\n      type: PhoneMenuConfig\n      welcome: Hi\n      menu_options:\n"
            "        - {digit: 2, action_type: VoicemailConfig, prompt: Hi}\n"
            '        - {digit: "2", action_type: VoicemailConfig, prompt: Ho}\n',
            [(8, "Key 2 is used twice in this menu.")],
        ),
        ("version: 1\nguardrails: {mass-deleting: {percent: 10}}\n", [(2, "Property mass-deleting is not allowed.")]),
        ("version: 1\nunlisted_contacts: delete\n", [(1, 'Missing property "contacts".')]),
    ],
)
def test_an_editor_says_this_of_a_manifest(editor: LanguageServer, text: str, expected: list[tuple[int, str]]) -> None:
    assert editor.diagnostics(text) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{NUMBER}time{HERE}zone: Copenhagen", "The zone in which the opening hours are read"),
        (f"{NUMBER}no_answer_config: {{type: Voice{HERE}mailConfig, greeting: Hi}}", "record a voicemail"),
        (f"version: 1\nguardrails:\n  mass-del{HERE}etion: {{percent: 10}}", "Deleting many objects at once"),
    ],
)
def test_an_editor_explains_what_the_pointer_is_over(editor: LanguageServer, text: str, shown: str) -> None:
    hover = editor.hover(text)
    assert shown in hover
    assert len(hover) < 1000, "an editor shows all of it"


def test_an_editor_underlines_nothing_in_what_is_valid(editor: LanguageServer) -> None:
    files = [path for folder in (ROOT / "examples", MANIFESTS / "valid") for path in sorted(folder.rglob("[!.]*.y*ml"))]
    assert len(files) > 25
    found = editor.diagnostics_of({path.as_uri(): path.read_text("utf-8") for path in files})
    assert {uri: diagnostics for uri, diagnostics in found.items() if diagnostics} == {}


def test_invalid_manifests_that_an_editor_misses_become_no_more(editor: LanguageServer) -> None:
    folder = MANIFESTS / "invalid"
    cases = {path.name for path in folder.iterdir() if path.name not in SKIPPED and path.suffix != ".txt"}
    files = [path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml", ".json"}]
    # Each as a .yaml file, which the schema is for.
    texts = {f"file:///{path.relative_to(folder)}.yaml": path.read_text("utf-8") for path in files}
    found = editor.diagnostics_of(texts)
    seen = {str(path.relative_to(folder)) for path in files if found[f"file:///{path.relative_to(folder)}.yaml"]}
    missed = cases - {name.partition("/")[0] for name in seen}
    assert len(cases) > 200
    assert len(missed) == MOST_MISSED, sorted(missed)
