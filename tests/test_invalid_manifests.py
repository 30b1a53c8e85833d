"""What ``ringform validate`` says of bad manifests, whole outputs: each is beside its manifest, as NAME.txt.

Most run within this process, for speed; those that could hang, crash or fill the machine run in a process of their
own, which is measured. ``RINGFORM_REWRITE_GOLDEN=1`` writes the expected outputs anew: read the diff.
"""

from __future__ import annotations

import json
import os
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path

import golden
import pytest
from cli.warm import Run
from measured import ringform

from ringform.cli.app import main

FOLDER = Path(__file__).parent / "manifests" / "invalid"
SPECIAL = Path(__file__).parent / "manifests" / "special"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".txt")

AS_PROCESSES = [
    "everything-wrong-at-once.yaml",
    "files-number-twice",
    "name-bidi.yaml",
    "name-of-terminal-codes.yaml",
    "template-loops.yaml",
    "template-multiplies.yaml",
    "yaml-alias-cycle.yaml",
    "yaml-billion-laughs.yaml",
    "yaml-merge-bomb.yaml",
]

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def validate(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The output of ``ringform validate`` within this process."""
    with pytest.raises(SystemExit) as ended:
        main(["validate", name])
    assert ended.value.code == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def is_safe(output: str) -> bool:
    """Whether nothing in it can act on a terminal or reorder what is shown (control and format characters)."""
    return all(character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs") for character in output)


def check_bounds(run: Run) -> None:
    """Time is that of the processor: on a busy machine the wall clock tells of the others too."""
    assert run.code == 1
    assert run.stderr == ""
    assert run.busy_seconds < MOST_SECONDS
    assert run.seconds < 10 * MOST_SECONDS
    assert run.megabytes < MOST_MEGABYTES
    assert is_safe(run.stdout)


def test_there_are_many_cases_and_every_expected_output_has_its_manifest() -> None:
    assert len(CASES) >= 75
    outputs = {path.stem for path in FOLDER.glob("*.txt")}
    assert outputs == {Path(name).stem for name in CASES}
    assert {path.stem for path in SPECIAL.glob("*.txt")} == set(SPECIALS)


@pytest.mark.parametrize("name", CASES)
def test_a_bad_manifest_is_refused_in_these_words(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FOLDER)
    output = validate(name, capsys)
    assert is_safe(output)
    assert "Traceback" not in output
    golden.check(FOLDER / f"{Path(name).stem}.txt", output)


@pytest.mark.parametrize("name", AS_PROCESSES)
def test_a_process_says_the_same_quickly_and_in_little_memory(name: str, tmp_path: Path) -> None:
    run = ringform("validate", name, cwd=FOLDER, scratch=tmp_path)
    check_bounds(run)
    golden.check(FOLDER / f"{Path(name).stem}.txt", run.stdout)


@pytest.mark.parametrize("name", AS_PROCESSES)
def test_the_json_report_has_every_diagnostic_of_the_text(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(SystemExit):
        main(["validate", name, "--format", "json"])
    diagnostics = json.loads(capsys.readouterr().out)["diagnostics"]
    expected = (FOLDER / f"{Path(name).stem}.txt").read_text(encoding="utf-8")
    headings = [line for line in expected.splitlines() if line.startswith(("error[", "warning["))]
    assert [f"{each['severity']}[{each['code']}]" for each in diagnostics] == [
        line.partition("]")[0] + "]" for line in headings
    ]


# Manifests that do not belong into a repository: made here, their outputs kept in manifests/special.


def text(content: str) -> Callable[[Path], None]:
    """A file of this text."""
    return data(content.encode())


def data(content: bytes) -> Callable[[Path], None]:
    """A file of these bytes."""

    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def hundred_megabytes(path: Path) -> None:
    """A sparse file: it takes no space, and looks as large as any."""
    with path.open("wb") as file:
        file.write(b"version: 1\n")
        file.truncate(100_000_000)


def symlink_outside(path: Path) -> None:
    """A folder with a link to a YAML file beside it, as a pull request could add one."""
    (path.parent / "outside.yaml").write_text("password: secret\n")
    path.mkdir()
    (path / "a.yaml").write_text("version: 1\n")
    (path / "b.yaml").symlink_to(Path("..") / "outside.yaml")


def symlink_circle(path: Path) -> None:
    """Two links to each other."""
    path.mkdir()
    (path / "a.yaml").symlink_to("b.yaml")
    (path / "b.yaml").symlink_to("a.yaml")


def a_socket(path: Path) -> None:
    """A socket with a manifest's name, in a folder."""
    path.mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path)  # the paths of sockets must be short
        try:
            server.bind("a.yaml")
        finally:
            os.chdir(here)


def in_folder(make: Callable[[Path], object], *more: Callable[[Path], object]) -> Callable[[Path], None]:
    """A folder with a file made so, beside a good one."""

    def folder(path: Path) -> None:
        path.mkdir()
        (path / "good.yaml").write_text("version: 1\n")
        for number, each in enumerate((make, *more)):
            each(path / f"made-{number}.yaml")

    return folder


HEAD = "version: 1\n"
NUMBER = "version: 1\nmain_numbers:\n  +14155551234:\n"
LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
MERGES = (
    "a0: &a0 {" + ", ".join(f"k{n}: v" for n in range(100)) + "}\n"
    + "".join(f"a{n}: &a{n} {{own{n}: v, <<: *a{n - 1}}}\n" for n in range(1, 20_000))
)  # fmt: skip
GROUPS = (
    "version: 1\nring_groups:\n  g0: [019daef1-085e-7000-aaaa-000000000001, 019daef1-085e-7000-aaaa-000000000002]\n"
    + "".join(f"  g{n}: [{', '.join(f'g{m}' for m in range(max(0, n - 15), n))}]\n" for n in range(1, 200))
)
TEMPLATES = "{{ a }} " * 2000
DASHES = "- " * 250_000

SPECIALS: dict[str, Callable[[Path], object]] = {
    "nul-bytes": data(b"version: 1\nvars: {a: b\x00c}\n"),
    "only-nul-bytes": data(bytes(5000)),
    "escape-characters": data(b"version: 1\nvars: {a: \x1b[31mred\x1b[0m}\n"),
    "binary-file": data(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "utf-16": data((HEAD).encode("utf-16")),
    "utf-16-without-mark": data(HEAD.encode("utf-16-le")),
    "utf-32": data((HEAD).encode("utf-32")),
    "latin-1": data(b"version: 1\nvars: {company: Caf\xe9}\n"),
    "bidi-characters": text(NUMBER + "    name: Sales \u202e selaS \u2066 \u200b\n    \u202eeman: x\n"),
    "line-separators": text(NUMBER + "    name: a\u2028b\u2029c\x85d\n"),
    "hidden-line-break": text(HEAD + "# Everybody else: see CRM\u2028unlisted_contacts: delete\ncontacts: {}\n"),
    "deep-1000": text("version: 1\nvars: " + "[" * 1000 + "]" * 1000 + "\n"),
    "deep-100000": text("version: 1\nvars: " + "{a: " * 100_000),
    "deep-by-indentation": text("\n".join(" " * depth + "a:" for depth in range(1000))),
    "hundred-megabytes": hundred_megabytes,
    "billion-laughs": text(LAUGHS),
    "merge-bomb": text(MERGES),
    "group-bomb": text(GROUPS),
    "fifo": os.mkfifo,
    "fifo-in-a-folder": in_folder(os.mkfifo),
    "socket-in-a-folder": a_socket,
    "missing": lambda path: None,
    "symlink-outside": symlink_outside,
    "symlink-to-nothing": in_folder(lambda path: path.symlink_to("nothing.yaml")),
    "symlink-circle": symlink_circle,
    "folder-named-like-a-file": lambda path: path.mkdir(),
    "many-wrong-contacts": text("version: 1\ncontacts:\n" + "".join(f"  +4520{n:06}: {{a: b}}\n" for n in range(9999))),
    "many-wrong-fields": text(NUMBER + "".join(f"    a{n}: b\n" for n in range(20_000))),
    "many-wrong-sections": text(HEAD + "".join(f"a{n}: b\n" for n in range(20_000))),
    "many-wrong-employees": text(HEAD + "employees:\n" + "".join(f"  a{n}:\n" for n in range(9000))),
    "many-unknown-employees": text(
        NUMBER + f"    incoming_call_config: {{type: TransferConfig, employee_ids: [{'a, ' * 50_000}]}}\n"
    ),
    "many-menu-options": text(
        NUMBER
        + "    incoming_call_config:\n      type: PhoneMenuConfig\n      welcome: Hello\n      menu_options:\n"
        + "      - {digit: 1}\n" * 10_000
    ),
    "many-days": text(NUMBER + "    opening_hours:\n" + "".join(f"      a{n}: closed\n" for n in range(20_000))),
    "many-templates": text(
        NUMBER + f"    incoming_call_config: {{type: RejectConfig, message: '{'{{ a }} ' * 2000}'}}\n"
    ),
    "long-texts": text(
        NUMBER
        + f"    name: {'é' * 400_000}\n    language: {'x' * 500_000}\n    timezone: {'x' * 500_000}\n"
        + f"    recording_enabled: {'x' * 500_000}\n    no_answer_timeout_secs: {'9' * 500_000}\n"
        + f"    opening_hours: {{daily: '{DASHES}'}}\n"
        + f"    ? {'x' * 500_000}\n    : y\n"
    ),
    "long-phone-number": text(HEAD + f"main_numbers:\n  ? +{'1' * 1_000_000}\n  : {{name: Sales}}\n"),
    "long-email": text(HEAD + f"contacts:\n  +4520123456: {{email: '{'a@' * 500_000}'}}\n"),
}


@pytest.mark.parametrize("name", SPECIALS)
def test_a_hostile_or_odd_file_is_refused_quickly_and_in_little_memory(name: str, tmp_path: Path) -> None:
    work, scratch = tmp_path / "work", tmp_path / "scratch"
    work.mkdir()
    scratch.mkdir()
    SPECIALS[name](work / f"{name}.yaml")
    run = ringform("validate", f"{name}.yaml", cwd=work, scratch=scratch)
    check_bounds(run)
    assert "secret" not in run.stdout
    golden.check(SPECIAL / f"{name}.txt", _cut(run.stdout))


def _cut(output: str) -> str:
    """Of a long output the beginning and the end are kept; a thousand times the same adds nothing."""
    lines = output.splitlines(keepends=True)
    return output if len(lines) <= 60 else "".join([*lines[:30], f"({len(lines) - 40} lines more)\n", *lines[-10:]])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_without_permission_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD)
    (tmp_path / "a.yaml").chmod(0)
    run = ringform("validate", "a.yaml", cwd=tmp_path, scratch=tmp_path)
    assert run.stdout.startswith("error[permission-denied]: a.yaml may not be read\n")
