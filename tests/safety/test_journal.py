"""The journal: written before it is done, complete whatever happens, and without the key."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from cli.harness import KEY, Ringform
from support import twelve
from support.sandboxes import Site

import ringform as library
from ringform.execution.connection import by_provider
from ringform.execution.journal_files import list_journals, new_path, read_journal
from ringform.execution.journaling import JournalWriter
from ringform.manifest.writing import to_yaml
from ringform.model.outcome import Status
from ringform.sandbox.faults import Fault

NOTE = to_yaml({"version": 1, "contacts": {twelve.PHONES[0]: {"note": "Hello"}, twelve.PHONES[1]: {"absent": True}}})


def journal_in(folder: Path) -> Path:
    [path] = list_journals(folder / ".ringform" / "journal")
    return path


def test_it_is_for_its_owner_and_holds_no_key(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    path = journal_in(ringform.folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert KEY not in path.read_text()


def test_a_key_that_somebody_wrote_into_a_contact_is_not_in_it(ringform: Ringform) -> None:
    assert ringform.sandbox
    account = ringform.sandbox.account
    with account.changing():
        next(each for each in account.contacts.values() if each.phone == twelve.PHONES[0]).company_name = KEY
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    assert KEY not in journal_in(ringform.folder).read_text()


def test_each_intent_is_on_the_disk_when_its_request_comes(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    path = here.folder / "intents.jsonl"
    synced: list[int] = []
    sync = os.fsync

    def noted(file: int) -> None:
        sync(file)
        synced.append(os.fstat(file).st_size)

    monkeypatch.setattr(os, "fsync", noted)
    seen: list[tuple[int, int]] = []

    def look() -> None:
        records = [json.loads(line) for line in path.read_bytes().splitlines()]
        intents = sum(record["record"] == "intent" for record in records)
        results = sum(record["record"] == "result" for record in records)
        assert path.stat().st_size in synced
        seen.append((intents, results))

    for method in ("PATCH", "PUT", "POST", "DELETE"):
        here.sandbox.faults.script(Fault(meanwhile=look), method=method, times=None)
    connection = here.connection(parallelism=1)
    assert library.apply(plan, by_provider(connection), journal=path).is_complete
    assert seen == [(number + 1, number) for number in range(twelve.CALLS)]


def test_where_it_cannot_be_made_nothing_is_sent(ringform: Ringform) -> None:
    ringform.write(NOTE)
    (ringform.folder / "file").write_text("")
    (ringform.folder / "there.jsonl").write_text("mine")
    for place in ("file/journal.jsonl", "/proc/journal.jsonl", "there.jsonl"):
        ended = ringform("apply", "--yes", "--journal", place)
        assert ended.code == 1
        assert "error[journal-failed]" in ended.err
    assert ringform.writes == []
    assert (ringform.folder / "there.jsonl").read_text() == "mine"


def full_after(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    """The disk is full once the journal has so many lines; half of a line still fits."""
    write = os.write
    left = [lines]

    def some(file: int, content: bytes) -> int:
        if not content.startswith(b'{"record"'):
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(file, content)
        left[0] -= 1
        return write(file, content if left[0] >= 0 else content[: len(content) // 2])

    monkeypatch.setattr(os, "write", some)


@pytest.mark.parametrize("lines", range(1, 12))
def test_a_disk_that_is_full_in_the_middle_loses_nothing(
    here: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    """Nothing is sent that could not be noted, what was done is reported, and the journal can still be read."""
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    here.sandbox.recorder.clear()
    connection = here.connection(parallelism=1)
    path = tmp_path / "journal.jsonl"
    full_after(monkeypatch, lines)
    outcome = library.apply(plan, by_provider(connection), journal=path)
    monkeypatch.undo()
    assert len(here.writes) == outcome.count(Status.DONE) == lines // 2
    assert outcome.count(Status.NOT_ATTEMPTED) == twelve.CALLS - lines // 2
    told = [*outcome.diagnostics, *(each.diagnostic for each in outcome.results if each.diagnostic)]
    assert {each.code for each in told} == {"journal-failed"}
    read = read_journal(path)
    assert read.was_cut_off
    assert len(read.entries) == lines // 2
    assert len(read.unknown) == (lines + 1) % 2


def test_a_line_that_did_not_fit_does_not_spoil_the_next(
    here: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other calls are still under way when the disk is full, and there may be room again when they end."""
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    path = tmp_path / "journal.jsonl"
    with JournalWriter(path, plan, by_provider(here.connection())) as journal:
        for change in plan.changes[:2]:
            journal.intent(change, change.calls[0])
        full_after(monkeypatch, 0)
        with pytest.raises(library.RingformError):
            journal.result(1, Status.DONE, None)
        monkeypatch.undo()
        journal.result(2, Status.DONE, None)
    assert [entry.status for entry in read_journal(path).entries] == [Status.UNKNOWN, Status.DONE]


def test_a_writer_that_is_closed_writes_into_no_other_file(here: Site, tmp_path: Path) -> None:
    """A call that was given up ends after the journal is closed, when its file's number may be in use again."""
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    with JournalWriter(tmp_path / "journal.jsonl", plan, by_provider(here.connection())) as journal:
        pass
    others = [(tmp_path / f"{number}").open("w+") for number in range(8)]
    with pytest.raises(library.RingformError):
        journal.result(1, Status.DONE, None)
    for other in others:
        other.close()
    assert all((tmp_path / f"{number}").read_text() == "" for number in range(8))


def test_history_lists_the_applies_and_how_they_ended(ringform: Ringform) -> None:
    assert ringform("history").out == "No apply was made in this folder.\n"
    ringform.write(NOTE)
    assert ringform.sandbox
    ringform.sandbox.faults.script(Fault.error(403), method="PATCH")
    assert ringform("apply", "--yes").code == 4
    assert ringform("apply", "--yes").code == 0
    first, second = json.loads(ringform("history", "--format", "json").out)["applies"]
    summary = {"done": 1, "failed": 1, "unknown": 0, "not_attempted": 0}
    assert (first["calls"], first["summary"], first["cut_off"]) == (2, summary, False)
    assert (second["calls"], second["summary"]["done"]) == (1, 1)
    assert "2 API calls: 1 done, 1 failed" in ringform("history").out


def test_undo_takes_the_last_apply_back_and_itself(ringform: Ringform) -> None:
    assert ringform.sandbox

    def contacts() -> list[dict[str, Any]]:
        assert ringform.sandbox
        state = ringform.sandbox.account.to_state()["contacts"]
        return sorted(({k: each[k] for k in ("phone", "name", "note")} for each in state), key=str)

    before = contacts()
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    after = contacts()
    ended = ringform("undo", "--yes")
    assert ended.code == 0
    assert "comes back with all its fields and a new id" in ended.out
    assert contacts() == before
    assert ringform("undo", "--yes").code == 0
    assert contacts() == after


def test_an_undo_that_leaves_something_ends_with_4(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    assert ringform.sandbox
    account = ringform.sandbox.account
    with account.changing():
        next(each for each in account.contacts.values() if each.phone == twelve.PHONES[0]).note = "Theirs"
    ended = ringform("undo", "--yes")
    assert ended.code == 4
    assert "note changed since" in ended.out
    journals = list_journals(ringform.folder / ".ringform" / "journal")
    assert ringform("undo", "--yes", "--force", str(journals[0])).code == 0
    assert "has nothing to put back" in ringform("undo", "--yes", "--force", str(journals[0])).err


def test_a_journal_of_another_account_is_not_taken_back_without_permission(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    [journal] = (ringform.folder / ".ringform/journal").iterdir()
    record, *rest = journal.read_text("utf-8").splitlines(keepends=True)
    journal.write_text(
        json.dumps({**json.loads(record), "account": "0123456789abcdef"}) + "\n" + "".join(rest), "utf-8"
    )
    refused = ringform("undo", "--yes")
    assert refused.code == 3
    assert "guardrail[other-account]: the journal was made with another key or base URL" in refused.out
    assert "--allow other-account" in refused.err
    assert ringform("undo", "--yes", "--allow", "other-account").code == 0


def test_undo_asks_and_refuses_like_apply(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("undo", "--yes").code == 1
    assert ringform("apply", "--yes").code == 0
    before = len(ringform.writes)
    assert ringform("undo").code == 3
    assert ringform("undo", "--yes", "--allow", "nonsense").code == 64
    assert ringform("undo", "--yes", "elsewhere.jsonl").code == 1
    ringform.write("{}\n", "damaged.jsonl")
    assert "error[not-a-journal]" in ringform("undo", "--yes", "damaged.jsonl").err
    assert len(ringform.writes) == before


def test_the_last_journal_is_the_one_that_was_made_last(ringform: Ringform) -> None:
    """Not the one with the greatest name: a clock may have run ahead."""
    assert ringform.sandbox
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    folder = ringform.folder / ".ringform" / "journal"
    [first] = list_journals(folder)
    ahead = folder / "2999-01-01T00-00-00-000000.jsonl"
    ahead.write_text(first.read_text().replace('"at": "20', '"at": "29'), "utf-8")
    first.unlink()
    warned = ringform("plan")
    assert "warning[journal-from-the-future]" in warned.err
    assert "2999-01-01T00-00-00-000000.jsonl says that it began at 29" in warned.err
    ringform.write(NOTE.replace("Hello", "Goodbye"))
    assert ringform("apply", "--yes").code == 0
    assert [path.name for path in list_journals(folder)] == [ahead.name, "2999-01-01T00-00-00-000001.jsonl"]
    undone = ringform("undo", "--yes")
    assert undone.code == 0
    assert "future" not in undone.err, "the last one was made by a clock that is right"
    notes = {each.note for each in ringform.sandbox.account.contacts.values()}
    assert "Hello" in notes, "only the last apply is taken back"


def test_a_journal_of_any_name_has_its_place_by_what_it_holds(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("apply", "--yes", "--journal", ".ringform/journal/zzz.jsonl").code == 0
    ringform.write(NOTE.replace("Hello", "Goodbye"))
    assert ringform("apply", "--yes").code == 0
    folder = ringform.folder / ".ringform" / "journal"
    assert [path.name == "zzz.jsonl" for path in list_journals(folder)] == [True, False]


def test_an_empty_or_damaged_journal_is_looked_past(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    ringform.write("", ".ringform/journal/2998-01-01T00-00-00-000000.jsonl")
    ringform.write("{}\n", ".ringform/journal/2999-01-01T00-00-00-000000.jsonl")
    ended = ringform("undo", "--yes")
    assert ended.code == 0
    assert "2998-01-01T00-00-00-000000.jsonl is empty: its apply sent nothing" in ended.err
    assert "2999-01-01T00-00-00-000000.jsonl is not a journal of ringform, or is damaged" in ended.err
    assert ended.err.count("warning[not-a-journal]") == 2
    assert "error" not in ringform("plan").err


def test_a_history_of_nothing_but_damage_exits_with_1(ringform: Ringform) -> None:
    ringform.write("{}\n", ".ringform/journal/2026-01-01T00-00-00-000000.jsonl")
    ended = ringform("history")
    assert ended.code == 1
    assert "error[not-a-journal]" in ended.err
    ringform.write(NOTE)
    assert ringform("apply", "--yes").code == 0
    assert ringform("history").code == 0


def test_a_damaged_line_leaves_the_rest_of_a_journal(here: Site, tmp_path: Path) -> None:
    here.hold(twelve.account())
    plan = here.plan(twelve.DOCUMENT)
    path = tmp_path / "journal.jsonl"
    with JournalWriter(path, plan, by_provider(here.connection())) as journal:
        for change in plan.changes[:3]:
            journal.result(journal.intent(change, change.calls[0]), Status.DONE, None)
    lines = path.read_bytes().splitlines(keepends=True)
    for number, status in ((3, [Status.UNKNOWN, Status.DONE, Status.DONE]), (4, [Status.DONE, Status.DONE])):
        for damage in (b"{\n", b"\xff\xfe\n", b'{"record": "intent", "address": "?"}\n', b"\n", b"[1]\n"):
            path.write_bytes(b"".join([*lines[: number - 1], damage, *lines[number:]]))
            read = read_journal(path)
            assert [entry.status for entry in read.entries] == status
            assert not read.was_cut_off
            [warning] = read.diagnostics
            assert (warning.code, warning.summary) == ("damaged-journal", f"{path} is damaged in line {number}")
    path.write_bytes(lines[0] + b"?\n" * 9)
    assert read_journal(path).diagnostics[0].summary.endswith("is damaged in lines 2, 3, 4, 5 and 6 and more")


def test_a_journal_that_is_no_regular_file_hangs_nothing(ringform: Ringform) -> None:
    ringform.write(NOTE)
    folder = ringform.folder / ".ringform" / "journal"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "2026-01-01T00-00-00-000000.jsonl")
    (folder / "2026-01-02T00-00-00-000000.jsonl").symlink_to("/dev/zero")
    (folder / "2026-01-03T00-00-00-000000.jsonl").mkdir()
    with (folder / "2026-01-04T00-00-00-000000.jsonl").open("wb") as file:
        file.truncate(300_000_000)
    planned = ringform("plan")
    assert planned.code == 0
    assert planned.err.count("warning[unreadable]") == 4
    assert planned.err.count("cannot be read: it is not a regular file") == 2
    assert "cannot be read: it is larger than 256 MB" in planned.err
    assert ringform("undo", "--yes").code == ringform("history").code == 1
    assert ringform("apply", "--yes").code == 0
    assert "warning" not in ringform("plan").err


@pytest.mark.parametrize("name", ["9999-12-31T23-59-59-999999", "0001-01-01T00-00-00-000000", "é", "2026"])
def test_a_new_name_is_above_all_others_that_are_times(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.jsonl").touch()
    assert new_path(tmp_path).name[:2] == "20"


def test_what_is_kept_beside_the_manifest_stays_out_of_repositories(ringform: Ringform) -> None:
    ringform.write(NOTE)
    assert ringform("apply", "--yes", "--journal", "elsewhere/journal.jsonl").code == 0
    assert not (ringform.folder / "elsewhere" / ".gitignore").exists()
    assert ringform("undo", "--yes", "elsewhere/journal.jsonl").code == 0
    assert (ringform.folder / ".ringform" / ".gitignore").read_text() == "*\n"
