"""A vendor's own guardrails with a limit: ``validate`` takes another one, and the JSON Schema lists the name."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date

from ringform.model.guardrail import Limit
from ringform.planning.guardrails import Guardrail
from ringform.providers.shared.number_manifest import NumberManifest
from ringform.providers.zendesk_talk.document import MANIFEST

OWN = Guardrail("many-purchases", "Buying many numbers at once.", lambda *_: (), Limit(3, 10))
VENDOR = replace(MANIFEST, guardrails=(OWN,))
DOCUMENT = {"version": 1, "provider": "zendesk-talk", "guardrails": {"many-purchases": {"at_least": 9}}}


def is_in_schema(manifest: NumberManifest) -> bool:
    jsonschema = importlib.import_module("jsonschema")  # which has no types
    return bool(jsonschema.Draft202012Validator(manifest.document.model_json_schema()).is_valid(DOCUMENT))


def test_a_vendors_own_limit_is_read_and_in_the_schema() -> None:
    parsed = VENDOR.parse(DOCUMENT, date(2026, 11, 25))
    assert (parsed.problems, parsed.policy.limits) == ([], {"many-purchases": Limit(9, 10)})
    assert is_in_schema(VENDOR)


def test_a_limit_of_another_vendor_is_refused_by_both() -> None:
    assert [problem.code for problem in MANIFEST.parse(DOCUMENT, date(2026, 11, 25)).problems] == ["unknown-guardrail"]
    assert not is_in_schema(MANIFEST)
