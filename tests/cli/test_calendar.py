"""``ringform calendar``, and a manifest with dates applied day after day."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from reports.test_ical import parse

import ringform
from cli.harness import KEY, Ended, Ringform, finish, golden, golden_json
from ringform.execution.connection import Connection
from ringform.manifest.manifest import Manifest
from ringform.model.plan import Plan
from ringform.sandbox.phone_inc.generator import generated_account
from ringform.sandbox.server import Sandbox

COMPANY = Path(__file__).parent.parent.parent / "examples" / "company"

DATED = """version: 1
employees:
  alex: 019daef1-085e-7000-aaaa-000000000001
  bea: 019daef1-085e-7000-aaaa-000000000002
ring_groups:
  on_call: {rotation: {every: 1 week, start: 2026-11-23, handover: "mon 09:00", members: [alex, bea]}}
closures:
  - {yearly: 12-24..12-26, name: "Christmas; \\e[31mred, ::error::"}
special_hours: {2026-12-23: 09:00-12:00}
main_numbers:
  "+14155551234":
    name: Sales
    timezone: Copenhagen
    outside_opening_hours_config: {type: RejectConfig, message: We are closed.}
    incoming_call_config: {type: TransferConfig, employee_ids: [on_call]}
    no_answer_config: null
    no_answer_timeout_secs: null
    opening_hours: {mon-thu: 09:00-17:00, fri: 09:00-15:30, sat-sun: closed}
"""


def test_what_changes_on_which_day(offline: Ringform) -> None:
    offline.write(DATED)
    arguments = ("calendar", "--as-of", "2026-12-14", "--weeks", "3")
    golden("calendar", (f"ringform {' '.join(arguments)}", offline(*arguments)))
    golden_json("calendar", offline(*arguments, "--format", "json"))


def test_a_manifest_without_dates_and_weeks_without_changes(offline: Ringform) -> None:
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n')
    without = offline("calendar")
    assert (without.code, without.out.partition(":")[0]) == (0, "Nothing in the manifest depends on the date")
    offline.write(DATED.replace("[on_call]", "[alex]"))
    quiet = offline("calendar", "--as-of", "2026-06-01", "--weeks", "1")
    assert quiet.out.startswith("Nothing changes from Mon 2026-06-01 to Mon 2026-06-08.\n")
    assert "5 22,23 * * *  00:05 in Europe/Copenhagen" in quiet.out


def test_days_are_in_their_order_whatever_the_numbers_clocks(offline: Ringform) -> None:
    """In Copenhagen Friday begins before it is Thursday evening in New York."""
    other = '  "+14155555678": {name: Support, timezone: New_York, incoming_call_config: {type: TransferConfig, '
    rotation = '1 day, start: 2026-11-23, handover: "20:00"'
    offline.write(
        DATED.replace('1 week, start: 2026-11-23, handover: "mon 09:00"', rotation).replace("[on_call]", "[alex]")
        + other
        + "employee_ids: [on_call]}}\n"
    )
    found = offline("calendar", "--as-of", "2026-12-14", "--weeks", "2").out
    days = [
        line.split()[1] for line in found.splitlines() if line[:3] in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    ]
    assert len(days) > 7
    assert days == sorted(days)


def test_ical_goes_to_a_file_whole(offline: Ringform) -> None:
    offline.write(DATED)
    to_file = offline("calendar", "--as-of", "2026-12-14", "--report", "ical=dates.ics")
    assert (to_file.code, to_file.out) == (0, offline("calendar", "--as-of", "2026-12-14").out)
    text = (offline.folder / "dates.ics").read_bytes().decode("utf-8")
    events = parse(text)
    applies = [event for event in events if event["SUMMARY"] == "Run ringform apply"]
    days = [event for event in events if "DTSTART;VALUE=DATE" in event and event not in applies]
    assert [(each["DTSTART;VALUE=DATE"], each["DTEND;VALUE=DATE"]) for each in days] == [
        ("20261223", "20261224"),
        ("20261224", "20261227"),
    ]
    shifts = [(event["DTSTART"], event["SUMMARY"]) for event in events if event["SUMMARY"].startswith("on_call")]
    assert shifts[:2] == [("20261207T080000Z", "on_call: alex"), ("20261214T080000Z", "on_call: bea")]
    assert shifts[-1] == ("20270201T080000Z", "on_call: alex")
    whole = [event["DTSTART;VALUE=DATE"] for event in applies if "DTSTART;VALUE=DATE" in event]
    assert whole == ["20261217", "20261218", "20261219", "20261224", "20261225", "20261226"]
    handovers = [(event["DTSTART"], event["DTEND"]) for event in applies if "DTSTART" in event]
    assert handovers[:2] == [("20261214T080000Z", "20261214T081500Z"), ("20261221T080000Z", "20261221T081500Z")]
    [closing] = [event["DESCRIPTION"] for event in applies if event.get("DTSTART;VALUE=DATE") == "20261217"]
    assert closing == "ringform apply --calendar --yes\nWed 09:00-12:00 for 2026-12-23: Sales"
    assert text == offline("calendar", "--as-of", "2026-12-14", "--format", "ical").out


def test_it_gives_the_lines_for_the_schedulers_of_a_machine(tmp_path: Path) -> None:
    folder = tmp_path / "my phones 100%"
    folder.mkdir()
    offline = Ringform(folder)
    offline.write(DATED)
    steps = []
    for line in (
        "--format cron",
        "--format launchd",
        "--format task-scheduler",
        "--format cron --var 'a=it'\"'\"'s' .",
    ):
        arguments = ("calendar", "--as-of", "2026-12-14", *shlex.split(line))
        ended = finish(offline.start(*arguments, TZ="Europe/Copenhagen", HOME="/home/ada"))
        text = ended.out.replace(str(tmp_path), "/srv").replace(sys.executable, "/opt/python")
        steps.append((f"ringform calendar --as-of 2026-12-14 {line}", Ended(ended.code, text, ended.err)))
    golden("calendar-schedulers", *steps)
    assert "5 18,19 * * * cd" in finish(offline.start("calendar", "--format", "cron", TZ="America/New_York")).out
    offline.write("version: 1\nmain_numbers: {}\n")
    nothing = offline("calendar", "--report", "launchd=ringform.plist")
    assert (nothing.code, nothing.out, (folder / "ringform.plist").exists()) == (0, "", False)
    assert nothing.err == "Nothing in the manifest depends on the date, so there is nothing to run.\n"


def test_without_the_package_it_says_what_to_install(offline: Ringform) -> None:
    offline.write("raise ImportError('not installed')\n", "stub/holidays.py")
    offline.write(DATED.replace("special_hours:", "  - holidays: {country: DK}\nspecial_hours:"))
    assert offline("validate", "--as-of", "2026-12-01").code == 0
    paths = f"{offline.folder / 'stub'}:{offline.environment.get('PYTHONPATH', '')}".rstrip(":")
    golden(
        "calendar-not-installed", ("ringform validate", offline("validate", "--as-of", "2026-12-01", PYTHONPATH=paths))
    )
    offline.write(DATED)
    assert offline("validate", "--as-of", "2026-12-01", PYTHONPATH=paths).code == 0, "only holidays need it"


@pytest.mark.parametrize("moment", ["tomorrow", "2026-13-01", "0001-01-01", "24.12.2026"])
def test_a_time_that_is_none(offline: Ringform, moment: str) -> None:
    ended = offline("plan", "--as-of", moment)
    assert (ended.code, "--as-of" in ended.err) == (64, True)


def test_simulate_and_hours_are_as_of_their_day(offline: Ringform) -> None:
    offline.write(DATED)

    def simulate(at: str, *more: str) -> list[str]:
        call = json.loads(offline("simulate", "--to", "Sales", "--at", at, "--format", "json", *more).out)
        return [call["ends"], *(id_[-1] for step in call["steps"] for id_ in step.get("rings") or ())]

    assert simulate("2026-12-24 10:00") == ["hangup"]
    assert simulate("2026-12-17 10:00") == ["answered", "2"]
    assert simulate("2026-12-17 10:00", "--as-of", "2026-12-24") == ["hangup"]
    assert simulate("2026-12-21 08:59")[0] == "hangup"
    assert simulate("2026-12-21 09:00") == ["answered", "1"]
    christmas, normal = (offline("hours", "--as-of", day).out for day in ("2026-12-20", "2026-12-10"))
    assert "Thu  ..................################" in normal
    assert "Thu  ................................................" in christmas


def test_tests_about_a_date_are_about_that_day_and_others_about_the_normal_week(offline: Ringform) -> None:
    offline.write(
        DATED
        + """tests:
  - name: closed at Christmas
    call: {to: Sales, at: "2026-12-24 10:00"}
    expect: {plays: "*closed*", ends: hangup}
  - name: open on the Thursday after
    call: {to: Sales, at: "2026-12-31 10:00"}
    expect: {rings: [on_call], ends: answered}
  - name: alex in the week of Christmas
    call: {to: Sales, at: "2026-12-22 10:00"}
    expect: {rings: [alex]}
  - name: open all week
    call: {to: Sales, at: "mon-thu 09:00-17:00"}
    expect: {rings: [on_call]}
"""
    )
    for day in ("2026-12-01", "2026-12-24", "2027-06-01"):
        ended = offline("test", "--as-of", day)
        assert ended.code == 0, ended.out


@cache
def loaded(path: Path, text: str) -> Manifest:
    return ringform.load([path], as_of=datetime(2026, 12, 1))


def plan_of(
    path: Path, sandbox: Sandbox, as_of: str, *, only_calendar: bool = False
) -> tuple[Plan, dict[str, Connection]]:
    """Plan as of a time. A manifest that has not changed is not read again, which takes most of the time."""
    moment = datetime.fromisoformat(as_of)
    manifest = loaded(path, path.read_text("utf-8") if path.is_file() else "")
    (part,) = manifest.parts
    manifest = replace(manifest, parts=(replace(part, as_of=moment),))
    connection = ringform.connect(manifest, {"PHONE_INC_API_KEY": KEY, "PHONE_INC_BASE_URL": sandbox.url})
    live = ringform.observe(manifest, connection)
    return ringform.plan(manifest, live, only_calendar=only_calendar), connection


def apply_of(path: Path, sandbox: Sandbox, as_of: str, allowed: tuple[str, ...] = ()) -> Plan:
    plan, connection = plan_of(path, sandbox, as_of)
    assert ringform.apply(plan, connection, allowed=allowed).is_complete
    return plan


def test_the_company_applied_every_day_over_christmas_is_right_on_each_and_normal_again_after(tmp_path: Path) -> None:
    shutil.copytree(COMPANY, tmp_path / "company")
    state = (tmp_path / "company" / "account.json").rename(tmp_path / "account.json")
    with Sandbox(key=KEY, state=state) as sandbox:

        def weeks() -> dict[str, dict[int, str]]:
            return {
                number.number: {
                    day["day_of_week"]: f"{day['opening_at']}-{day['closing_at']}" if day["open"] else "closed"
                    for day in number.opening_hours
                }
                for number in sandbox.account.main_numbers.values()
            }

        apply_of(tmp_path / "company", sandbox, "2026-12-10")
        normal = weeks()
        seen = {}
        for offset in range(22):
            today = date(2026, 12, 17) + timedelta(days=offset)
            plan = apply_of(tmp_path / "company", sandbox, f"{today} 00:05")
            assert plan.guardrails == (), "what the dates do is what the manifest says"
            seen[today] = {number: week[today.weekday()] for number, week in weeks().items()}
            if offset % 7 == 0:
                assert plan_of(tmp_path / "company", sandbox, f"{today} 00:05")[0].is_empty
        usual = {day: {number: week[day.weekday()] for number, week in normal.items()} for day in seen}
        changed = {
            day.isoformat(): {number: hours for number, hours in found.items() if hours != usual[day][number]}
            for day, found in seen.items()
        }
        service = "+4570000020"
        assert {day: found[service] for day, found in changed.items() if service in found} == {
            "2026-12-23": "10:00-13:00",
            "2026-12-24": "closed",
            "2026-12-25": "closed",
            "2026-12-26": "closed",
            "2026-12-31": "closed",
            "2027-01-01": "closed",
        }
        assert not any("+4570000040" in found for found in changed.values()), "the breakdown line has no dates"
        assert weeks() == normal


def test_a_plan_valid_until_the_dates_ask_for_something_else_of_what_it_changes(tmp_path: Path) -> None:
    manifest = tmp_path / "ringform.yaml"
    manifest.write_text(DATED.replace("019daef1-085e-7000-aaaa-000000000001", "0193f4b0-aaaa-7c00-9e3d-2b2b8a7f1c20"))

    def valid_until(as_of: str) -> str | None:
        until = plan_of(manifest, sandbox, as_of)[0].valid_until
        return until.isoformat() if until else None

    with Sandbox(key=KEY) as sandbox:
        assert valid_until("2198-12-14 09:00") == "2198-12-17T09:00:00+01:00", "the handover"
        assert valid_until("2198-12-17 10:00") == "2198-12-18T00:00:00+01:00", "Christmas Eve, from six days before"
        assert valid_until("2020-12-14 09:00") is None, "a day that is over is meant as such"


def test_guardrails_let_pass_what_the_dates_do_and_nothing_else(tmp_path: Path) -> None:
    account = generated_account(8, 0)
    names = [number.number for number in account.main_numbers.values()]
    numbers = "".join(
        f'  "{name}": {{timezone: Copenhagen, opening_hours: {{daily: 09:00-17:00}}}}\n' for name in names
    )
    manifest = tmp_path / "ringform.yaml"
    manifest.write_text(f"version: 1\nclosures: [2026-12-20..2027-01-05]\nmain_numbers:\n{numbers}", "utf-8")

    def guardrails(as_of: str) -> set[str]:
        return {each.name for each in plan_of(manifest, sandbox, as_of)[0].guardrails}

    with Sandbox(account, key=KEY) as sandbox:
        assert guardrails("2026-12-20") == {"most-changed", "closed-all-week"}, "it never was as the manifest says"
        apply_of(manifest, sandbox, "2026-12-10", ("most-changed",))
        assert guardrails("2026-12-20") == set(), "missed for ten days"
        assert guardrails("2026-12-30") == {"most-changed", "closed-all-week"}, "and for twenty"
        apply_of(manifest, sandbox, "2026-12-20")
        assert guardrails("2027-01-06") == set(), "the normal week comes back"
        apply_of(manifest, sandbox, "2027-01-06")
        manifest.write_text(manifest.read_text("utf-8").replace("09:00-17:00", "08:00-16:00"), "utf-8")
        assert guardrails("2027-01-06") == {"most-changed"}, "not only the dates"


def test_a_handover_replaces_everybody_and_is_no_surprise(ringform_: Ringform) -> None:
    ringform_.write(DATED.replace("019daef1-085e-7000-aaaa-000000000001", "0193f4b0-aaaa-7c00-9e3d-2b2b8a7f1c20"))
    allow = ("--allow", "transfer-replaced", "--allow", "reject-in-opening-hours")
    first = ringform_("apply", "--yes", "--as-of", "2026-12-14 08:00", *allow)
    assert first.code == 0, first.err
    plan = ringform_("plan", "--as-of", "2026-12-18 12:00")
    golden("calendar-plan", ("ringform plan --as-of '2026-12-18 12:00'", plan))
    assert ringform_("apply", "--yes", "--as-of", "2026-12-18 12:00").code == 0
    assert ringform_("drift", "--as-of", "2026-12-18 12:00").code == 0
    assert ringform_("drift", "--as-of", "2026-12-25").code == 2


@pytest.fixture(name="ringform_")
def fixture_ringform(tmp_path: Path, sandbox: Sandbox) -> Ringform:
    """The command with the documents' account; the module of that name is used here too."""
    return Ringform(tmp_path, sandbox)
