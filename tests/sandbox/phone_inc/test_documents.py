"""The documents' example requests give the documents' example responses.

In data/documents.json, "..." stands for anything where the documents write it or a time is involved. "bare"
examples start from a number without fallback flows, as the documents' do.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import httpx
import pytest

from ringform.sandbox.phone_inc.example import SALES
from ringform.sandbox.server import Sandbox

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "documents.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, sandbox: Sandbox, api: httpx.Client) -> None:
    example = EXAMPLES[name]
    account = sandbox.account
    contact_id = next(iter(account.contacts))
    if example.get("bare"):
        account.edit_main_number(
            SALES, outside_opening_hours_config=None, no_answer_config=None, no_answer_timeout_secs=None
        )
    if example.get("no_contacts"):
        account.contacts.clear()
    if example.get("bridged"):
        call = account.calls["0193f4ba-1234-7c00-9e3d-2b2b8a7f1c11"]
        call.state = "bridged"
        call.duration = call.summary = call.transcription = call.transcription_segments = None

    path = example["path"].replace("01JVWX...", contact_id)
    response = api.request(example["method"], path, json=example.get("request"))

    assert response.status_code == example["status"]
    if "response" in example:
        assert response.headers["content-type"] == "application/json"
        assert_like(response.json(), example["response"])
    else:
        assert response.content == b""


def assert_like(actual: Any, expected: Any) -> None:
    if isinstance(expected, dict):
        assert list(actual) == list(expected)
        for key in expected:
            assert_like(actual[key], expected[key])
    elif isinstance(expected, list):
        assert len(actual) == len(expected)
        for one, other in zip(actual, expected, strict=True):
            assert_like(one, other)
    elif isinstance(expected, str) and "..." in expected:
        assert fnmatchcase(str(actual), expected.replace("...", "*"))
    else:
        assert actual == expected
        assert type(actual) is type(expected)
