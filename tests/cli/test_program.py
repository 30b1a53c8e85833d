"""How a line for a scheduler starts this very program: as a script, as a module, out of an archive."""

from __future__ import annotations

import json
import subprocess
import sys
import zipapp
from pathlib import Path

import pytest

import ringform
from ringform.cli.program import program

ENTRY = "import json; from ringform.cli.program import program; print(json.dumps(program()))"


def test_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(Path(ringform.__file__).parent / "__main__.py")])
    assert program() == [sys.executable, "-m", "ringform"]


def test_as_a_script_found_by_its_name(tmp_path: Path) -> None:
    script = tmp_path / "bin" / "ringform"
    script.parent.mkdir()
    script.write_text(f"#!{sys.executable}\n{ENTRY}\n", "utf-8")
    script.chmod(0o755)
    for started in ("./bin/ringform", "bin/../bin/ringform", str(script)):
        ran = subprocess.run([started], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert json.loads(ran.stdout) == [str(script)]


@pytest.mark.parametrize("interpreter", [None, sys.executable])
def test_out_of_an_archive(tmp_path: Path, interpreter: str | None) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "__main__.py").write_text(ENTRY, "utf-8")
    archive = tmp_path / "phones.pyz"
    zipapp.create_archive(source, archive, interpreter=interpreter)
    ran = subprocess.run([sys.executable, "phones.pyz"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == ([str(archive)] if interpreter else [sys.executable, str(archive)])
