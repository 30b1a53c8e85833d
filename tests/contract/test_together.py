"""One folder about three providers: one plan, one digest, one report, and no account stands in for another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.harness import SECRETS, Ringform, plain, sandbox_for_all, settings_for, transcript
from golden import check

from contract.cases import ONEINBOX, PHONE_INC, ZENDESK_TALK, emulator
from ringform.sandbox.faults import Fault
from ringform.sandbox.oneinbox.example import FRONT_DESK
from ringform.sandbox.server import Sandbox
from ringform.testing import Emulator, State
from ringform.testing.case import difference

GOLDEN = Path(__file__).parent / "golden"
ALL = (PHONE_INC, ZENDESK_TALK, ONEINBOX)
ALLOWED = ("--allow", "purchase")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with sandbox_for_all() as running:
        yield running


@pytest.fixture
def accounts(sandbox: Sandbox) -> dict[str, tuple[Emulator, State]]:
    """Every account, and what it holds at the beginning."""
    found = {case.name: emulator(sandbox, case.name) for case in ALL}
    return {name: (account, account.read()) for name, account in found.items()}


@pytest.fixture
def ringform(tmp_path: Path, sandbox: Sandbox) -> Iterator[Ringform]:
    """The command in a folder with a manifest for each provider, and the keys of all."""
    settings = settings_for(sandbox)
    made = Ringform(tmp_path, sandbox, {name: value for each in settings.values() for name, value in each.items()})
    for case in ALL:
        made.write(case.manifest, f"ringform/{case.name}.yaml")
    yield made
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or not any(secret.encode() in path.read_bytes() for secret in SECRETS)


def changed(accounts: dict[str, tuple[Emulator, State]]) -> set[str]:
    """The accounts that hold something else than at the beginning."""
    return {name for name, (account, seed) in accounts.items() if difference(seed, account.read())}


def test_one_plan_with_one_digest_and_one_report(ringform: Ringform) -> None:
    text = ringform("plan", "--detailed-exitcode")
    check(GOLDEN / "together-plan.txt", transcript(("ringform plan --detailed-exitcode", text)))
    told = ringform("plan", "--format", "json")
    check(GOLDEN / "together-plan.json", plain(told.out))
    plan = json.loads(told.out)
    assert plan["providers"] == ["oneinbox", "phone.inc", "zendesk-talk"]
    assert ringform("plan", "--digest").out.strip() == plan["digest"]
    assert ringform.writes == []


def test_a_saved_plan_for_all_is_applied_and_undone(
    ringform: Ringform, sandbox: Sandbox, accounts: dict[str, tuple[Emulator, State]]
) -> None:
    saved = ringform("plan", "--out", "plan.json")
    assert saved.code == 0, saved.err
    sandbox.oneinbox.edit_phone_number(FRONT_DESK, friendly_name="Somebody's")
    stale = ringform("apply", "--plan", "plan.json", "--yes", *ALLOWED)
    assert (stale.code, "out of date" in stale.err, ringform.writes) == (3, True, [])
    sandbox.oneinbox.edit_phone_number(FRONT_DESK, friendly_name="Front desk")

    applied = ringform("apply", "--plan", "plan.json", "--yes", *ALLOWED, "--parallelism", "1")
    assert applied.code == 0, applied.out + applied.err
    check(GOLDEN / "together-apply.txt", transcript(("ringform apply --plan plan.json ...", applied)))
    assert changed(accounts) == {"phone.inc", "zendesk-talk", "oneinbox"}
    assert len(list((ringform.folder / ".ringform" / "journal").iterdir())) == 1
    settled = ringform("drift")
    assert settled.code == 0, settled.out

    undone = ringform("undo", "--yes")
    check(GOLDEN / "together-undo.txt", transcript(("ringform undo --yes", undone)))
    assert "phone.inc" not in changed(accounts)


def test_a_key_that_is_missing_is_one_error_that_names_it(ringform: Ringform) -> None:
    del ringform.environment["ONEINBOX_API_KEY"]
    ended = ringform("drift")
    assert (ended.code, ended.err.count("error[")) == (1, 1)
    assert "ONEINBOX_API_KEY is not set" in ended.err
    assert ringform.requests == []


def test_one_account_that_cannot_be_read_hides_no_other(ringform: Ringform) -> None:
    ringform.environment["ZENDESK_API_TOKEN"] = "Wrong7Token"
    drifted = ringform("drift")
    check(GOLDEN / "together-unreadable.txt", transcript(("ringform drift", drifted)))
    told = json.loads(ringform("plan", "--format", "json").out)
    assert told["providers"] == ["oneinbox", "phone.inc"]
    assert [each["code"] for each in told["diagnostics"] if each["severity"] == "error"] == ["unauthorized"]
    saved = ringform("plan", "--out", "plan.json")
    assert (saved.code, saved.out, (ringform.folder / "plan.json").exists()) == (1, "", False)
    applied = ringform("apply", "--yes", *ALLOWED)
    assert (applied.code, applied.out) == (1, "")
    assert ringform.writes == []


def test_one_account_that_fails_keeps_no_other_from_its_changes(
    ringform: Ringform, sandbox: Sandbox, accounts: dict[str, tuple[Emulator, State]]
) -> None:
    sandbox.faults.script(Fault.error(403), method="PUT", path="^/api/v2/", times=None)
    sandbox.faults.script(Fault.error(403), method="POST", path="^/api/v2/", times=None)
    applied = ringform("apply", "--yes", *ALLOWED)
    assert applied.code == 4, applied.out
    assert changed(accounts) == {"phone.inc", "oneinbox"}
    assert "Applied in part: 7 done, 3 failed, 1 not tried." in applied.out
    sandbox.faults.clear()
    again = ringform("apply", "--yes", *ALLOWED)
    assert again.code == 0, again.out


def test_a_target_reads_and_changes_its_own_account_only(
    ringform: Ringform, accounts: dict[str, tuple[Emulator, State]]
) -> None:
    for name in [name for name in ringform.environment if name.startswith(("PHONE_INC_", "ZENDESK_"))]:
        del ringform.environment[name]
    applied = ringform("apply", "--yes", "--target", f"oneinbox_phone_number:{FRONT_DESK}")
    assert applied.code == 0, applied.out + applied.err
    assert changed(accounts) == {"oneinbox"}
    assert {path.split("/")[1] for path in (request.partition(" ")[2] for request in ringform.requests)} == {"v1"}
    assert len(ringform.writes) == 1


def test_commands_without_a_manifest_look_at_the_keys_that_there_are(ringform: Ringform) -> None:
    doctor, export = ringform("doctor"), ringform("export")
    check(GOLDEN / "together-keys.txt", transcript(("ringform doctor", doctor), ("ringform export", export)))
