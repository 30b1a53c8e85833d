"""``ringform export``: the account as a manifest that is right at once, and good to edit."""

from __future__ import annotations

import stat
from dataclasses import asdict
from pathlib import Path

import pytest
from golden import check

from cli.harness import GOLDEN, Ringform, golden, sandbox_for_all, settings_for
from ringform.model.diagnostic import RingformError
from ringform.operations.export import Export
from ringform.sandbox.oneinbox.example import FRONT_DESK


def test_the_documents_account(ringform: Ringform) -> None:
    printed = ringform("export")
    assert (printed.code, printed.err) == (0, "")
    check(GOLDEN / "export.yaml", printed.out)
    written = ringform("export", "--output", "ringform.yaml")
    file = ringform.folder / "ringform.yaml"
    assert file.read_text("utf-8") == printed.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    planned = ringform("plan", "--detailed-exitcode")
    assert planned.code == 0
    assert ringform.writes == []
    golden(
        "export-planned",
        ("ringform export --output ringform.yaml", written),
        ("ringform plan --detailed-exitcode", planned),
    )


def test_a_manifest_that_is_there_is_replaced_only_by_whoever_says_so(ringform: Ringform) -> None:
    ringform.write(BY_HAND)
    terminal = ringform.on_terminal("export", "--output", "ringform.yaml")
    terminal.wait_for("ringform.yaml already exists")
    terminal.type("\n")
    assert terminal.end().code == 3
    assert (ringform.folder / "ringform.yaml").read_text("utf-8") == BY_HAND


BY_HAND = "version: 1 # written by hand\n"


def test_without_a_terminal_a_file_is_replaced_only_with_yes(ringform: Ringform) -> None:
    file = ringform.write(BY_HAND)
    refused = ringform("export", "--output", "ringform.yaml")
    assert (refused.code, file.read_text("utf-8"), ringform.requests) == (3, BY_HAND, [])
    golden("export-refused", ("ringform export --output ringform.yaml", refused))
    assert ringform("export", "--output", "ringform.yaml", "--yes").code == 0
    assert file.read_text("utf-8") == ringform("export").out


def test_with_yes_nobody_is_asked_on_a_terminal(ringform: Ringform) -> None:
    file = ringform.write(BY_HAND)
    assert ringform.on_terminal("export", "--output", "ringform.yaml", "--yes").end().code == 0
    assert file.read_text("utf-8") == ringform("export").out


def test_the_next_command_is_one_that_a_shell_takes(ringform: Ringform) -> None:
    written = ringform("export", "--only", "main_number:+14155551234", "--output", "our numbers.yaml")
    assert written.err == "Wrote our numbers.yaml: 1 main number.\nNext: ringform plan 'our numbers.yaml'\n"
    assert ringform.shell("$RINGFORM plan 'our numbers.yaml'").code == 0


@pytest.mark.parametrize("name", ["outdir/", "outdir", "outdir/.", "new/", "new/."])
def test_a_folder_is_no_file_to_write_to(ringform: Ringform, name: str) -> None:
    (ringform.folder / "outdir").mkdir()
    ended = ringform("export", "--output", name)
    folder = name.partition("/")[0]
    assert ended.code == 64
    assert f"{folder} is a folder; name a file in it, such as {folder}/ringform.yaml" in ended.err
    assert sorted(path.name for path in ringform.folder.iterdir()) == ["outdir"]
    assert ringform.requests == []


def test_a_file_in_a_folder_that_is_not_there(ringform: Ringform) -> None:
    ended = ringform("export", "--output", "no/such folder/ringform.yaml")
    assert ringform.requests == []
    golden("export-no-folder", ("ringform export --output 'no/such folder/ringform.yaml'", ended))


def test_a_large_account_and_one_prompt_changed_by_hand(big: Ringform) -> None:
    assert big.sandbox
    assert big("export", "--output", "ringform.yaml").code == 0
    planned = big("plan", "--detailed-exitcode")
    assert (planned.code, planned.out) == (0, "No changes: 2,200 objects as the manifest says.\n")
    assert big.writes == []

    file = big.folder / "ringform.yaml"
    before = file.read_text("utf-8")
    menus = {
        number.id: option["prompt"]
        for number in big.sandbox.account.main_numbers.values()
        for option in number.incoming_call_config.get("menu_options", ())
        if option["prompt"] and before.count(option["prompt"]) >= 1
    }
    id_, prompt = next(iter(menus.items()))
    number = big.sandbox.account.main_numbers[id_]
    start = before.index(f'"{number.number}":')
    start = before.index("menu_options", start)
    file.write_text(before[:start] + before[start:].replace(prompt, "Please hold the line", 1), "utf-8")
    untouched = asdict(number)
    applied = big("apply", "--yes")
    assert applied.code == 0, applied.err
    assert big.writes == [f"PUT /main_numbers/{id_}/incoming_call_config"]
    now = asdict(big.sandbox.account.main_numbers[id_])
    assert {name for name in now if now[name] != untouched[name]} == {"incoming_call_config"}
    prompts = [option["prompt"] for option in now["incoming_call_config"]["menu_options"]]
    assert "Please hold the line" in prompts


def test_only_what_is_asked_for(ringform: Ringform) -> None:
    number = ringform("export", "--only", "main_number:+14155551234")
    for same in ("main_number:+1 (415) 555-1234", "+1 415 555 1234", "Sales", "main_number:Sa*"):
        assert ringform("export", "--only", same) == number
    assert "did you mean 'Sales'?" in ringform("export", "--only", "Sals").err
    assert ringform("export", "--only", "zendesk_phone_number:+14155551234").code == 64
    assert ("+14155555678" in number.out, "contacts:" in number.out) == (False, False)
    lacking = ringform("export", "--only", "main_number:+14155551235", "--output", "some.yaml")
    assert (lacking.code, (ringform.folder / "some.yaml").exists()) == (1, False)
    assert "did you mean 'main_number:+14155551234'?" in lacking.err


@pytest.mark.parametrize("provider", ["phone.inc", "zendesk-talk", "oneinbox"])
def test_an_export_is_in_the_layout_of_fmt(tmp_path: Path, provider: str) -> None:
    only = ("--only", f"oneinbox_phone_number:{FRONT_DESK}") if provider == "oneinbox" else ()
    with sandbox_for_all() as sandbox:
        ringform = Ringform(tmp_path, sandbox, settings_for(sandbox)[provider])
        assert ringform("export", "--output", "ringform.yaml", *only).code == 0
        checked = ringform("fmt", "--check")
        assert (checked.code, checked.err) == (0, ""), checked.out
        assert ringform("plan", "--detailed-exitcode").code == 0


@pytest.mark.parametrize("names", [("note",), tuple(f"field_{number}" for number in range(8))])
def test_what_could_not_be_read_again_is_not_written(names: tuple[str, ...]) -> None:
    text = "x" * (90 if len(names) == 1 else 1)
    contacts = {f"+45{number}": dict.fromkeys(names, text) for number in range(20_000_000, 20_110_000)}
    with pytest.raises(RingformError) as raised:
        _ = Export({"version": 1, "contacts": contacts}, (), ()).text
    assert [each.code for each in raised.value.diagnostics] == ["export-too-large"]


def test_an_account_in_parts_is_one_manifest(ringform: Ringform) -> None:
    (ringform.folder / "ringform").mkdir()
    for pattern, file in (("main_number:*", "numbers.yaml"), ("contact:+45*", "contacts-45.yaml")):
        assert ringform("export", "--only", pattern, "--output", f"ringform/{file}").code == 0
    planned = ringform("plan", "--detailed-exitcode")
    assert (planned.code, planned.err) == (0, "")
