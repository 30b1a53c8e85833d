"""``ringform`` as a process of its own, and everything that it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

PATIENCE = 60.0
"""Seconds after which a process hangs; a busy machine may be slow."""

# What the person who runs the tests has set must not change what they see.
_FOREIGN = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "LC_", "LANG", "CLICK_")


@dataclass(frozen=True)
class Ended:
    """A process that has ended: its exit code, and what it wrote to stdout and stderr."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[[Sequence[str], Path, Mapping[str, str]], Ended]
"""Runs ``ringform`` with arguments, in a folder, with these settings in its environment."""


def run_process(arguments: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Ended:
    """Run ``ringform`` with nothing for stdin.

    Raises:
        subprocess.TimeoutExpired: It does not end.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    ended = subprocess.run(
        [sys.executable, "-m", "ringform", *arguments],
        cwd=folder,
        env={**inherited, "LANG": "C.UTF-8", **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout.decode("utf-8"), ended.stderr.decode("utf-8"))
