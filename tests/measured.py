"""Running ringform, or a script, as a process of its own, with what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from cli import warm
from cli.warm import Run

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


def ringform(*arguments: str, cwd: Path, scratch: Path, timeout: float = 60) -> Run:
    """``ringform ...`` in a folder, without colours; ``scratch`` is a folder for its output."""
    if warm.can_start(_environment(), {}):
        return warm.run(arguments, cwd, _environment(), patience=timeout)
    return python("-m", "ringform", *arguments, cwd=cwd, scratch=scratch, timeout=timeout)


def python(*arguments: str, cwd: Path, scratch: Path, timeout: float = 60) -> Run:
    """This Python with these arguments, in the same way."""
    command = [sys.executable, "-S", "-c", _LAUNCHER, str(scratch / "took.json"), sys.executable]
    # Into files, not pipes: a long output must not wait for its reader while the clock runs.
    with (scratch / "stdout").open("wb") as out, (scratch / "stderr").open("wb") as err:
        subprocess.run(
            [*command, *arguments], cwd=cwd, env=_environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            timeout=timeout, check=True,
        )  # fmt: skip
    code, seconds, busy, megabytes = json.loads((scratch / "took.json").read_text())
    stdout, stderr = ((scratch / name).read_bytes().decode("utf-8") for name in ("stdout", "stderr"))
    return Run(code, stdout, stderr, seconds, busy, megabytes)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
