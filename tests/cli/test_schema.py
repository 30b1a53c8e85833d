"""``ringform schema``, and the copy of it that editors use."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from cli.harness import Ringform
from ringform.manifest.check import check_manifest
from ringform.providers.oneinbox.fields import InboundRouting, OneInboxNumber
from ringform.providers.oneinbox.provider import OneInbox
from ringform.providers.phone_inc.manifest.sections import Document
from ringform.providers.phone_inc.resources.contact import Contact
from ringform.providers.phone_inc.resources.main_number import MainNumber
from ringform.providers.shared.calendar import timezones
from ringform.providers.zendesk_talk.fields import ZendeskNumber, ZendeskSettings
from ringform.providers.zendesk_talk.provider import ZendeskTalk
from ringform.providers.zendesk_talk.purchase_entry import Purchase

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schemas" / "manifest.schema.json"
CHECKER = Path(sys.executable).parent / "check-jsonschema"
ZENDESK = 'version: 1\nprovider: zendesk-talk\nphone_numbers: {{"+15105550100": {{{}}}}}\n'
ONEINBOX = "version: 1\nprovider: oneinbox\nphone_numbers: {{3c90c3cc-0d44-4b50-8888-8dd25736052a: {{{}}}}}\n"
VALID = sorted(
    path
    for folder in (ROOT / "examples", ROOT / "tests" / "manifests" / "valid")
    for path in folder.rglob("[!.]*.y*ml")
)

NUMBER = 'version: 1\nmain_numbers: {{"+14155551234": {{{}}}}}\n'
INVALID = {
    "no-version": "main_numbers: {}\n",
    "version-2": "version: 2\n",
    "unknown-section": "version: 1\nmain_number: {}\n",
    "unknown-field": NUMBER.format("nam: Sales"),
    "name": NUMBER.format("name: Café"),
    "language": NUMBER.format("language: English"),
    "boolean": NUMBER.format("recording_enabled: perhaps"),
    "timeout": NUMBER.format("no_answer_timeout_secs: 25"),
    "not-clearable": NUMBER.format("incoming_call_config: null"),
    "type": NUMBER.format("no_answer_config: {type: Voicemail, greeting: Hi}"),
    "field-of-another-type": NUMBER.format("no_answer_config: {type: VoicemailConfig, message: Hi}"),
    "nobody-rings": NUMBER.format("no_answer_config: {type: TransferConfig, employee_ids: []}"),
    "twice": NUMBER.format("no_answer_config: {type: TransferConfig, employee_ids: [bea, bea]}"),
    "empty-text": NUMBER.format('no_answer_config: {type: VoicemailConfig, greeting: " "}'),
    "empty-menu": NUMBER.format("incoming_call_config: {type: PhoneMenuConfig, welcome: Hi, menu_options: []}"),
    "digit-0": NUMBER.format(
        "incoming_call_config: {type: PhoneMenuConfig, welcome: Hi,"
        " menu_options: [{digit: 0, action_type: VoicemailConfig, prompt: Hi}]}"
    ),
    "prompt-missing": NUMBER.format(
        "incoming_call_config: {type: PhoneMenuConfig, welcome: Hi,"
        " menu_options: [{digit: 1, action_type: PlayMessageConfig}]}"
    ),
    "day": NUMBER.format("opening_hours: {mon-fry: 09:00-17:00}"),
    "hours": NUMBER.format("opening_hours: {daily: 9 to 5}"),
    "six-days": NUMBER.format("opening_hours: [{day_of_week: 0, open: false}]"),
    "key-without-country-code": 'version: 1\ncontacts: {"20 12 34 56": {name: Bea}}\n',
    "absent-with-fields": 'version: 1\ncontacts: {"+4520123456": {absent: true, name: Bea}}\n',
    "absent-false": 'version: 1\ncontacts: {"+4520123456": {absent: false}}\n',
    "email": 'version: 1\ncontacts: {"+4520123456": {email: bea}}\n',
    "unlisted": "version: 1\nunlisted_contacts: drop\n",
    "employee": "version: 1\nemployees: {bea: {mail: bea@example.com}}\n",
    "provider": "version: 1\nprovider: phone.com\n",
    "section-of-another-provider": "version: 1\nprovider: oneinbox\nemployees: {}\n",
    "zendesk-read-only": ZENDESK.format("country_code: US"),
    "zendesk-retention": ZENDESK.format("settings: {call_recording_delete_after: 5.days}"),
    "zendesk-setting": ZENDESK.format("settings: {voicemial: true}"),
    "zendesk-line-type": ZENDESK.format("line_type: fax"),
    "zendesk-not-clearable": ZENDESK.format("recorded: null"),
    "zendesk-purchase": ZENDESK.format("purchase: {area_code: 510}"),
    "zendesk-country": ZENDESK.format("purchase: {country: USA}"),
    "zendesk-area-code": ZENDESK.format("purchase: {country: US, area_code: Oakland}"),
    "zendesk-contains": ZENDESK.format('purchase: {country: US, contains: "5 1"}'),
    "zendesk-priority": ZENDESK.format("priority: high"),
    "zendesk-alias": "version: 1\nprovider: zendesk-talk\ngroups: {support: Support}\n",
    "oneinbox-key": 'version: 1\nprovider: oneinbox\nphone_numbers: {"+15105550100": {}}\n',
    "oneinbox-not-clearable": ONEINBOX.format("agent_id: null"),
    "oneinbox-fallback": ONEINBOX.format("inbound_routing: {fallback: {agent: x}}"),
    "oneinbox-alias": "version: 1\nprovider: oneinbox\nagents: {reception: me}\n",
    "unlisted-without-any": "version: 1\nunlisted_contacts: delete\n",
    "timezone": NUMBER.format("timezone: Copenhagn"),
    "digit-twice": NUMBER.format(
        "incoming_call_config: {type: PhoneMenuConfig, welcome: Hi, menu_options: ["
        "{digit: 1, action_type: VoicemailConfig, prompt: Hi}, {digit: '1', action_type: VoicemailConfig, prompt: Ho}]}"
    ),
    "key-too-long": 'version: 1\ncontacts: {"+45 1234 5678 9012 3456": {name: Bea}}\n',
    "guardrail": "version: 1\nguardrails: {no-such: {percent: 10}}\n",
}
"""Manifests in which an editor alone should see what is wrong."""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return document


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(CHECKER), *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_copy_in_the_project_is_what_the_command_prints(offline: Ringform) -> None:
    ended = offline("schema", PHONE_INC_API_KEY="")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == SCHEMA.read_text("utf-8"), "run: ringform schema > schemas/manifest.schema.json"


def test_it_is_a_json_schema() -> None:
    ended = check("--check-metaschema", SCHEMA)
    assert ended.returncode == 0, ended.stdout


def test_examples_and_valid_manifests_pass() -> None:
    assert len(VALID) >= 5
    ended = check("--schemafile", SCHEMA, *VALID)
    assert ended.returncode == 0, ended.stdout


def test_what_an_editor_can_see_fails(tmp_path: Path) -> None:
    for name, text in INVALID.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    ended = check("--schemafile", SCHEMA, "--output-format", "json", *sorted(tmp_path.iterdir()))
    assert ended.returncode == 1
    result = json.loads(ended.stdout)
    assert result["parse_errors"] == []
    blamed = {Path(error["filename"]).stem for error in result["errors"]}
    assert set(INVALID) - blamed == set()


def test_the_schema_is_not_stricter_than_the_rules(tmp_path: Path) -> None:
    for name, text in INVALID.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, "utf-8")
        assert check_manifest([path]).manifest is None, name


PLACES: dict[type[BaseModel], str] = {
    MainNumber: NUMBER,
    Contact: 'version: 1\ncontacts: {{"+14155551234": {{{}}}}}\n',
    Document: "version: 1\n{}\n",
    ZendeskNumber: ZENDESK,
    ZendeskSettings: ZENDESK.replace("{}", "settings: {{{}}}"),
    Purchase: ZENDESK.replace("{}", "purchase: {{country: US, {}}}"),
    ZendeskTalk.document: "version: 1\nprovider: zendesk-talk\n{}\n",
    OneInboxNumber: ONEINBOX,
    InboundRouting: ONEINBOX.replace("{}", "inbound_routing: {{{}}}"),
    OneInbox.document: "version: 1\nprovider: oneinbox\n{}\n",
}
"""Where the fields of a model stand in a manifest."""


def test_the_schema_and_the_rules_agree_on_what_can_be_cleared(schema: dict[str, Any], tmp_path: Path) -> None:
    jsonschema = importlib.import_module("jsonschema")  # which has no types
    validator = jsonschema.Draft202012Validator(schema)
    path = tmp_path / "ringform.yaml"
    odd = []
    for model, text in PLACES.items():
        for name in model.model_fields.keys() - {"version", "provider", "country"}:
            for value in ("null", "{type: null}") if model is MainNumber else ("null",):
                path.write_text(text.format(f"{name}: {value}"), "utf-8")
                is_valid = check_manifest([path]).manifest is not None
                if validator.is_valid(yaml.safe_load(path.read_text("utf-8"))) is not is_valid:
                    odd.append(f"{model.__name__}.{name}: {value}")
    assert odd == []


def properties(node: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property at every level, with its place."""
    if isinstance(node, dict):
        for name, inner in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            yield f"{path}.{name}", inner
        for key, inner in node.items():
            # What stands below "if" and "contains" only tells cases apart.
            if key not in ("if", "contains", "examples", "enum"):
                yield from properties(inner, f"{path}.{key}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from properties(inner, f"{path}[{number}]")


def documents(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The schema of a whole file, by provider."""
    found: dict[str, dict[str, Any]] = {}
    case = schema
    while "if" in case:
        found[case["if"]["properties"]["provider"]["const"]] = case["then"]
        case = case["else"]
    return {**found, "phone.inc": case}


def values(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema that a value may have to meet, unions taken apart."""
    unions = [inner for key in ("anyOf", "oneOf") for inner in node.get(key, ())]
    if not unions:
        yield node
    for inner in unions:
        yield from values(inner)


def test_every_property_says_what_it_is(schema: dict[str, Any]) -> None:
    found = dict(properties(schema, "$"))
    assert len(found) > 60
    silent = [place for place, inner in found.items() if not re.search(r"\w{3}.*\.\Z", inner.get("description", ""))]
    assert silent == []


def test_every_text_has_a_form_or_an_example(schema: dict[str, Any]) -> None:
    told = {"const", "enum", "pattern", "format", "examples"}
    untold = [
        place
        for place, inner in properties(schema, "$")
        if not told & inner.keys()
        for value in values(inner)
        if "string" in value.get("type", ()) and not told & value.keys()
    ]
    assert untold == []


def test_every_mapping_of_fields_knows_all_of_them(schema: dict[str, Any]) -> None:
    assert schema["required"] == ["version"]
    assert set(documents(schema)) == {"phone.inc", "zendesk-talk", "oneinbox"}
    models = [name for name, inner in schema["$defs"].items() if "properties" in inner]
    assert len(models) > 20
    assert [name for name in models if schema["$defs"][name].get("additionalProperties") is not False] == []


def test_there_is_no_noise(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    assert text.count('"title"') == 1
    assert '"discriminator"' not in text
    assert re.findall(r'"default": [^,}]*', text) == ['"default": "phone.inc"', '"default": "keep"']


def test_every_pattern_has_a_message_for_people(schema: dict[str, Any]) -> None:
    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            if isinstance(node.get("pattern"), str):
                yield node
            node = list(node.values())
        for inner in node if isinstance(node, list) else ():
            yield from walk(inner)

    assert [node["pattern"] for node in walk(schema) if "patternErrorMessage" not in node] == []


def test_a_union_offers_all_its_types_and_one_case_for_each(schema: dict[str, Any]) -> None:
    types = ["WelcomeTransferConfig", "TransferConfig", "RejectConfig", "VoicemailConfig", "PhoneMenuConfig"]
    slot = schema["$defs"]["MainNumber"]["properties"]["no_answer_config"]
    assert slot["type"] == ["object", "null"]
    assert slot["properties"]["type"]["enum"] == [*types, None]
    assert len(slot["properties"]["type"]["markdownEnumDescriptions"]) == len(types)
    (*cases, cleared) = slot["allOf"]
    assert [case["if"]["properties"]["type"]["const"] for case in cases] == types
    models = [schema["$defs"][case["then"]["$ref"].rpartition("/")[2]] for case in cases]
    assert [model["properties"]["type"]["const"] for model in models] == types
    assert cleared["then"] == {"maxProperties": 1}


def test_guardrails_with_a_limit_are_named_with_what_they_stop(schema: dict[str, Any]) -> None:
    limits = schema["$defs"]["Document"]["properties"]["guardrails"]["properties"]
    assert limits["mass-deletion"]["$ref"] == "#/$defs/LimitSetting"
    assert limits["mass-deletion"]["description"].startswith("Deleting many objects at once")
    assert "protected" not in limits


def test_time_zones_are_all_that_the_rules_take(schema: dict[str, Any]) -> None:
    zone = schema["$defs"]["Timezone"]
    (_, offered) = zone["anyOf"]
    assert {"Copenhagen", "Europe/Copenhagen", "Etc/GMT+1", "US/Central"} <= set(offered["enum"])
    assert "Central" not in offered["enum"]
    assert [name for name in offered["enum"] if not re.search(zone["pattern"], name)] == []
    assert [name for name in offered["enum"] if timezones.normal(name) not in offered["enum"]] == []
