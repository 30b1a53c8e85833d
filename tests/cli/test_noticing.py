"""What a plan mentions beside its changes: people who cannot answer yet, and numbers that no manifest names."""

from __future__ import annotations

import json

from cli.harness import Ringform

ALEX, JONAS = "019daef1-085e-7000-aaaa-000000000001", "019daef1-085e-7000-aaaa-000000000002"
MANIFEST = """version: 1
employees:
  alex: {email: alex@example.com}
  jo: 019daef1-085e-7000-aaaa-000000000002
main_numbers:
  "+14155551234":
    incoming_call_config:
      type: WelcomeTransferConfig
      welcome: Hello
      employee_ids: [alex, jo]
    outside_opening_hours_config:
      type: TransferConfig
      employee_ids: [jo]
"""


def plan(ringform: Ringform, manifest: str, *arguments: str) -> list[dict[str, object]]:
    """The plan's diagnostics."""
    ringform.write(manifest)
    ended = ringform("plan", "--format", "json", *arguments)
    assert ended.code == 0, ended.err
    diagnostics: list[dict[str, object]] = json.loads(ended.out)["diagnostics"]
    return diagnostics


def test_somebody_who_has_not_accepted_the_invitation_is_told_once_with_the_line(ringform: Ringform) -> None:
    told, _ = plan(ringform, MANIFEST)
    assert (told["code"], told["severity"]) == ("invitation-pending", "warning")
    assert told["source"] == {"file": "ringform.yaml", "line": 10, "column": 7}
    assert told["summary"] == (
        "jo has not accepted the invitation to the account yet, and rings here, and in 1 other place"
    )
    assert ringform.requests.count("GET /employees") == 1


def test_it_can_be_ignored_and_no_comment_is_called_useless_for_what_only_the_account_knows(ringform: Ringform) -> None:
    ignored = MANIFEST.replace("[alex, jo]", "[alex, jo] # ringform: ignore=invitation-pending")
    assert [each["code"] for each in plan(ringform, ignored)] == ["unmanaged-number"]
    assert ringform("validate", "--strict").code == 0


def test_nobody_is_asked_for_to_find_out(ringform: Ringform) -> None:
    assert [each["code"] for each in plan(ringform, 'version: 1\nmain_numbers: {"+14155551234": {name: Sales}}\n')] == [
        "unmanaged-number"
    ]
    assert "GET /employees" not in ringform.requests


def test_a_number_that_the_manifest_does_not_name_is_a_note_for_programs(ringform: Ringform) -> None:
    (note,) = plan(ringform, 'version: 1\nmain_numbers: {"+14155551234": {name: New}}\n')
    assert note["severity"] == "info"
    assert note["summary"] == "the manifest does not name 1 number of the account: +14155555678"
    text = ringform("plan")
    assert "unmanaged-number" not in text.out
    assert "1 not managed" in text.out


def test_many_contacts_that_are_left_alone_are_no_news(big: Ringform) -> None:
    assert plan(big, 'version: 1\ncontacts: {"+4520999999": {name: New}}\n') == []
