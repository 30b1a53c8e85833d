"""``ringform pull``: what was changed in the account, written into the manifest's files."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest

import ringform as library
from cli.harness import Ringform, golden, golden_json, sandbox_for_all, settings_for
from ringform.model.diagnostic import RingformError
from ringform.sandbox.phone_inc.example import ALEX, JONAS, MARIA, SALES
from ringform.sandbox.server import Sandbox

NUMBERS = f"""\
# Two numbers, and who answers them.
version: 1
employees:
  maria: {MARIA} # sales
  alex: {ALEX}
ring_groups:
  everybody: [maria, alex]
main_numbers:
  "+1 415 555 1234":
    name: Sales # for the team
    incoming_call_config:
      type: PhoneMenuConfig
      welcome: Press 1 for sales, 2 to leave a message
      menu_options:
        # straight to a person
        - {{digit: 1, action_type: TransferConfig, employee_ids: [maria]}}
        - {{digit: 2, action_type: VoicemailConfig, prompt: "Leave a message after the tone"}}
    opening_hours:
      mon-fri: 09:00-17:00 # all year
      sat-sun: closed
"""
CONTACTS = """\
version: 1
contacts:
  "+45 20 12 34 56": {name: Niklas Stephenson, note: Always asks for the engineering team.} # a friend
"""


@pytest.fixture
def pulling(ringform: Ringform) -> Ringform:
    ringform.write(NUMBERS, "ringform/numbers.yaml")
    ringform.write(CONTACTS, "ringform/contacts.yaml")
    return ringform


def drift(sandbox: Sandbox) -> None:
    """What somebody did in the dashboard."""
    week = [
        {"day_of_week": day, "open": day < 5, "opening_at": "09:00", "closing_at": "15:30" if day == 4 else "17:00"}
        for day in range(7)
    ]
    sandbox.account.edit_main_number(
        SALES,
        name="Sales DK",
        opening_hours=week,
        incoming_call_config={
            "type": "PhoneMenuConfig",
            "welcome": "Press 1 for sales, 2 to leave a message",
            "menu_options": [
                {"digit": "1", "action_type": "TransferConfig", "employee_ids": [MARIA, ALEX]},
                {"digit": "2", "action_type": "VoicemailConfig", "prompt": "Talk after the tone", "employee_ids": []},
                {"digit": "3", "action_type": "TransferConfig", "employee_ids": [JONAS]},
            ],
        },
    )
    [contact] = sandbox.account.contacts.values()
    with sandbox.account.changing():
        contact.note = "{{ not a template }}"


def files(ringform: Ringform) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((ringform.folder / "ringform").iterdir())}


def test_nothing_to_pull(pulling: Ringform) -> None:
    before = files(pulling)
    steps = [(f"ringform pull {each}".rstrip(), pulling("pull", *each.split())) for each in ("", "--dry-run")]
    assert [ended.code for _, ended in steps] == [0, 0]
    assert (files(pulling), pulling.writes) == (before, [])
    golden("pull-nothing", *steps)


def test_a_pull_and_the_diff_of_it(pulling: Ringform, sandbox: Sandbox) -> None:
    drift(sandbox)
    before = files(pulling)
    dry = pulling("pull", "--dry-run")
    assert (dry.code, dry.err, files(pulling)) == (2, "", before)
    mode = (pulling.folder / "ringform" / "numbers.yaml").stat().st_mode
    done = pulling("pull")
    assert (done.code, done.err, pulling.writes) == (0, "", [])
    assert (pulling.folder / "ringform" / "numbers.yaml").stat().st_mode == mode
    golden("pull", ("ringform pull --dry-run", dry), ("ringform pull", done))
    assert pulling("plan", "--detailed-exitcode").code == 0
    assert pulling("pull").code == 0
    assert_patch_gives_the_same(pulling, before, dry.out, "patch -p1")
    assert_patch_gives_the_same(pulling, before, dry.out, "git apply -")


def assert_patch_gives_the_same(ringform: Ringform, before: dict[str, str], diff: str, command: str) -> None:
    pulled = files(ringform)
    for name, text in before.items():
        ringform.write(text, f"ringform/{name}")
    subprocess.run(command.split(), input=diff.encode(), cwd=ringform.folder, check=True, capture_output=True)
    assert files(ringform) == pulled


def test_windows_files_with_a_mark_and_no_last_line_end(ringform: Ringform, sandbox: Sandbox) -> None:
    file = ringform.folder / "our numbers.yaml"
    text = "\ufeff" + NUMBERS.rstrip("\n").replace("\n", "\r\n") + ' # ø\r\ncontacts: {"+4520123456": {note: x}}'
    file.write_bytes(text.encode())
    file.chmod(0o640)
    drift(sandbox)
    dry = ringform("pull", "--dry-run", file.name)
    assert ringform("pull", file.name).code == 0
    pulled = file.read_bytes()
    assert pulled.startswith("\ufeff# Two numbers".encode())
    assert pulled.count(b"\n") == pulled.count(b"\r\n") > 20
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    file.write_bytes(text.encode())
    subprocess.run(["patch", "-p1"], input=dry.out.encode(), cwd=ringform.folder, check=True, capture_output=True)
    assert file.read_bytes() == pulled


def test_what_cannot_be_written_is_left_and_named(pulling: Ringform, sandbox: Sandbox) -> None:
    sandbox.account.edit_main_number(SALES, name="Sålg")
    pulling.write(
        NUMBERS.replace("1 for sales,", "1 for {{ what }},") + "vars: {what: sales}\n", "ringform/numbers.yaml"
    )
    sandbox.account.edit_main_number(
        SALES, incoming_call_config={"type": "WelcomeTransferConfig", "welcome": "Hello", "employee_ids": [MARIA]}
    )
    before = files(pulling)
    dry, done = pulling("pull", "--dry-run"), pulling("pull")
    assert (dry.code, done.code, files(pulling)) == (4, 4, before)
    golden("pull-left", ("ringform pull --dry-run", dry), ("ringform pull", done))
    assert pulling("plan", "--detailed-exitcode").code == 2


def test_only_one_object(pulling: Ringform, sandbox: Sandbox) -> None:
    drift(sandbox)
    before = files(pulling)
    assert pulling("pull", "--only", "contact:+4520123456").code == 0
    assert files(pulling)["numbers.yaml"] == before["numbers.yaml"]
    assert '{{ "{" }}{ not a template }}' in files(pulling)["contacts.yaml"]
    unknown = pulling("pull", "--only", "contact:+4520123457")
    assert unknown.code == 1
    golden("pull-only", ("ringform pull --only contact:+4520123457", unknown))


def test_what_came_and_went_in_the_dashboard(pulling: Ringform, sandbox: Sandbox) -> None:
    contacts = sandbox.account.contacts
    with sandbox.account.changing():
        [old] = contacts.values()
        old.phone = "+4520123499"
    assert pulling("pull").code == 0
    assert files(pulling)["contacts.yaml"] == "version: 1\ncontacts: {}\n"
    pulling.write(CONTACTS + "unlisted_contacts: delete\n", "ringform/contacts.yaml")
    ended = pulling("pull", "--dry-run")
    golden("pull-contacts", ("ringform pull --dry-run", ended))
    assert pulling("pull").code == 0
    assert pulling("plan", "--detailed-exitcode").code == 0


def test_numbers_that_the_manifest_lacks(pulling: Ringform) -> None:
    assert pulling("pull", "--add-unmanaged", "--only", "main_number:+14155555678").code == 0
    golden("pull-unmanaged", ("cat", pulling.shell("cat ringform/numbers.yaml")))
    assert pulling("pull", "--add-unmanaged").code == 0
    assert pulling("plan", "--detailed-exitcode").code == 0


def test_as_json(pulling: Ringform, sandbox: Sandbox) -> None:
    sandbox.account.edit_main_number(SALES, name="Sålg")
    [contact] = sandbox.account.contacts.values()
    with sandbox.account.changing():
        contact.name = "Niklas"
    ended = pulling("pull", "--format", "json", "--dry-run")
    assert ended.code == 4
    golden_json("pull", ended)
    assert json.loads(pulling("pull", "--format", "json").out)["written"] is True


def test_asked_about_each_change(pulling: Ringform, sandbox: Sandbox) -> None:
    drift(sandbox)
    terminal = pulling.on_terminal("pull", "--interactive")
    for answer in "ynnnnn":
        terminal.wait_for("Write this into the manifest? [y/N]")
        terminal.seen = ""
        terminal.type(f"{answer}\n")
    ended = terminal.end()
    assert ended.code == 4
    assert "you said no" in ended.err
    numbers = files(pulling)["numbers.yaml"]
    assert numbers == NUMBERS.replace("name: Sales #", "name: Sales DK #")


def test_nobody_to_ask(pulling: Ringform) -> None:
    ended = pulling("pull", "--interactive")
    assert (ended.code, pulling.requests) == (3, [])
    assert "nobody can be asked here" in ended.err


def test_a_file_that_changed_meanwhile_is_not_touched(pulling: Ringform, sandbox: Sandbox) -> None:
    drift(sandbox)
    paths = [pulling.folder / "ringform"]
    manifest = library.load(paths)
    connections = library.connect(manifest, pulling.environment)
    pulled = library.pull(manifest, library.observe_all(manifest, connections))
    assert [Path(each.name).name for each in pulled.files] == ["contacts.yaml", "numbers.yaml"]
    moved = pulling.write(NUMBERS + "# new\n", "ringform/numbers.yaml")
    before = files(pulling)
    with pytest.raises(RingformError, match="has changed since it was read"):
        library.write_pulled(pulled, manifest)
    assert files(pulling) == before
    moved.write_text(NUMBERS, "utf-8")
    library.write_pulled(pulled, manifest)
    assert library.plan(library.load(paths), library.observe(library.load(paths), connections)).is_empty


def test_the_other_vendors(tmp_path: Path) -> None:
    with sandbox_for_all() as sandbox:
        settings = settings_for(sandbox)
        ringform = Ringform(tmp_path, sandbox, {**settings["zendesk-talk"], **settings["oneinbox"]})
        ringform.write(ringform("export", "--provider", "zendesk-talk").out, "ringform/talk.yaml")
        inbox = next(iter(sandbox.oneinbox.phone_numbers.values()))
        exported = ringform("export", "--provider", "oneinbox", "--only", f"oneinbox_phone_number:{inbox.id}")
        ringform.write(exported.out, "ringform/inbox.yaml")
        assert ringform("pull").code == 0
        talk = next(iter(sandbox.zendesk.phone_numbers.values()))
        changed = {"voicemail": not talk.settings.voicemail, "maximum_queue_size": 7}
        sandbox.zendesk.edit_phone_number(
            talk.id, nickname="Pizza, US", group_ids=[*talk.group_ids, 99], settings=changed
        )
        sandbox.oneinbox.edit_phone_number(inbox.id, friendly_name=None)
        golden("pull-vendors", ("ringform pull --dry-run", ringform("pull", "--dry-run")))
        assert ringform("pull").code == 0
        assert ringform("plan", "--detailed-exitcode").code == 0
