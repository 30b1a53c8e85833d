"""docs/safety.md names tests and guardrails; each must exist, and each guardrail must be named."""

from __future__ import annotations

import re
from pathlib import Path

from ringform.planning.vendor import guardrails_of
from ringform.providers import registry

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "safety.md").read_text("utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    defined = {
        name
        for folder in ("tests", "src/ringform/testing")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"^ *def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 30
    assert named <= defined, named - defined


def test_every_promise_has_a_test() -> None:
    table = PAGE.partition("## What is promised")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ") and "what is promised" not in line]
    assert rows
    assert all("`test_" in row[2] for row in rows)


def test_every_guardrail_is_explained_with_its_limit() -> None:
    table = PAGE.partition("## Guardrails")[2].partition("\n## ")[0]
    rows = {row.split("|")[1].strip(" `"): row for row in table.splitlines() if row.startswith("| `")}
    rules = {rule.name: rule for rule in guardrails_of(*map(registry.provider, registry.NAMES))}
    assert rows.keys() == rules.keys()
    for name, rule in rules.items():
        if rule.limit:
            assert f"at_least: {rule.limit.least}`" in rows[name]
            assert not rule.limit.percent or f"percent: {rule.limit.percent:g}`" in rows[name]
