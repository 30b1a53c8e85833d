"""``ringform fmt``: the files of a manifest in their one layout."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import ringform as library
from cli.harness import Ringform, golden
from ringform.model.diagnostic import RingformError

LOOSE = """\
version:   1
main_numbers:
  +14155551234:
    # Rings for half a minute.
    no_answer_timeout_secs: 30
    name: Sales # for the team
contacts: {'+45 20 12 34 56': {note: Always asks for the engineering team, name: "Niklas Stephenson"}}
"""
TIDY = """\
version: 1
main_numbers:
  "+14155551234":
    name: Sales # for the team
    # Rings for half a minute.
    no_answer_timeout_secs: 30
contacts: {"+45 20 12 34 56": {name: "Niklas Stephenson", note: Always asks for the engineering team}}
"""
ODD = "{version: 1, contacts: {}}\n"


def test_check_diff_and_write(offline: Ringform) -> None:
    offline.write(LOOSE, "ringform/a.yaml")
    offline.write(TIDY.replace("+1415555", "+1415556").replace("+45 20", "+45 21"), "ringform/b.yaml")
    steps = [(f"ringform fmt {each}".rstrip(), offline("fmt", *each.split())) for each in ("--check", "--diff")]
    assert (offline.folder / "ringform/a.yaml").read_text("utf-8") == LOOSE
    steps += [(f"ringform fmt {each}".rstrip(), offline("fmt", *each.split())) for each in ("", "--check", "")]
    assert [ended.code for _, ended in steps] == [2, 0, 0, 0, 0]
    assert (offline.folder / "ringform/a.yaml").read_text("utf-8") == TIDY
    golden("fmt", *steps)


def test_the_diff_is_what_patch_takes(offline: Ringform) -> None:
    mark, crlf = "\ufeff", LOOSE.replace("\n", "\r\n")
    file = offline.folder / "ringform.yaml"
    file.write_bytes((mark + crlf).encode("utf-8"))
    both = offline("fmt", "--check", "--diff")
    assert both.code == 2
    copy = offline.folder / "copy"
    copy.mkdir()
    (copy / "ringform.yaml").write_bytes(file.read_bytes())
    subprocess.run(["patch", "-p1"], input=both.out.encode("utf-8"), cwd=copy, check=True, capture_output=True)
    assert offline("fmt").code == 0
    assert file.read_bytes() == (mark + TIDY.replace("\n", "\r\n")).encode("utf-8")
    assert (copy / "ringform.yaml").read_bytes() == file.read_bytes()


def test_what_cannot_be_formatted_is_left_and_named(offline: Ringform) -> None:
    offline.write(ODD, "ringform/a.yaml")
    offline.write("version:  1\n", "ringform/b.yaml")
    check, done = offline("fmt", "--check"), offline("fmt")
    again = offline("fmt", "--check")
    assert (check.code, done.code, again.code) == (2, 4, 0)
    assert (offline.folder / "ringform/a.yaml").read_text("utf-8") == ODD
    golden("fmt-left", ("ringform fmt --check", check), ("ringform fmt", done), ("ringform fmt --check", again))


def test_a_file_with_mistakes_stops_it_before_anything_is_written(offline: Ringform) -> None:
    offline.write(LOOSE, "ringform/a.yaml")
    offline.write("version: 1\nvars: {a: b, a: c}\n", "ringform/b.yaml")
    offline.write("version: [\n", "ringform/c.yaml")
    ended = offline("fmt")
    assert ended.code == 1
    assert (offline.folder / "ringform/a.yaml").read_text("utf-8") == LOOSE
    golden("fmt-mistakes", ("ringform fmt", ended))


def test_a_file_of_an_unknown_provider_keeps_its_order(offline: Ringform) -> None:
    offline.write("provider: nobody\nversion:  1\nother: +4520123456\n")
    assert offline("fmt").code == 0
    assert (offline.folder / "ringform.yaml").read_text(
        "utf-8"
    ) == 'provider: nobody\nversion: 1\nother: "+4520123456"\n'


def test_a_file_that_changes_meanwhile_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "ringform.yaml"
    file.write_text(LOOSE, "utf-8")
    formatted = library.fmt([file])
    assert [each.after for each in formatted.edits] == [TIDY]
    file.write_text("version: 1\n", "utf-8")
    with pytest.raises(RingformError) as raised:
        formatted.write()
    assert [each.code for each in raised.value.diagnostics] == ["file-changed"]
    assert file.read_text("utf-8") == "version: 1\n"
