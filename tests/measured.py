"""Running ringform, or a script, as a process of its own, with what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# A small process in between: what Linux reports as the memory of a child begins with that of its parent, and pytest
# may be large by now.
_LAUNCHER = """
import json, os, sys, time
started = time.perf_counter()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
megabytes = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
took = [os.waitstatus_to_exitcode(status), time.perf_counter() - started, usage.ru_utime + usage.ru_stime, megabytes]
with open(sys.argv[1], "w") as file:
    json.dump(took, file)
"""


@dataclass(frozen=True)
class Run:
    """One run: its output, how long it took, on the wall and of a processor, and its most memory."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    busy_seconds: float
    megabytes: float


def ringform(*arguments: str, cwd: Path, scratch: Path, timeout: float = 60) -> Run:
    """``python -m ringform ...`` in a folder, without colours; ``scratch`` is a folder for its output."""
    return python("-m", "ringform", *arguments, cwd=cwd, scratch=scratch, timeout=timeout)


def python(*arguments: str, cwd: Path, scratch: Path, timeout: float = 60) -> Run:
    """This Python with these arguments, in the same way."""
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    command = [sys.executable, "-S", "-c", _LAUNCHER, str(scratch / "took.json"), sys.executable]
    # Into files, not pipes: a long output must not wait for its reader while the clock runs.
    with (scratch / "stdout").open("wb") as out, (scratch / "stderr").open("wb") as err:
        subprocess.run(
            [*command, *arguments], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            timeout=timeout, check=True,
        )  # fmt: skip
    code, seconds, busy, megabytes = json.loads((scratch / "took.json").read_text())
    stdout, stderr = ((scratch / name).read_bytes().decode("utf-8") for name in ("stdout", "stderr"))
    return Run(code, stdout, stderr, seconds, busy, megabytes)
