"""What a plan costs: how often it reads the document, resolves references and asks for the calls of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from support.reads import Answers

from ringform.manifest.check import check_manifest
from ringform.manifest.writing import to_yaml
from ringform.model.address import Address
from ringform.model.change import Call
from ringform.model.desired import Reference, Scope
from ringform.model.diagnostic import Diagnostic
from ringform.model.snapshot import Resource, Snapshot
from ringform.model.values import Fields
from ringform.operations.plan import plan
from ringform.providers import registry
from ringform.providers.phone_inc.manifest.parsed import PhoneIncDocument
from ringform.providers.phone_inc.provider import PhoneInc

NUMBER, ID = "+14155551234", "0193f4a9-7c34-7c00-9e3d-2b2b8a7f1c01"
BEA, DAN, EVA = (f"019daef1-085e-7000-aaaa-00000000000{number}" for number in (1, 2, 3))
DAYS = [{"day_of_week": day, "open": True, "opening_at": "09:00", "closing_at": "17:00"} for day in range(7)]
ACCOUNT = {
    "/main_numbers": {"main_numbers": [{"id": ID, "number": NUMBER}]},
    f"/main_numbers/{ID}": {
        "id": ID,
        "number": NUMBER,
        "name": "Sales",
        "timezone": "Copenhagen",
        "language": "da",
        "recording_enabled": False,
        "incoming_call_config": {"type": "TransferConfig", "employee_ids": [EVA]},
        "outside_opening_hours_config": {"type": "RejectConfig", "message": "We are closed."},
        "no_answer_config": None,
        "no_answer_timeout_secs": None,
        "opening_hours": DAYS,
    },
    "/employees": {
        "employees": [
            {"id": BEA, "name": "Bea Jensen", "email": "bea@example.com"},
            {"id": DAN, "name": "Dan Holm", "email": "dan@example.com"},
        ]
    },
}
SHIFTS = {"every": "1 week", "start": "2026-11-23", "handover": "mon 09:00", "members": ["bea", "dan"]}
MANIFEST = {
    "version": 1,
    "employees": {name: {"email": f"{name}@example.com"} for name in ("bea", "dan")},
    "ring_groups": {"on_call": {"rotation": SHIFTS}},
    "closures": ["2026-12-24"],
    "main_numbers": {
        NUMBER: {
            "timezone": "Copenhagen",
            "protect": True,
            "incoming_call_config": {"type": "TransferConfig", "employee_ids": ["on_call"]},
            "opening_hours": {"daily": "09:00-17:00"},
        }
    },
    "tests": [
        {
            "name": f"on {day}",
            "call": {"to": NUMBER, "at": f"{day} 10:00"},
            "expect": {"rings": ["on_call"]} if day != "2026-12-24" else {"ends": "hangup"},
        }
        for day in ("wed", "2026-12-01", "2026-12-09", "2026-12-24")
    ],
}


class Counting(PhoneInc):
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def parse(self, manifest: Mapping[str, object], today: date) -> PhoneIncDocument:
        self.counts["parse"] += 1
        return super().parse(manifest, today)

    def resolve_references(
        self, references: Sequence[Reference], live: Snapshot
    ) -> tuple[dict[str, str], list[Diagnostic]]:
        self.counts["resolve"] += 1
        return super().resolve_references(references, live)

    def calls(self, live: Resource | None, address: Address, goal: Fields | None) -> Sequence[Call]:
        self.counts["calls"] += 1
        return super().calls(live, address, goal)


def test_a_dated_number_with_routing_tests_is_read_resolved_and_planned_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = Counting()
    monkeypatch.setattr(registry, "provider", lambda name: provider)
    path = tmp_path / "ringform.yaml"
    path.write_text(to_yaml(MANIFEST), "utf-8")
    manifest = check_manifest([path], as_of=datetime(2026, 12, 2, 12)).valid()
    [part] = manifest.parts
    live = provider.observe(Answers(ACCOUNT), Scope.of(part.desired))
    made = plan(manifest, {provider.name: live})
    [change] = made.changes
    assert [(each.path, each.after) for each in change.fields] == [(("incoming_call_config", "employee_ids"), [DAN])]
    # Where a guardrail stands in the way, earlier days are asked for; no test fails.
    assert {each.name for each in made.guardrails} == {"protected", "transfer-replaced"}
    assert provider.counts == {"parse": 1, "resolve": 1, "calls": 1}
