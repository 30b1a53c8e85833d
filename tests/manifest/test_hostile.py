"""Files made to exhaust the machine: each is refused within seconds and 300 MB, measured in a process of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from measured import python

SCRIPT = """
import json, sys, time
from pathlib import Path
from ringform.model.diagnostic import RingformError
from ringform.manifest.discovery import discover
from ringform.manifest.composer import parse
from ringform.manifest.source import read
started = time.process_time()
files, found = discover([Path(sys.argv[1])])
for file in files:
    try:
        found += parse(read(file))[1]
    except RingformError as error:
        found += error.diagnostics
seconds = time.process_time() - started
print(json.dumps([[finding.code for finding in found], seconds, max([len(str(d)) for d in found], default=0)]))
"""


def codes(path: Path, *, within: float = 2) -> list[str]:
    with TemporaryDirectory() as scratch:
        run = python("-c", SCRIPT, str(path), cwd=Path(scratch), scratch=Path(scratch))
    found, seconds, longest = json.loads(run.stdout)
    assert seconds < within
    assert run.megabytes < 300
    assert longest < 5000
    return list(found)


BILLION_LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
MERGE_BOMB = (
    "a0: &a0 {" + ", ".join(f"k{n}: v" for n in range(100)) + "}\n"
    + "".join(f"a{n}: &a{n} {{own{n}: v, <<: *a{n - 1}}}\n" for n in range(1, 20_000))
)  # fmt: skip
LONG_NAME = "n" * 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: " + "[" * 100_000, ["too-deep"], id="100,000 lists within each other"),
        pytest.param("a: " + "{b: " * 1000, ["too-deep"], id="1,000 mappings within each other"),
        pytest.param("? " * 100_000, ["complex-key"] * 64 + ["too-deep"], id="keys of keys"),
        pytest.param("\n".join(" " * n + "a:" for n in range(2000)), ["too-deep"], id="ever further in"),
        pytest.param(BILLION_LAUGHS, ["too-many-aliases"], id="billion laughs"),
        pytest.param(MERGE_BOMB, ["too-many-aliases"], id="merge bomb"),
        pytest.param("a: '" + "\n" * 5_000_000, ["yaml-syntax"], id="millions of lines in a quote"),
        pytest.param("- " + "x" * 9_900_000, ["not-a-mapping"], id="one endless word"),
        pytest.param("a: [" + " " * 9_900_000 + "]: b", ["yaml-syntax"], id="millions of spaces"),
        pytest.param("{" * 9_000_000, ["unquoted-template"], id="braces"),
        pytest.param(
            f"k: &k {LONG_NAME}\n" + "*k : 1\n" * 500, ["duplicate-key"] * 100, id="a name of a million characters"
        ),
        pytest.param(
            "".join(f"a{n}: &nchor{n} 1\n" for n in range(20_000)) + "b: *ancho\n" * 90,
            ["unknown-anchor"] * 90,
            id="many anchors to suggest",
        ),
    ],
)
def test_a_hostile_text_is_refused_quickly(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    assert codes(path)[: len(expected)] == expected


def test_millions_of_values_are_refused_after_the_first_million(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: [" + "b," * 1_100_000 + "]")
    assert codes(path, within=8) == ["too-many-values"]


def test_a_file_of_100_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert codes(path) == ["file-too-large"]


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    os.mkfifo(tmp_path / "m" / "a.yaml")
    assert codes(tmp_path / "m") == ["not-a-file"]
    assert codes(tmp_path / "m" / "a.yaml") == ["not-a-file"]


def test_an_endless_device_is_not_read() -> None:
    assert codes(Path("/dev/zero")) == ["not-a-file"]
