"""ringform in one file, as the zipapps of Python, shiv and pex are: nothing of it is a file on the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipapp
from pathlib import Path

import pytest
from golden import check

import ringform
from cli.harness import GOLDEN, Ended, looked_through, transcript

MAIN = "from ringform.cli.app import main\n\nmain()\n"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zipapp")
    source = Path(ringform.__file__).parent
    shutil.copytree(source, folder / "all" / "ringform", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "all" / "__main__.py").write_text(MAIN, "utf-8")
    zipapp.create_archive(folder / "all", folder / "ringform.pyz")
    shutil.rmtree(folder / "all")
    return folder / "ringform.pyz"


def run(program: Path, *arguments: str) -> Ended:
    """Run it by a name without a folder, with what it needs and no other ringform on the path."""
    # The Python of an environment would find the ringform that is installed there.
    python = getattr(sys, "_base_executable", sys.executable)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": sysconfig.get_path("purelib"), "LANG": "C.UTF-8"}
    ended = subprocess.run(
        [python, program.name, *arguments], cwd=program.parent, env=environment, capture_output=True, check=False
    )
    return looked_through(Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode()))


@pytest.mark.slow
def test_the_demo_runs_from_a_zipapp(program: Path) -> None:
    ended = run(program, "demo")
    assert ended.code == 0, ended.err
    check(GOLDEN / "demo.txt", transcript(("ringform demo", ended)))


def test_the_schema_is_the_same_from_a_zipapp(program: Path) -> None:
    schema = Path(__file__).parents[2] / "schemas" / "manifest.schema.json"
    assert run(program, "schema").out == schema.read_text("utf-8")
