"""Completion in real shells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from real.tools import need

pytestmark = pytest.mark.real

BIN = Path(sys.executable).parent
MANIFEST = 'version: 1\nmain_numbers: {"+14155551234": {name: Sales, opening_hours: {daily: closed}}}\n'
IN_BASH = """\
source <(ringform completion bash)
COMP_WORDS=(ringform simulate --to +1) COMP_CWORD=3
"$(complete -p ringform | sed 's/.*-F \\([^ ]*\\) .*/\\1/')" ringform
echo "${COMPREPLY[*]}"
"""
IN_FISH = "ringform completion fish | source; complete --do-complete 'ringform simulate --to +1'"


def said(folder: Path, *command: str) -> str:
    """What a shell prints in a folder with a manifest."""
    (folder / "ringform.yaml").write_text(MANIFEST, "utf-8")
    environment = {"PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin", "HOME": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True
    ).stdout


def test_bash_completes_a_number_of_the_manifest(tmp_path: Path) -> None:
    assert said(tmp_path, need("bash"), "-c", IN_BASH) == "+14155551234\n"


def test_fish_completes_a_number_of_the_manifest(tmp_path: Path) -> None:
    assert said(tmp_path, need("fish"), "-c", IN_FISH) == "+14155551234\tSales\n"


def test_zsh_takes_the_script(tmp_path: Path) -> None:
    script = "autoload -Uz compinit; compinit -D; source <(ringform completion zsh); print -r -- $_comps[ringform]"
    assert said(tmp_path, need("zsh"), "-c", script) == "_ringform_completion\n"
