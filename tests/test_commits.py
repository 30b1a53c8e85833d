"""Subjects of commits: short enough for every list, by a hook and by this test."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOOK = ROOT / ".githooks" / "commit-msg"
MOST = 72
BASE = "8c93729"
"""The last commit from before the rule."""


def git(*arguments: str) -> str | None:
    """What git says, or None if it fails."""
    ended = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.stdout if ended.returncode == 0 else None


def test_subjects_since_the_rule_are_short() -> None:
    if shutil.which("git") is None or git("rev-parse", "--show-cdup") != "\n":
        pytest.skip("this is no checkout of the repository")
    subjects = git("log", "--format=%s", f"{BASE}..HEAD")
    if subjects is None:
        pytest.skip(f"this checkout's history does not go back to {BASE}")
    assert [subject for subject in subjects.splitlines() if len(subject) > MOST] == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("x" * MOST, 0),
        ("x" * (MOST + 1), 1),
        ("ø" * MOST + "\n\n" + "y" * 200 + "\n", 0),
        ("\n# a comment of git's, which is as long as it likes to be and does not count at all\nShort\n", 0),
        ("# a comment\n" + "x" * (MOST + 1) + "\n", 1),
    ],
    ids=["fits", "too-long", "not-bytes", "comment", "after-a-comment"],
)
def test_the_hook_counts_characters_of_the_subject(tmp_path: Path, message: str, code: int) -> None:
    path = tmp_path / "COMMIT_EDITMSG"
    path.write_text(message, "utf-8")
    ended = subprocess.run([HOOK, path], capture_output=True, text=True, check=False)
    assert (ended.returncode, bool(ended.stderr)) == (code, bool(code))
