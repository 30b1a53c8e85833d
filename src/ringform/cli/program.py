"""How this very program is started."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def program() -> list[str]:
    """Return the beginning of a command line that starts this ringform, wherever it is run from."""
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return [sys.executable, "-m", "ringform"]
    path = os.path.abspath(shutil.which(started) or started)
    return [path] if os.access(path, os.X_OK) else [sys.executable, path]
