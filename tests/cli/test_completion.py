"""``ringform completion``: the script of a shell, and where it is installed."""

from __future__ import annotations

import pytest

from cli.harness import Ringform

MANIFEST = """\
version: 1
main_numbers:
  "+14155551234": {name: Sales, opening_hours: {daily: closed}}
  "+14155555678": {name: Head office, opening_hours: {daily: closed}}
"""


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", ".local/share/bash-completion/completions/ringform"),
        ("zsh", ".zfunc/_ringform"),
        ("fish", ".config/fish/completions/ringform.fish"),
    ],
)
def test_a_script_is_printed_and_installed_where_the_shell_looks(offline: Ringform, shell: str, place: str) -> None:
    home = {"HOME": str(offline.folder), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
    printed = offline("completion", shell, **home)
    assert (printed.code, printed.err) == (0, "")
    assert "_RINGFORM_COMPLETE" in printed.out
    installed = offline("completion", shell, "--install", **home)
    assert (installed.code, installed.err) == (0, "")
    assert str(offline.folder / place) in installed.out
    assert (offline.folder / place).read_text("utf-8") == printed.out


def test_a_place_that_cannot_be_made_says_so(offline: Ringform) -> None:
    offline.write("", "home")
    ended = offline("completion", "zsh", "--install", HOME=str(offline.folder / "home"))
    assert (ended.code, ended.out) == (1, "")
    assert "ringform completion zsh" in ended.err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ringform pl", ["plan"]),
        ("ringform plan --allow mass", ["mass-deletion"]),
        ("ringform simulate --to +1415555", ["+14155551234", "+14155555678"]),
        ("ringform simulate --to S", ["Sales"]),
        ("ringform graph --to H", []),
        ("ringform export --provider z", ["zendesk-talk"]),
        ("ringform test --format j", ["json", "junit"]),
        ("ringform test --report j", ["json=", "junit="]),
        ("ringform undo .ringform/j", [".ringform/journal/one.jsonl"]),
    ],
)
def test_values_are_completed_without_a_network(offline: Ringform, words: str, offered: list[str]) -> None:
    offline.write(MANIFEST)
    offline.write("", ".ringform/journal/one.jsonl")
    position = str(words.count(" "))
    ended = offline(_RINGFORM_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=position)
    assert (ended.code, ended.err) == (0, "")
    assert [line.partition(",")[2] for line in ended.out.splitlines() if line] == offered


def test_a_broken_manifest_disturbs_no_prompt(offline: Ringform) -> None:
    offline.write("version: [\n")
    ended = offline(_RINGFORM_COMPLETE="bash_complete", COMP_WORDS="ringform simulate --to ", COMP_CWORD="3")
    assert (ended.out.strip(), ended.err) == ("", "")
