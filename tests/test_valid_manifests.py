"""Manifests that must be accepted, with exactly the desired state that each comes to, as NAME.json beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import golden
import pytest

from ringform import api
from ringform.manifest.manifest import Manifest, Part

FOLDER = Path(__file__).parent / "manifests" / "valid"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".json")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)


def accepted(name: str) -> Manifest:
    checked = api.check([name])
    assert [str(each) for each in checked.diagnostics if each.is_error] == []
    assert checked.manifest is not None
    return checked.manifest


def state(part: Part) -> dict[str, Any]:
    return {
        "wanted": {
            str(address): {
                "fields": wanted.fields,
                **({"absent": True} if wanted.absent else {}),
                **({"was": str(wanted.was)} if wanted.was else {}),
            }
            for address, wanted in part.desired.wanted.items()
        },
        "exclusive": sorted(part.desired.exclusive),
        "people": part.people,
        "references": [[each.token, each.by, each.value] for each in part.desired.references],
    }


def test_there_are_enough_cases_and_every_expected_state_has_its_manifest() -> None:
    assert len(CASES) >= 15
    assert {path.stem for path in FOLDER.glob("*.json")} == {Path(name).stem for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_good_manifest_comes_to_exactly_this(name: str) -> None:
    manifest = accepted(name)
    told = [f"{each.severity}[{each.code}] {each.location}" for each in manifest.diagnostics]
    document = {"files": list(manifest.id.files), "warnings": told, "desired": state(manifest.parts[0])}
    golden.check(FOLDER / f"{Path(name).stem}.json", json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def test_both_forms_of_a_time_zone_are_equal() -> None:
    by_city, in_full = accepted("time-zones-by-city.yaml"), accepted("time-zones-in-full.yaml")
    assert by_city.parts[0].desired == in_full.parts[0].desired
    assert by_city.id.digest == in_full.id.digest


def test_both_forms_of_opening_hours_are_equal() -> None:
    short, objects = accepted("hours-in-the-two-forms.yaml").parts[0].desired.wanted.values()
    assert short.fields == objects.fields


def test_only_the_cases_for_warnings_have_any() -> None:
    assert [name for name in CASES if accepted(name).diagnostics] == ["warnings-only.yaml"]
