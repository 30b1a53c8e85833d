"""Saved plans and approved digests: only what was looked at is applied, and only while it is still true."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from typing import Any

import pytest
from cli.harness import KEY, Ringform
from support import twelve

from ringform.manifest.writing import to_yaml
from ringform.planning.codec import checksum

SALES = "+14155551234"
MANIFEST = f"""\
version: 1
main_numbers:
  "{SALES}": {{name: New name}}
contacts:
  "{twelve.PHONES[0]}": {{note: Hello}}
"""


@pytest.fixture(autouse=True)
def _manifest(ringform: Ringform) -> None:
    ringform.write(MANIFEST)


def saved(ringform: Ringform) -> dict[str, Any]:
    assert ringform("plan", "--out", "plan.json").code == 0
    document: dict[str, Any] = json.loads((ringform.folder / "plan.json").read_text())
    return document


def test_a_saved_plan_is_for_its_owner_and_whole_and_holds_no_key(ringform: Ringform) -> None:
    path = ringform.folder / "plan.json"
    path.write_text("old")
    path.chmod(0o644)
    saved(ringform)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KEY not in path.read_text()
    names = sorted(each.name for each in ringform.folder.iterdir())
    assert names == ["plan.json", "ringform.yaml"], "no temporary file stays behind"


def _resealed(document: dict[str, Any]) -> str:
    return json.dumps({**document, "checksum": checksum(document)})


def _with_call(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(document))
    copy["changes"][0]["calls"][0].update(changes)
    return copy


LESS_LIKELY = ("empty", "another format", "no guardrails", "not even text", "another method", "a host without a scheme")
TAMPERINGS: dict[str, Callable[[dict[str, Any]], str]] = {
    "edited": lambda plan: json.dumps(_with_call(plan, body={"name": "Evil"})),
    "edited and sealed again": lambda plan: _resealed(_with_call(plan, body={"name": "Evil"})),
    "another host": lambda plan: _resealed(_with_call(plan, path="@evil.example.com/x")),
    "a host without a scheme": lambda plan: _resealed(_with_call(plan, path="//evil.example.com/x")),
    "another method": lambda plan: _resealed(_with_call(plan, method="CONNECT")),
    "cut off": lambda plan: json.dumps(plan)[:-200],
    "empty": lambda plan: "",
    "another format": lambda plan: json.dumps({**plan, "format": "ringform.plan/v2"}),
    "a plan of another tool": lambda plan: '{"terraform_version": "1.9", "resource_changes": []}',
    "no guardrails": lambda plan: json.dumps({**plan, "guardrails": [{}]}),
    "not even text": lambda plan: "\x00\x01",
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LESS_LIKELY else ()) for name in TAMPERINGS]
)
def test_a_plan_file_that_is_not_what_was_made_is_refused(ringform: Ringform, name: str) -> None:
    plan = saved(ringform)
    ringform.write(TAMPERINGS[name](plan), "plan.json")
    ended = ringform("apply", "--plan", "plan.json", "--yes")
    assert ended.code == 1
    assert "error[not-a-plan]: plan.json" in ended.err
    assert ringform.writes == []


def test_a_plan_of_an_unknown_provider_is_refused(ringform: Ringform) -> None:
    ringform.write(_resealed({**saved(ringform), "providers": ["phone.example"]}), "plan.json")
    ended = ringform("apply", "--plan", "plan.json", "--yes")
    assert ended.code == 1
    assert "error[unknown-provider]" in ended.err
    assert ringform.writes == []


def test_a_plan_for_an_account_that_it_does_not_name_is_refused_as_a_whole(ringform: Ringform) -> None:
    document = saved(ringform)
    changes = [
        {**change, "address": change["address"].replace("contact:", "visitor:")} for change in document["changes"]
    ]
    assert changes != document["changes"]
    ringform.write(_resealed({**document, "changes": changes}), "plan.json")
    ended = ringform("apply", "--plan", "plan.json", "--yes")
    assert ended.code != 0
    assert ringform.writes == []


def test_a_plan_is_refused_by_an_account_that_it_was_not_made_from(ringform: Ringform) -> None:
    saved(ringform)
    assert ringform.sandbox
    account = ringform.sandbox.account
    with account.changing():
        [contact] = [each for each in account.contacts.values() if each.phone == twelve.PHONES[0]]
        del account.contacts[contact.id]
        contact.id = "01JVWX9999"
        account.contacts[contact.id] = contact
    ended = ringform("apply", "--plan", "plan.json", "--yes")
    assert ended.code == 3
    assert f"contact:{twelve.PHONES[0]} has another id" in ended.err


def test_a_stale_plan_changes_nothing_and_says_which_fields_of_what_have_moved(ringform: Ringform) -> None:
    saved(ringform)
    assert ringform.sandbox
    ringform.sandbox.account.edit_main_number(SALES, name="Other", no_answer_timeout_secs=50)
    ended = ringform("apply", "--plan", "plan.json", "--yes")
    assert ended.code == 3
    assert f"main_number:{SALES} has another name and no_answer_timeout_secs" in ended.err
    assert ringform.writes == []


def test_a_plan_whose_dates_have_passed_is_not_applied(ringform: Ringform) -> None:
    """Who was on call when it was made is not put back after the handover."""
    document = saved(ringform)
    assert "valid_until" not in document, "this manifest has no dates"
    for until, code in (("2026-01-01T09:00:00+01:00", 3), ("2199-01-01T09:00:00+01:00", 0)):
        ringform.write(_resealed({**document, "valid_until": until}), "plan.json")
        ended = ringform("apply", "--plan", "plan.json", "--yes")
        assert ended.code == code
        summary = (
            "plan.json is out of date: since 2026-01-01 09:00+01:00, the dates of its manifest ask for something else"
        )
        assert (summary in ended.err, ringform.writes == []) == (code == 3, code == 3)


def test_what_nobody_manages_does_not_make_a_plan_stale(ringform: Ringform) -> None:
    saved(ringform)
    assert ringform.sandbox
    ringform.sandbox.account.edit_main_number("+14155555678", name="Other")
    assert ringform("apply", "--plan", "plan.json", "--yes").code == 0
    assert sorted(each.partition(" ")[0] for each in ringform.writes) == ["PATCH", "PATCH"]


def test_a_plan_is_applied_once(ringform: Ringform) -> None:
    saved(ringform)
    assert ringform("apply", "--plan", "plan.json", "--yes").code == 0
    assert ringform("apply", "--plan", "plan.json", "--yes").code == 3


def digest(ringform: Ringform) -> str:
    ended = ringform("plan", "--digest")
    assert ended.code == 0
    return ended.out.strip()


def test_the_digest_is_of_the_plan_and_of_nothing_else(ringform: Ringform) -> None:
    first = digest(ringform)
    assert first.startswith("sha256:")
    assert digest(ringform) == first, "time does not count"
    ringform.write(f"# A comment\n{MANIFEST}".replace("{name: New name}", "{\n    name: 'New name'}"))
    assert digest(ringform) == first, "layout does not count"
    seen = {first}
    for other in (
        MANIFEST.replace("New name", "Newer name"),
        MANIFEST.replace("New name}", "New name, protect: true}"),
        MANIFEST + "guardrails: {mass-deletion: {at_least: 99}}\n",
    ):
        ringform.write(other)
        seen.add(digest(ringform))
    assert ringform.sandbox
    ringform.sandbox.account.edit_main_number(SALES, language="en")
    seen.add(digest(ringform))
    assert len(seen) == 5


def test_an_approved_digest_lets_exactly_that_plan_through(ringform: Ringform) -> None:
    approved = digest(ringform)
    ringform.write(MANIFEST.replace("New name", "Sneaked in"))
    ended = ringform("apply", "--yes", "--expect-digest", approved)
    assert ended.code == 3
    assert "error[other-digest]" in ended.err
    assert ringform.writes == []
    ringform.write(MANIFEST)
    assert ringform("apply", "--yes", "--expect-digest", approved).code == 0


def test_an_approved_digest_holds_for_a_saved_plan_too(ringform: Ringform) -> None:
    approved = saved(ringform)["digest"]
    ringform.write(to_yaml({"version": 1, "contacts": {twelve.PHONES[1]: {"absent": True}}}))
    saved(ringform)
    assert ringform("apply", "--yes", "--plan", "plan.json", "--expect-digest", approved).code == 3
    assert ringform.writes == []
