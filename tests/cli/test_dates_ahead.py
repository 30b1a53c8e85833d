"""Closures look done and are not: whatever plans or applies a manifest with dates says what is still to come."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

import ringform as library
from cli.harness import Ringform, golden, sandbox_for_all, settings_for
from cli.test_calendar import DATED
from ringform.sandbox.phone_inc.example import ALEX

CLOSURES = """version: 1
closures: [2026-12-24..2026-12-26]
main_numbers:
  "+14155551234":
    name: Sales
    timezone: Copenhagen
    outside_opening_hours_config: {type: RejectConfig, message: We are closed.}
    opening_hours: {daily: 09:00-17:00}
"""
BOTH = DATED.replace("019daef1-085e-7000-aaaa-000000000001", ALEX)
ALLOW = ("--allow", "transfer-replaced", "--allow", "reject-in-opening-hours")


def test_an_apply_says_what_is_closed_when_and_what_to_run_on_which_days(ringform: Ringform) -> None:
    ringform.write(CLOSURES)
    steps = []
    for line in (
        "apply --yes --as-of 2026-11-24",
        "apply --yes --as-of 2026-11-24",
        "apply --calendar --yes --as-of 2026-12-18",
        "plan --as-of 2026-12-27",
    ):
        steps.append((f"ringform {line}", ringform(*line.split())))
    golden("dates-ahead", *steps)


def test_a_plan_names_its_manifest_in_the_command_to_run(ringform: Ringform) -> None:
    ringform.write(BOTH.replace("We are closed.", '"{{ text }}"'), "my phones/ringform.yaml")
    ended = ringform("plan", "--as-of", "2026-12-01 12:00", "--var", "text=It's closed", "my phones")
    golden("dates-ahead-path", ("ringform plan --as-of '2026-12-01 12:00' --var text=... 'my phones'", ended))
    to_file = ringform("plan", "--as-of", "2026-12-01", "--var", "text=a", "--report", "text=plan.txt", "my phones")
    assert to_file.code == 0
    assert "ringform apply --calendar --yes --var text=a 'my phones'" in (ringform.folder / "plan.txt").read_text(
        "utf-8"
    )


def test_a_saved_plan_still_says_it(ringform: Ringform) -> None:
    ringform.write(CLOSURES)
    assert ringform("plan", "--as-of", "2026-11-24", "--out", "plan.json").code == 0
    (ringform.folder / "ringform.yaml").rename(ringform.folder / "moved.yaml")
    for ended in (ringform("show", "plan.json"), ringform("apply", "--plan", "plan.json", "--yes")):
        assert ended.code == 0
        assert "\n  Fri 2026-12-18  Thu closed for 2026-12-24: Sales\n" in ended.out
        assert ended.out.endswith(
            """The next apply is due on Fri 2026-12-18.
Run this on each of these days, or every night:
  ringform apply --calendar --yes ringform.yaml
ringform calendar lists more, and says how a machine can run it.
"""
        )


def test_json_has_it_too_and_the_text_nothing_of_it_where_nothing_was_applied(ringform: Ringform) -> None:
    ringform.write(BOTH)
    arguments = ("--as-of", "2026-12-14 08:00", "--format", "json")
    planned = json.loads(ringform("plan", *arguments).out)
    applied = ringform("apply", "--yes", *arguments, *ALLOW)
    assert (applied.code, json.loads(applied.out)["plan"]["dates"]) == (0, planned["dates"])
    sales = {"main_number:+14155551234": "Sales"}
    assert planned["dates"][:2] == [
        {
            "at": "2026-12-14T09:00:00+01:00",
            "change": "on_call: alex -> bea at 09:00 (Europe/Copenhagen)",
            "numbers": sales,
        },
        {"at": "2026-12-17T00:00:00+01:00", "change": "Wed 09:00-12:00 for 2026-12-23", "numbers": sales},
    ]
    ringform.write(
        BOTH.replace("name: Sales", "name: Sales\n    protect: true").replace("We are closed", "We were closed")
    )
    refused = ringform("apply", "--yes", "--as-of", "2026-12-18 12:00")
    assert (refused.code, "Still to come" in refused.out) == (3, False)
    assert "Still to come" not in ringform("drift", "--as-of", "2026-12-14 08:00").out


def test_a_manifest_without_dates_pays_nothing_and_says_nothing(
    ringform: Ringform, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = ringform.write(CLOSURES.replace("closures: [2026-12-24..2026-12-26]\n", ""))
    assert "Still to come" not in ringform("plan").out
    manifest = library.load([file])
    connections = library.connect(manifest, ringform.environment)
    document = type(manifest.parts[0].document)
    monkeypatch.setattr(document, "agenda", lambda *_: pytest.fail("nobody asks for an agenda without dates"))
    assert library.plan_accounts(manifest, connections).plan.dates == ()


def test_each_number_has_its_own_day(ringform: Ringform) -> None:
    ringform.write(
        CLOSURES
        + """  "+14155555678": {name: Support, timezone: New_York, opening_hours: {daily: 09:00-17:00}}
"""
    )
    manifest = library.load([ringform.folder / "ringform.yaml"], as_of=datetime.fromisoformat("2026-12-18T02:00+00:00"))
    plan = library.plan_accounts(manifest, library.connect(manifest, ringform.environment)).plan
    first, second, *_ = plan.dates
    assert [(f"{each.at}", each.change, [*each.numbers.values()]) for each in (first, second)] == [
        ("2026-12-18 00:00:00-05:00", "Thu closed for 2026-12-24", ["Support"]),
        ("2026-12-19 00:00:00+01:00", "Fri closed for 2026-12-25", ["Sales"]),
    ]
    assert plan.valid_until == first.at


def test_accounts_of_several_vendors_are_told_of_in_one_list(tmp_path: Path) -> None:
    with sandbox_for_all() as sandbox:
        settings = settings_for(sandbox)
        ringform = Ringform(tmp_path, sandbox, {**settings["phone.inc"], **settings["zendesk-talk"]})
        ringform.write(CLOSURES, "all/phone.yaml")
        text = "version: 1\nprovider: zendesk-talk\nphone_numbers: {+353 76 680 1402: {nickname: New}}\n"
        ringform.write(text, "all/talk.yaml")
        ended = ringform("plan", "--as-of", "2026-11-24", "all")
        assert (ended.code, ended.out.count("Thu closed for 2026-12-24: Sales")) == (0, 1), ended.err
