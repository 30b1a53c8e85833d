"""Exit codes: what scripts and CI go by."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended. Usage errors are 64 since click's own 2 would read as "differences"."""

    DONE = 0
    ERROR = 1
    DIFFERENCES = 2
    REFUSED = 3
    PARTIAL = 4
    USAGE = 64
    INTERRUPTED = 130
