"""The lower bounds of the dependencies are true: ringform works with the lowest versions that they let in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOWEST = ROOT / "requirements-lowest.txt"

# What reads manifests, talks to an account and shows the outcome: all the dependencies have a part in it.
SUBSET = [
    "tests/manifest",
    "tests/test_invalid_manifests.py",
    "tests/test_valid_manifests.py",
    *(f"tests/cli/test_{name}.py" for name in ("validate", "plan", "apply", "export", "calendar", "sandbox", "demo")),
]


def lower_bounds(*lists: list[str]) -> list[str]:
    """``name>=version`` as ``name==version``, sorted; anything else is no lower bound."""
    bounds = {re.sub(r"^([a-z0-9-]+)>=([0-9.]+)$", r"\1==\2", each) for dependencies in lists for each in dependencies}
    assert all("==" in each for each in bounds)
    return sorted(bounds)


def test_the_file_of_lowest_versions_is_that_of_the_lower_bounds() -> None:
    lines = [line for line in LOWEST.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == lower_bounds(PROJECT["dependencies"], EXTRAS["calendar"], EXTRAS["sandbox"])


def test_tools_ask_for_no_other_version_of_what_an_extra_has() -> None:
    (holidays,) = EXTRAS["calendar"]
    assert holidays in EXTRAS["dev"]


@pytest.mark.real
def test_ringform_works_with_the_lowest_versions(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "lowest"], check=True)
    python = str(tmp_path / "lowest" / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    pins = ["-c", str(LOWEST), "-c", str(ROOT / "requirements-dev.txt")]
    packages = [f"{ROOT}[calendar,sandbox]", "hypothesis", "pytest", "pytest-xdist"]
    installed = subprocess.run([*pip, "install", *pins, *packages], capture_output=True, text=True, check=False)
    if installed.returncode:
        # A pin that does not exist is a failure; an index that cannot be reached says so of every package.
        reach = [*pip, "download", "--no-cache-dir", "--no-deps", "--dest", str(tmp_path), "click"]
        if subprocess.run(reach, capture_output=True, check=False).returncode:
            pytest.skip("pip reaches no package index")
        pytest.fail(installed.stderr)
    frozen = subprocess.run([*pip, "list", "--format=freeze"], capture_output=True, text=True, check=True).stdout
    assert_lowest(frozen)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    tests = subprocess.run(
        [python, "-m", "pytest", "-n", "2", "-m", "not slow and not real", "-p", "no:cacheprovider", *SUBSET],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert tests.returncode == 0, tests.stdout[-5000:] + tests.stderr[-2000:]


def assert_lowest(frozen: str) -> None:
    """What is installed is what the file says, however many zeros a version ends in."""
    installed = {normal(line) for line in frozen.splitlines()}
    wanted = {normal(line) for line in LOWEST.read_text("utf-8").splitlines() if not line.startswith("#")}
    assert wanted - installed == set()


def normal(pin: str) -> str:
    """``Jinja2==3.1.0`` as ``jinja2==3.1``."""
    name, _, version = pin.lower().partition("==")
    return f"{re.sub('[-_.]+', '-', name)}=={re.sub(r'([.]0)+$', '', version)}"
