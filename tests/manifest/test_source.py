"""Reading one file with care, and quoting a line of it."""

from __future__ import annotations

import os
import re
import socket
import stat
import tracemalloc
from pathlib import Path

import pytest

from ringform.manifest.source import MAX_BYTES, Source, display_name, read
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError


def refusal(path: Path) -> Diagnostic:
    with pytest.raises(RingformError) as caught:
        read(path)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_named_as_the_user_gave_it(here: Path) -> None:
    Path("a.yaml").write_text("version: 1\n")
    assert read(Path("a.yaml")) == Source("a.yaml", "version: 1\n")


def test_a_path_below_the_working_directory_is_named_relative_to_it(here: Path) -> None:
    (here / "sub").mkdir()
    assert display_name(here / "sub" / "a.yaml") == "sub/a.yaml"
    assert display_name(Path("/elsewhere/a.yaml")) == "/elsewhere/a.yaml"


def test_a_file_name_that_is_not_utf8_can_still_be_printed() -> None:
    assert display_name(Path(os.fsdecode(b"a\xff.yaml"))) == "a\ufffd.yaml"


def test_a_utf8_byte_order_mark_is_dropped(here: Path) -> None:
    Path("a.yaml").write_bytes(b"\xef\xbb\xbfversion: 1\n")
    assert read(Path("a.yaml")).text == "version: 1\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_another_unicode_encoding_is_named(here: Path, encoding: str) -> None:
    Path("a.yaml").write_bytes("\ufeffversion: 1".encode(encoding))
    diagnostic = refusal(Path("a.yaml"))
    assert diagnostic.code == "not-utf-8"
    assert f"is written in {encoding[:6].upper()}," in diagnostic.summary


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_not_utf8_is_located(here: Path, mark: bytes) -> None:
    Path("a.yaml").write_bytes(mark + "a: é\nname: Caf".encode() + b"\xe9\n")
    assert refusal(Path("a.yaml")) == Diagnostic(
        code="not-utf-8",
        summary="the file is not UTF-8: the byte 0xe9 is not allowed here",
        hint='save the file as "UTF-8": in most editors a choice in the Save As window',
        location=Location("a.yaml", 2, 10),
        excerpt=Excerpt("name: Caf", 9, 1),
    )


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_control_character_is_located(here: Path, character: str) -> None:
    Path("a.yaml").write_bytes(f"a: 1\r\nb: x{character}y\n".encode())
    diagnostic = refusal(Path("a.yaml"))
    assert diagnostic.code == "control-character"
    assert f"U+{ord(character):04X}" in diagnostic.summary
    assert diagnostic.location == Location("a.yaml", 2, 5)


@pytest.mark.parametrize("content", [b"", b"\n", b"  \n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_content_is_empty(here: Path, content: bytes) -> None:
    Path("a.yaml").write_bytes(content)
    assert refusal(Path("a.yaml")).code == "empty-file"


def test_ten_megabytes_are_read_and_a_byte_more_is_not(here: Path) -> None:
    Path("a.yaml").write_bytes(b"#" * MAX_BYTES)
    assert len(read(Path("a.yaml")).text) == MAX_BYTES
    with Path("a.yaml").open("ab") as file:
        file.write(b"#")
    diagnostic = refusal(Path("a.yaml"))
    assert diagnostic.code == "file-too-large"
    assert diagnostic.summary == "the file is larger than 10 MB (10,000,001 bytes)"


def test_a_file_that_says_it_is_small_is_still_read_within_bounds(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.yaml").touch()
    os.truncate("a.yaml", 10 * MAX_BYTES)
    real = os.fstat

    def lying(descriptor: int) -> os.stat_result:
        fields = list(real(descriptor))
        fields[stat.ST_SIZE] = 0
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", lying)
    tracemalloc.start()
    try:
        assert refusal(Path("a.yaml")).code == "file-too-large"
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()


def test_what_is_not_a_regular_file_is_never_opened(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo("fifo.yaml")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("socket.yaml")

    def opened(*_: object) -> int:
        raise AssertionError("opened")

    monkeypatch.setattr(os, "open", opened)
    for path in (Path("fifo.yaml"), Path("socket.yaml"), Path("/dev/zero"), here):
        assert refusal(path).code == "not-a-file"
    listener.close()


def test_a_file_swapped_for_a_fifo_after_the_first_look_does_not_block(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo("fifo.yaml")
    Path("a.yaml").write_text("a: 1")
    regular = Path("a.yaml").stat()
    monkeypatch.setattr(Path, "stat", lambda _: regular)
    assert refusal(Path("fifo.yaml")).code == "not-a-file"


def test_what_the_system_refuses_is_said_in_plain_words(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(Path("missing.yaml")).code == "path-not-found"
    Path("loop.yaml").symlink_to("loop.yaml")
    assert refusal(Path("loop.yaml")).code == "unreadable"
    Path("a.yaml").write_text("a: 1")
    assert refusal(Path("a.yaml/b.yaml")).code == "path-not-found"

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refusal(Path("a.yaml")).code == "permission-denied"


def test_lines_break_where_yaml_breaks_them() -> None:
    source = Source("a", "1\n2\r\n3\r4\x855\u20286\u20297\x0b\x0c\x1c")
    assert source.lines == ["1", "2", "3", "4", "5", "6", "7\x0b\x0c\x1c"]
    assert source.line(2) == "2"
    assert source.line(0) == source.line(8) == ""


def test_an_excerpt_underlines_within_its_line() -> None:
    source = Source("a", "name: Sales\n")
    assert source.excerpt(1, 7, 5) == Excerpt("name: Sales", 6, 5)
    assert source.excerpt(1, 7, 500) == Excerpt("name: Sales", 6, 5)
    assert source.excerpt(1, 12) == Excerpt("name: Sales", 11, 1)
    assert source.excerpt(1, 99) == Excerpt("name: Sales", 11, 1)
    assert source.excerpt(7, 3) == Excerpt("", 0, 1)


@pytest.mark.parametrize("column", [1, 50, 700, 3000, 5000])
def test_an_excerpt_of_a_very_long_line_is_cut_around_its_column(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(5000))
    excerpt = Source("a", line).excerpt(1, column, 3)
    assert len(excerpt.text) == 400
    assert excerpt.text[excerpt.start] == line[column - 1]


def test_a_source_does_not_print_its_text() -> None:
    assert re.fullmatch(r"Source\(name='a'\)", repr(Source("a", "secret")))
