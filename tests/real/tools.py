"""What the machine has, beside the Python that runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_LONGEST_START = 60.0
"""Seconds in which any Python says its version."""


_NODE_PROGRAMS = Path(sys.prefix) / "node" / "node_modules" / ".bin"
"""Where `make node` installs the programs of requirements-node.txt."""


def need(*names: str) -> str:
    """The first of these programs that is there; without any, the test that asks for it is skipped."""
    for name in names:
        if path := shutil.which(name, path=os.pathsep.join((str(_NODE_PROGRAMS), os.environ.get("PATH", os.defpath)))):
            return path
    pytest.skip(f"there is no {' or '.join(names)} on PATH, nor among the programs that `make node` installs")


def need_python(version: str) -> str:
    """An interpreter of this version, such as ``3.13``; without one, the test that asks for it is skipped."""
    for candidate in _pythons(version):
        if _version_of(candidate) == version:
            return str(candidate)
    pytest.skip(f"there is no Python {version} on PATH, in pyenv or in a CI runner's cache of tools")


def _pythons(version: str) -> Iterator[Path]:
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(pyenv.glob(f"{version}.*/bin/python"))
    if cache := os.environ.get("RUNNER_TOOL_CACHE"):
        yield from sorted(Path(cache, "Python").glob(f"{version}.*/x64/bin/python"))


def _version_of(python: Path) -> str | None:
    """The version, or None if it does not start: pyenv puts a link on PATH for Pythons that are not switched on."""
    script = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        ended = subprocess.run(
            [python, "-c", script], capture_output=True, text=True, timeout=_LONGEST_START, check=False
        )
    except OSError:
        return None
    return ended.stdout.strip() if ended.returncode == 0 else None
