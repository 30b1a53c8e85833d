"""The document's example request gives the document's example response.

In data/oneinbox.json both are the document's, word for word; "<string>" stands for any text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ringform.sandbox.oneinbox.example import AGENT, FRONT_DESK, SPARE

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "oneinbox.json").read_text(encoding="utf-8"))
EXAMPLE = EXAMPLES["Update Phone Number"]
TIMES = ("created_at", "updated_at")


@pytest.mark.parametrize("phone_id", [FRONT_DESK, SPARE])
def test_example(inbox: httpx.Client, phone_id: str) -> None:
    before = inbox.get(f"/phone-numbers/{phone_id}").json()
    path = EXAMPLE["path"].format(phone_id=phone_id)

    response = inbox.request(EXAMPLE["method"], path, json=EXAMPLE["request"])

    assert response.status_code == EXAMPLE["status"]
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert_like(answer, EXAMPLE["response"], before)
    assert {name: answer[name] for name in EXAMPLE["request"]} == EXAMPLE["request"]
    assert answer["agent_id"] == AGENT
    assert inbox.get(path).json() == answer


def assert_like(actual: Any, expected: Any, before: dict[str, Any]) -> None:
    assert list(actual) == list(expected)
    for name, value in expected.items():
        if isinstance(value, dict):
            assert_like(actual[name], value, {})
        else:
            # What the document marks as nullable is null in one of the numbers.
            assert isinstance(actual[name], str) or (actual[name] is None and name.endswith(("trunk_id", "rule_id")))
    assert all(actual[name].endswith("Z") for name in TIMES if name in actual)
    assert before.get("created_at") == actual.get("created_at")
