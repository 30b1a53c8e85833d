"""``apply --calendar``: only what dates make, so that it can run every night unattended."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import ringform as library
from cli.harness import KEY, Ringform, golden
from cli.test_calendar import COMPANY, DATED, plan_of
from ringform.model.address import Address
from ringform.sandbox.phone_inc.example import ALEX, SALES, SUPPORT
from ringform.sandbox.server import Sandbox

SALES_NUMBER, SUPPORT_NUMBER = "+14155551234", "+14155555678"
MANIFEST = (
    DATED.replace("019daef1-085e-7000-aaaa-000000000001", ALEX)
    + f"""  "{SUPPORT_NUMBER}":
    name: Support
    timezone: New_York
    outside_opening_hours_config: {{type: RejectConfig, message: Call tomorrow.}}
    opening_hours: {{daily: 09:00-17:00}}
contacts:
  "+4520123456": {{name: Niklas Stephenson}}
"""
)
FIRST = ("apply", "--yes", "--as-of", "2026-12-14 12:00")
ALLOW = tuple(f"--allow={name}" for name in ("transfer-replaced", "reject-in-opening-hours", "most-changed"))
NIGHT = ("apply", "--calendar", "--yes", "--as-of")
CHRISTMAS_BEGINS = "2026-12-18 12:00"


@pytest.fixture(name="applied")
def fixture_applied(ringform: Ringform) -> Ringform:
    """The command with an account that is what the manifest wants in a week without dates."""
    ringform.write(MANIFEST)
    ended = ringform(*FIRST, *ALLOW)
    assert ended.code == 0, ended.err
    return ringform


def hours(ringform: Ringform, number: str, day: int) -> str:
    """The hours that the account has for a number on a day of the week."""
    assert ringform.sandbox
    found = ringform.sandbox.account.main_numbers[number].opening_hours[day]
    return f"{found['opening_at']}-{found['closing_at']}" if found["open"] else "closed"


def test_only_what_dates_make_is_made_and_every_other_difference_is_named(applied: Ringform) -> None:
    assert applied.sandbox
    account = applied.sandbox.account
    greeting = {"type": "RejectConfig", "message": "By hand."}
    account.edit_main_number(SUPPORT, outside_opening_hours_config=greeting)
    account.contacts["other"] = replace(next(iter(account.contacts.values())), id="other", phone="+4520777777")
    renamed = """  "+4520123457": {name: Niklas Stephenson, was: "+4520123456"}
  "+4520999999": {name: New}
unlisted_contacts: delete
"""
    applied.write(MANIFEST.partition("contacts:\n")[0] + "contacts:\n" + renamed)
    preview = applied("plan", "--calendar", "--as-of", CHRISTMAS_BEGINS)
    night = applied(*NIGHT, CHRISTMAS_BEGINS)
    golden(
        "apply-calendar",
        (f"ringform plan --calendar --as-of '{CHRISTMAS_BEGINS}'", preview),
        (f"ringform {' '.join(NIGHT)} '{CHRISTMAS_BEGINS}'", night),
    )
    assert account.main_numbers[SUPPORT].outside_opening_hours_config == greeting
    assert [contact.phone for contact in account.contacts.values()] == ["+4520123456", "+4520777777"]
    assert (hours(applied, SALES, 3), hours(applied, SUPPORT, 3)) == ("closed", "09:00-17:00")
    again = applied(*NIGHT, CHRISTMAS_BEGINS, "--format", "json")
    document = json.loads(again.out)
    assert (again.code, document["results"]) == (0, [])
    left = [each["address"] for each in document["plan"]["diagnostics"] if each["code"] == "beyond-dates"]
    others = ["contact:+4520123457", "contact:+4520999999", "contact:+4520777777"]
    assert left == [f"main_number:{SUPPORT_NUMBER}", *others]


def test_a_date_is_made_on_the_numbers_own_day(applied: Ringform) -> None:
    assert applied(*NIGHT, "2026-12-17T23:30:00+00:00").code == 0  # the 18th in Copenhagen, the 17th in New York
    assert (hours(applied, SALES, 3), hours(applied, SUPPORT, 3)) == ("closed", "09:00-17:00")
    assert applied(*NIGHT, "2026-12-18T05:05:00+00:00").code == 0
    assert hours(applied, SUPPORT, 3) == "closed"


def test_the_dates_of_fourteen_days_are_caught_up_with_and_older_ones_are_left(applied: Ringform) -> None:
    plan = ("plan", "--target", f"main_number:{SUPPORT_NUMBER}", "--detailed-exitcode", "--as-of")
    assert applied(*NIGHT, "2026-12-20 12:00").code == 0
    assert applied(*plan, "2027-01-02 12:00", "--calendar").code == 2
    late = applied(*plan, "2027-01-08 12:00", "--calendar")
    assert (late.code, "is left as it is: no date accounts for opening_hours.wed" in late.out) == (0, True)
    assert applied(*plan, "2027-01-08 12:00").code == 2


def test_a_manifest_without_dates_has_nothing_for_it(ringform: Ringform) -> None:
    ringform.write(f'version: 1\nmain_numbers: {{"{SALES_NUMBER}": {{name: New}}}}\n')
    ended = ringform("apply", "--calendar", "--yes")
    assert (ended.code, ringform.writes) == (0, [])
    assert "no date accounts for name" in ended.out
    assert "Nothing in the manifest depends on the date" in ended.err


def test_it_goes_with_a_target_a_digest_and_waiting_and_into_a_saved_plan(applied: Ringform) -> None:
    plan = ("plan", "--calendar", "--as-of", CHRISTMAS_BEGINS)
    digest = applied(*plan, "--digest").out.strip()
    assert digest != applied(*plan[::2], plan[-1], "--target", f"main_number:{SALES_NUMBER}", "--digest").out.strip()
    assert applied(*NIGHT, CHRISTMAS_BEGINS, "--expect-digest", "sha256:another").code == 3
    only = ("--target", f"main_number:{SUPPORT_NUMBER}")
    assert applied(*NIGHT, CHRISTMAS_BEGINS, *only, "--when-idle", "--max-wait", "1s").code == 0
    assert (hours(applied, SALES, 3), hours(applied, SUPPORT, 3)) == ("09:00-17:00", "closed")
    assert applied("plan", "--calendar", "--as-of", CHRISTMAS_BEGINS, "--out", "plan.json").code == 0
    refused = applied("apply", "--plan", "plan.json", "--calendar", "--yes")
    assert (refused.code, "--calendar" in refused.err) == (64, True)
    assert applied("apply", "--plan", "plan.json", "--yes").code == 0
    assert hours(applied, SALES, 3) == "closed"
    assert applied("plan", "--as-of", CHRISTMAS_BEGINS, "--detailed-exitcode").code == 0


def test_a_failing_test_stops_only_the_numbers_that_it_is_about(applied: Ringform) -> None:
    assert applied.sandbox
    failing = '{name: heard, call: {to: Support, at: mon 20:00}, expect: {plays: "*tomorrow*"}}'
    applied.write(f"{MANIFEST}tests:\n  - {failing}\n")
    greeting = {"type": "RejectConfig", "message": "By hand."}
    applied.sandbox.account.edit_main_number(SUPPORT, outside_opening_hours_config=greeting)
    assert applied(*NIGHT, CHRISTMAS_BEGINS).code == 0, "of Support nothing is changed"
    assert hours(applied, SALES, 3) == "closed"
    failing = failing.replace("tomorrow", "never said").replace("Support", "Sales")
    applied.write(f"{MANIFEST}tests:\n  - {failing}\n")
    stopped = applied(*NIGHT, "2026-12-19 12:00")
    assert (stopped.code, "guardrail[failing-tests]" in stopped.out) == (3, True)
    assert hours(applied, SALES, 4) == "09:00-15:30"


def test_python_makes_the_same(applied: Ringform) -> None:
    assert applied.sandbox
    applied.sandbox.account.edit_main_number(SUPPORT, no_answer_timeout_secs=50, name="By hand")
    manifest = library.load([applied.folder / "ringform.yaml"], as_of=datetime.fromisoformat(CHRISTMAS_BEGINS))
    connections = library.connect(manifest, applied.environment)
    plan = library.plan(manifest, library.observe(manifest, connections), only_calendar=True)
    assert plan.digest == applied("plan", "--calendar", "--as-of", CHRISTMAS_BEGINS, "--digest").out.strip()
    assert [str(change.address) for change in plan.changes] == [f"main_number:{SALES_NUMBER}"]
    [left] = [each for each in plan.diagnostics if each.code == "beyond-dates"]
    assert left.summary == "By hand (+14155555678) is left as it is: no date accounts for name"
    assert plan == library.plan_accounts(manifest, connections, only_calendar=True).plan
    assert library.apply(plan, connections).is_complete
    assert hours(applied, SALES, 3) == "closed"


def test_every_night_around_christmas_it_makes_what_a_whole_apply_would_and_leaves_what_was_done_by_hand(
    tmp_path: Path,
) -> None:
    shutil.copytree(COMPANY, tmp_path / "company")
    state = (tmp_path / "company" / "account.json").rename(tmp_path / "account.json")
    with Sandbox(key=KEY, state=state) as sandbox:
        command = Ringform(tmp_path, sandbox)
        first = command("apply", "--yes", "--as-of", "2026-11-30", "company")
        assert first.code == 0, first.err
        by_hand = Address("main_number", "+4570000010")
        [id_] = [each.id for each in sandbox.account.main_numbers.values() if each.number == by_hand.key]
        greeting = {"type": "RejectConfig", "message": "Set by hand."}
        sandbox.account.edit_main_number(id_, outside_opening_hours_config=greeting)
        before = sandbox.account.main_numbers[id_].opening_hours
        made = 0
        for offset in range(14, 45):
            today = f"{date(2026, 12, 1) + timedelta(days=offset)}"
            night, connections = plan_of(tmp_path / "company", sandbox, today, only_calendar=True)
            [left] = [each.summary for each in night.diagnostics if each.code == "beyond-dates"]
            assert "no date accounts for outside_opening_hours_config" in left
            if offset % 8 == 0:
                ended = command(*NIGHT, today, "company")
                assert (ended.code, left in ended.out) == (0, True), ended.err
            else:
                assert library.apply(night, connections).is_complete
            rest = [change.address for change in plan_of(tmp_path / "company", sandbox, today)[0].changes]
            assert rest == [by_hand], f"on {today} all else is what a whole apply would make it"
            made += len(night.changes)
        assert made > 15
        assert sandbox.account.main_numbers[id_].outside_opening_hours_config == greeting
        assert sandbox.account.main_numbers[id_].opening_hours == before
