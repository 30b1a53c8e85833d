"""``ringform demo``: the whole story in one command, without a key, a network or a file left behind."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from cli.harness import Ringform, golden


def test_the_whole_story(offline: Ringform, tmp_path: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("ringform-demo-*"))
    del offline.environment["PHONE_INC_API_KEY"]
    started = time.monotonic()
    ended = offline("demo")
    took = time.monotonic() - started
    assert ended.code == 0
    golden("demo", ("ringform demo", ended))
    assert took < 30, "ten seconds are promised; a machine that is busy with other tests gets three times that"
    assert set(Path(tempfile.gettempdir()).glob("ringform-demo-*")) <= before
    assert list(tmp_path.iterdir()) == []
