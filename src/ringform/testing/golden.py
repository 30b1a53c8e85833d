"""Comparing whole outputs with files kept beside the tests.

``RINGFORM_REWRITE_GOLDEN=1 pytest ...`` writes what came out into the files; read the diff before committing it.
"""

import difflib
import os
from pathlib import Path

import pytest

REWRITE = "RINGFORM_REWRITE_GOLDEN"


def check(path: Path, actual: str) -> None:
    """Fail with a unified diff unless ``actual`` is exactly the text of ``path``: no newline is folded."""
    if os.environ.get(REWRITE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(actual.encode("utf-8"))
        return
    if not path.exists():
        pytest.fail(f"{path} does not exist; run again with {REWRITE}=1 to write it. The output was:\n{actual}")
    expected = path.read_bytes().decode("utf-8")
    if expected != actual:
        before, after = expected.splitlines(keepends=True), actual.splitlines(keepends=True)
        diff = difflib.unified_diff(before, after, f"expected {path.name}", "actual output")
        shown = "".join(line if line.endswith("\n") else f"{line}\n\\ no newline at the end\n" for line in diff)
        pytest.fail(f"{path}: the output changed ({REWRITE}=1 accepts it):\n{shown}", pytrace=False)
