"""The document's example requests give the document's example responses.

In data/zendesk_talk.json a "response" is the document's, word for word. Its examples of one number differ in places:
"given" first sets that number's fields to those of the example. An example leaves out properties that the "JSON
format" lists, so an answer may have more of them, but only such. A "shape" is that of the answer, with other values.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ringform.sandbox.server import Sandbox
from ringform.sandbox.zendesk_talk.account import PhoneNumber

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "zendesk_talk.json").read_text(encoding="utf-8"))
PROPERTIES = {*PhoneNumber.__dataclass_fields__, "name"} - {"settings"}
INCLUDES = {"settings", "ivrs", "all_groups", "all_schedules", "all_greetings"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str, sandbox: Sandbox, talk: httpx.Client) -> None:
    example = EXAMPLES[name]
    for key, changes in example.get("given", {}).items():
        sandbox.zendesk.edit_phone_number(int(key), **changes)
    for key in example.get("without", []):
        del sandbox.zendesk.phone_numbers[key]

    response = talk.request(example["method"], example["path"], json=example.get("request"))

    assert response.status_code == example["status"]
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    if "response" in example:
        if "phone_number" in answer:
            children = INCLUDES & answer["phone_number"].keys()
            assert children == set(example.get("children", []))
            for child in children:
                assert answer["phone_number"].pop(child)
        assert_holds(answer[example["within"]] if "within" in example else answer, example["response"])
    if "shape" in example:
        assert example["shape"]["phone_number"].keys() <= answer["phone_number"].keys()
    if "numbers" in example:
        found = answer["phone_numbers"] if "phone_numbers" in answer else [answer["phone_number"]]
        assert [number["number"] for number in found] == example["numbers"]


def assert_holds(actual: Any, expected: Any) -> None:
    if isinstance(expected, dict):
        more = actual.keys() - expected.keys()
        # A number that is for sale has exactly what the example has.
        assert more <= PROPERTIES if "id" in expected else not more
        for key in expected:
            assert_holds(actual[key], expected[key])
    elif isinstance(expected, list):
        assert len(actual) == len(expected)
        for one, other in zip(actual, expected, strict=True):
            assert_holds(one, other)
    else:
        assert actual == expected
        assert type(actual) is type(expected)
