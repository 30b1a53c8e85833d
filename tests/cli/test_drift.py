"""``ringform drift``: for a schedule, so the exit code matters most."""

from __future__ import annotations

import json
from pathlib import Path

from cli.harness import Ringform, golden, golden_json
from ringform.sandbox.phone_inc.example import SALES

EVERYTHING = (Path(__file__).parent / "manifests" / "everything.yaml").read_text("utf-8")


def test_the_sides_are_the_account_and_the_manifest(ringform: Ringform) -> None:
    ringform.write(EVERYTHING)
    text, as_json = ringform("drift"), ringform("drift", "--format", "json")
    assert (text.code, as_json.code) == (2, 2)
    golden("drift-everything", ("ringform drift", text))
    golden_json("drift-everything", as_json)


def test_drift_is_told_by_the_exit_code(ringform: Ringform) -> None:
    assert ringform.sandbox
    ringform.write(
        'version: 1\nmain_numbers: {"+14155551234": {opening_hours: {mon-fri: 09:00-17:00, sat-sun: closed}}}\n'
    )
    none = ringform("drift")
    hours = ringform.sandbox.account.main_number(SALES).opening_hours
    ringform.sandbox.account.edit_main_number(
        SALES, opening_hours=[*hours[:4], {**hours[4], "closing_at": "12:00"}, *hours[5:]]
    )
    some = ringform("drift")
    assert (none.code, some.code) == (0, 2)
    golden("drift", ("ringform drift", none), ("ringform drift", some))
    to_file = ringform("drift", "--report", "json=drift.json")
    assert to_file == some
    assert json.loads((ringform.folder / "drift.json").read_text("utf-8"))["summary"]["differ"] == 1
    assert ringform.writes == []


def test_what_only_the_account_has_is_called_so(ringform: Ringform) -> None:
    ringform.write('version: 1\ncontacts: {"+4520123456": {absent: true}}\n')
    ended = ringform("drift")
    assert ended.code == 2
    golden("drift-only-in-account", ("ringform drift", ended))
