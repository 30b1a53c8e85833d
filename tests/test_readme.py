"""The README shows what really comes out."""

import re
import subprocess
import sys
from pathlib import Path

from cli.harness import Ringform

from ringform.sandbox.server import Sandbox

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def block(language: str, containing: str) -> str:
    """The one fenced block of that language that holds a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    found: str
    (found,) = (each for each in blocks if containing in each)
    return found


def test_the_manifest_and_plan_that_it_shows(tmp_path: Path) -> None:
    with Sandbox(key="phk_7Yt3mWqZr8KcVbNs5HdLxPfGu2Ja") as sandbox:
        ringform = Ringform(tmp_path, sandbox)
        ringform.write(block("yaml", "main_numbers"))
        plan = ringform("plan")
    assert plan.code == 0, plan.err
    assert plan.out == block("console", "ringform plan\n").removeprefix("$ ringform plan\n")


def test_it_opens_with_make_demo_and_make_test() -> None:
    first, second = re.findall(r"^\$ (make \w+)", README, re.MULTILINE)[:2]
    assert (first, second) == ("make demo", "make test")


def test_the_picture_is_of_what_comes_out_now() -> None:
    drawn = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "picture.py")], capture_output=True, text=True, check=True
    ).stdout
    made = "run: .venv/bin/python docs/picture.py > docs/plan.svg"
    assert drawn == (ROOT / "docs" / "plan.svg").read_text("utf-8"), made
    assert "](docs/plan.svg)" in README
