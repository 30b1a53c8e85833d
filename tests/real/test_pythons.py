"""ringform, installed as its users install it, in every Python that it is said to run on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from real.tools import need_python

ROOT = Path(__file__).resolve().parents[2]
SUBSET = ("manifest", "contract/test_together.py", "sandbox/test_server.py", "cli/test_apply.py", "cli/test_plan.py")
"""What touches the interpreter most: parsing, pydantic's models, real sockets, processes, terminals and signals."""


def test_what_is_to_run_in_them_is_there() -> None:
    assert [name for name in SUBSET if not (ROOT / "tests" / name).exists()] == []


@pytest.mark.real
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_it_installs_and_works(version: str, tmp_path: Path) -> None:
    python = need_python(version)
    run(python, "-m", "venv", tmp_path / "venv")
    own = tmp_path / "venv" / "bin" / "python"
    pins = ("-c", ROOT / "requirements.txt", "-c", ROOT / "requirements-dev.txt")
    packages = (f"{ROOT}[sandbox,calendar]", "pytest", "hypothesis", "check-jsonschema")
    run(own, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *pins, *packages)
    subset = [ROOT / "tests" / name for name in SUBSET]
    said = run(own, "-m", "pytest", "-p", "no:cacheprovider", "-m", "not slow and not real", *subset, cwd=ROOT)
    assert " passed" in said
    assert "failed" not in said
    where = run(own, "-c", "import ringform; print(ringform.__file__)", cwd=tmp_path)
    assert where.startswith(str(tmp_path)), "the tests saw something other than what was installed"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command says, all of which is shown if it fails."""
    # Coverage is of the Python that runs the tests, and a virtual environment that is switched on is another one.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PYTHON", "VIRTUAL_ENV"))
    }
    ended = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"{command[:3]}\n{ended.stdout[-10_000:]}\n{ended.stderr[-5_000:]}"
    return ended.stdout
