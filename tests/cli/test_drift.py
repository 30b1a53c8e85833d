"""``ringform drift``: for a schedule, so the exit code matters most."""

from __future__ import annotations

import json

from cli.harness import Ringform, golden
from ringform.sandbox.phone_inc.example import SALES


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
    to_file = ringform("drift", "--format", "json", "--output", "drift.json")
    assert (to_file.code, to_file.out, to_file.err) == (2, "", "")
    assert json.loads((ringform.folder / "drift.json").read_text("utf-8"))["summary"]["update"] == 1
    assert ringform.writes == []
