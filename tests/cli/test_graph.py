"""``ringform graph``: pictures of a manifest, of an account, and of a plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden import check

from cli.harness import GOLDEN, Ringform, golden, plain
from cli.test_calls import MANIFEST

EXAMPLE = Path(__file__).parents[2] / "examples" / "company"

ON_A_DAY = ("--as-of", "2026-11-16")

CHANGED = (
    MANIFEST.replace("Press 1 for sales, 2 to leave", "Welcome to Acme. Press 1 for sales, 3 for support, 2 to leave")
    .replace("tone}\n", 'tone}\n        - {digit: "3", action_type: TransferConfig, employee_ids: [jonas]}\n')
    .replace("mon-fri: 09:00-17:00", "mon-thu: 09:00-17:00, fri: 09:00-15:30")
    .replace("no_answer_config: {type: VoicemailConfig, greeting: Sorry we missed you.}", "no_answer_config: null")
    .replace("no_answer_timeout_secs: 20", "no_answer_timeout_secs: null")
)
"""Another greeting, one more key, an earlier end on Fridays, and nothing when nobody answers."""


@pytest.mark.parametrize(("format_", "ending"), [("mermaid", "md"), ("svg", "svg"), ("html", "html")])
def test_a_number_of_the_example(offline: Ringform, format_: str, ending: str) -> None:
    ended = offline("graph", str(EXAMPLE), *ON_A_DAY, "--to", "Kundeservice", "--format", format_)
    assert (ended.code, ended.err) == (0, "")
    check(GOLDEN / f"graph.{ending}", ended.out)


@pytest.mark.parametrize(("format_", "ending"), [("mermaid", "md"), ("svg", "svg"), ("html", "html")])
def test_before_and_after_a_plan(ringform: Ringform, format_: str, ending: str) -> None:
    ringform.write(MANIFEST)
    assert ringform("apply", "--yes").code == 0
    ringform.write(CHANGED)
    assert ringform("plan", "--out", "plan.json").code == 0
    requests = list(ringform.requests)
    ended = ringform("graph", "--plan", "plan.json", "--report", f"{format_}=picture")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    check(GOLDEN / f"graph-plan.{ending}", plain((ringform.folder / "picture").read_text("utf-8")))
    assert ringform.requests == requests, "a saved plan is all that it takes"
    unknown = ringform("graph", "--plan", "plan.json", "--to", "Support")
    assert (unknown.code, "the plan has no number or name 'Support'" in unknown.err) == (1, True)


def test_a_pattern_draws_or_lists_several(offline: Ringform) -> None:
    drawn = offline("graph", str(EXAMPLE), *ON_A_DAY, "--to", "K*").out
    listed = offline("hours", str(EXAMPLE), *ON_A_DAY, "--to", "K*", "--to", "Kundeservice").out
    names = [line[5:-1] for line in drawn.splitlines() if line.startswith("###")]
    assert "Kundeservice (+4570000020)" in names
    assert [line.partition("  ")[0] for line in listed.splitlines() if "(+" in line] == names
    assert "did you mean 'Kundeservice'?" in offline("hours", str(EXAMPLE), "--to", "Kundservice").err


def test_numbers_are_drawn_in_the_order_asked_for(offline: Ringform) -> None:
    all_of_them = offline("graph", str(EXAMPLE), *ON_A_DAY).out
    chosen = offline(
        "graph", str(EXAMPLE), *ON_A_DAY, "--to", "vaerksted", "--to", "+45 70 00 00 20", "--to", "Vaerksted"
    ).out
    assert [line for line in chosen.splitlines() if line.startswith("###")] == [
        "### `Vaerksted (+4570000030)`",
        "### `Kundeservice (+4570000020)`",
    ]
    assert all_of_them.count("\n### ") == 13


def test_the_account_as_it_is(ringform: Ringform) -> None:
    ringform.write(MANIFEST)
    live, wanted = ringform("graph", "--live"), ringform("graph")
    assert (live.code, wanted.code) == (0, 0)
    assert ("within 30 s" in live.out, "within 20 s" in wanted.out) == (True, True), "the account's timer is another"
    assert re.match(r"As the account is at 20\S+ \S+\.\n", live.out)
    assert re.match(r"As the manifest is at 20\S+ \S+\.\n", wanted.out)
    assert ringform.requests
    assert not ringform.writes


ROTATING = """\
version: 1
employees:
  ada: 019daef1-085e-7000-aaaa-000000000001
  bo: 019daef1-085e-7000-aaaa-000000000002
  cy: 019daef1-085e-7000-aaaa-000000000003
ring_groups:
  nights: {rotation: {every: 1 week, start: 2026-11-02, handover: "mon 09:00", timezone: Copenhagen,
                      members: [ada, bo]}}
  two: [nights, cy]
main_numbers:
  "+14155551234":
    name: Sales
    timezone: New_York
    opening_hours: {daily: 24h}
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: Press 1, 2 or 3
      menu_options:
        - {digit: "1", action_type: TransferConfig, employee_ids: [bo]}
        - {digit: "2", action_type: TransferConfig, employee_ids: [nights]}
        - {digit: "3", action_type: TransferConfig, employee_ids: [two]}
    outside_opening_hours_config: null
    no_answer_config: null
    no_answer_timeout_secs: null
"""


def test_a_rotation_says_who_is_on_call_and_until_when(offline: Ringform) -> None:
    offline.write(ROTATING)
    ended = offline("graph", "--as-of", "2026-11-25 12:00")
    assert (ended.code, ended.err) == (0, "")
    check(GOLDEN / "graph-rotation.md", ended.out)


def test_what_cannot_be_drawn_is_said(offline: Ringform) -> None:
    offline.write('version: 1\nmain_numbers: {"+14155551234": {name: Sales, timezone: Copenhagen}}\n')
    steps = [(f"ringform graph --format {each}", offline("graph", "--format", each)) for each in ("mermaid", "svg")]
    page = offline("graph", "--format", "html").out
    assert "<p>Not drawn: the manifest leaves" in page
    golden("graph-not-drawn", *steps)


def test_nothing_to_draw(offline: Ringform) -> None:
    offline.write('version: 1\ncontacts: {"+4520000001": {name: Anna}}\n')
    assert offline("graph").out == "There is no number.\n"
    assert "<p>There is no number.</p>" in offline("graph", "--format", "html").out
    assert "There is no number." in offline("graph", "--format", "svg").out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--to", "Sals"), 1, "did you mean 'Sales'?"),
        (("--plan", "plan.json", "--live"), 64, "leave out PATHs"),
        (("--plan", "plan.json"), 1, "there is no such file"),
        (("--format", "png"), 64, "'png' is not one of"),
    ],
    ids=["unknown number", "plan and account", "no plan", "format"],
)
def test_a_picture_that_cannot_be_drawn(offline: Ringform, arguments: tuple[str, ...], code: int, says: str) -> None:
    offline.write(MANIFEST)
    ended = offline("graph", *arguments)
    assert (ended.code, says in ended.err) == (code, True), ended.err
