"""``account:``: a manifest that is for one account only, and the keys of others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.harness import Ringform, golden, sandbox_for_all, settings_for
from ringform.sandbox.server import Sandbox

PINNED = """\
version: 1
account: "{account}"
main_numbers:
  "+14155551234":
    name: Front Desk
    timezone: Copenhagen
    incoming_call_config: {{type: VoicemailConfig, greeting: Hello.}}
    outside_opening_hours_config: null
    no_answer_config: null
    no_answer_timeout_secs: null
    opening_hours: {{daily: 24h}}
"""
TALK = """\
version: 1
provider: zendesk-talk
account: "{account}"
phone_numbers:
  "+353766801402": {{nickname: Front Desk}}
"""
INBOX = """\
version: 1
provider: oneinbox
account: {account}
phone_numbers:
  5f1d7a52-3f0a-4c1b-9b1e-2a64c2d60001: {{friendly_name: Front Desk}}
"""
THEIRS = "+4570102030"
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def everywhere(tmp_path: Path) -> Iterator[Ringform]:
    """The command with the keys of all three vendors."""
    with sandbox_for_all() as running:
        settings = {name: value for each in settings_for(running).values() for name, value in each.items()}
        yield Ringform(tmp_path, running, settings)


@pytest.mark.parametrize(
    "command",
    [
        ("plan",),
        ("apply", "--yes"),
        ("drift",),
        ("replay",),
        ("graph", "--live"),
        ("simulate", "--live", "--to", "+14155551234"),
        ("simulate", "--live", "--to", "Support"),
    ],
    ids=" ".join,
)
def test_another_account_is_refused_after_one_request(ringform: Ringform, command: tuple[str, ...]) -> None:
    ringform.write(PINNED.format(account=THEIRS))
    ended = ringform(*command)
    assert ended.code == 3
    assert "wrong-account" in ended.err
    assert ringform.requests == ["GET /main_numbers"]


def test_what_the_refusal_says(ringform: Ringform) -> None:
    ringform.write(PINNED.format(account="+45 70 10 20 30"))
    golden("account-wrong", ("ringform plan", ringform("plan")))


def test_the_right_account_may_be_named_by_a_number_that_is_not_managed(ringform: Ringform) -> None:
    ringform.write(PINNED.format(account="+1 415 555 5678"))
    assert ringform("apply", "--yes").code == 0
    assert ringform.writes
    assert ringform("plan", "--detailed-exitcode").code == 0


@pytest.mark.parametrize(
    ("manifest", "right", "wrong"),
    [(TALK, "+353 76 680 1402", THEIRS), (INBOX, "5f1d7a52-3f0a-4c1b-9b1e-2a64c2d60001", NOBODYS)],
    ids=["zendesk-talk", "oneinbox"],
)
def test_the_other_vendors_accounts(everywhere: Ringform, manifest: str, right: str, wrong: str) -> None:
    everywhere.write(manifest.format(account=wrong))
    refused = everywhere("plan")
    assert refused.code == 3
    assert "wrong-account" in refused.err
    assert len(everywhere.requests) == 1
    everywhere.write(manifest.format(account=right))
    assert everywhere("plan").code == 0


def test_one_wrong_account_of_several_refuses_all(everywhere: Ringform) -> None:
    everywhere.write(PINNED.format(account="+14155551234"), "desk.yaml")
    everywhere.write(TALK.format(account=THEIRS), "talk.yaml")
    ended = everywhere("apply", "desk.yaml", "talk.yaml", "--yes", "--allow", "reject-in-opening-hours")
    assert ended.code == 3
    assert "talk.yaml:3" in ended.err
    assert not everywhere.writes


@pytest.mark.parametrize(
    ("manifest", "account", "code"),
    [(PINNED, "12", "bad-phone-number"), (TALK, "sales", "bad-phone-number"), (INBOX, "+4570102030", "bad-id")],
)
def test_what_is_no_number_is_an_error_at_its_line(offline: Ringform, manifest: str, account: str, code: str) -> None:
    offline.write(manifest.format(account=account))
    ended = offline("validate")
    assert ended.code == 1
    assert code in ended.err + ended.out
    assert "ringform.yaml:" in ended.err + ended.out


def test_two_files_may_not_name_two_accounts(offline: Ringform) -> None:
    offline.write(PINNED.format(account="+14155551234"), "one.yaml")
    offline.write(f'version: 1\naccount: "{THEIRS}"\n', "two.yaml")
    ended = offline("validate", "one.yaml", "two.yaml")
    assert ended.code == 1
    assert "defined-twice" in ended.err + ended.out


def test_a_second_read_does_not_ask_again(ringform: Ringform, sandbox: Sandbox) -> None:
    ringform.write(PINNED.format(account="+14155551234"))
    assert ringform("plan", "--replay").code == 0
    lists = [request for request in ringform.requests if request == "GET /main_numbers"]
    assert len(lists) == 2  # once for the pin, once for the plan
