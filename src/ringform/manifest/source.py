"""Manifest files as text: reading them with care, and quoting a line of them."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError

MAX_BYTES = 10_000_000
"""Longest file that is read, in bytes: some 50,000 contacts fit several times."""

_EXCERPT_WIDTH = 400

# The line breaks of libyaml, so that its line numbers and ours agree; str.splitlines knows more of them.
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
# What YAML 1.1 and 1.2 call non-printable; DEL and the C1 controls except NEL are part of it.
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE_AS_UTF8 = 'save the file as "UTF-8": in most editors a choice in the Save As window'


@dataclass(frozen=True)
class Source:
    """One file's text. ``name`` is the path as the user gave it, for messages; nothing is opened by it.

    ``path`` is where the text was read, None for a text that was not.
    """

    name: str
    text: str = field(repr=False)
    path: Path | None = field(default=None, repr=False, compare=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their breaks; split on first use, since a good file never needs it."""
        return _LINE_BREAK.split(self.text)

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1; the empty text beyond the end."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def excerpt(self, line: int, column: int, length: int = 1) -> Excerpt:
        """Quote a line, with ``length`` characters from ``column`` underlined (both counted from 1)."""
        return quote(self.line(line), column, length)

    def locate(self, line: int, column: int, length: int = 1) -> tuple[Location, Excerpt]:
        """Return a place in this file, ready for ``Diagnostic.at``."""
        return Location(self.name, line, column), self.excerpt(line, column, length)


def quote(text: str, column: int, length: int = 1) -> Excerpt:
    """Quote a line's text, with ``length`` characters from ``column`` (counted from 1) underlined.

    What reaches beyond the line's end is cut. Of a line longer than 400 characters only the part around the column is
    quoted, and ``start`` counts within that part.
    """
    start = min(max(column - 1, 0), len(text))
    first = 0
    if len(text) > _EXCERPT_WIDTH:
        first = max(0, min(start - _EXCERPT_WIDTH // 4, len(text) - _EXCERPT_WIDTH))
        text = text[first : first + _EXCERPT_WIDTH]
    start -= first
    return Excerpt(text, start, max(1, min(length, len(text) - start)))


def check_characters(source: Source) -> None:
    """Refuse text that YAML does not allow: NUL and other control characters, and lone surrogates.

    Raises:
        RingformError: ``control-character``, at the first of them.
    """
    forbidden = _NOT_ALLOWED.search(source.text)
    if forbidden is None:
        return
    before = source.text[: forbidden.start()]
    breaks = list(_LINE_BREAK.finditer(before))
    line, column = len(breaks) + 1, len(before) - (breaks[-1].end() if breaks else 0) + 1
    code = ord(forbidden[0])
    summary = f"the file holds a character that YAML does not allow: U+{code:04X}"
    detail = "A NUL byte often means that this is not a text file, or that it was cut off." if code == 0 else None
    diagnostic = Diagnostic("control-character", summary, detail=detail, hint="delete the character")
    raise RingformError(diagnostic.at(*source.locate(line, column)))


def read(path: Path) -> Source:
    """Read one manifest file, which must be a regular file of UTF-8 text, not empty, of at most 10 MB.

    A byte order mark is dropped. Nothing but a regular file is ever opened, so a FIFO cannot hang a run, and the
    size is checked before and while reading.

    Raises:
        RingformError: ``path-not-found``, ``not-a-file``, ``permission-denied``, ``unreadable``, ``file-too-large``,
            ``not-utf-8``, ``control-character`` or ``empty-file``.
    """
    name = display_name(path)
    try:
        data = _read_bytes(path, name)
    except OSError as error:
        raise RingformError(from_os_error(error, name)) from None
    return decode(data, name, path)


def decode(data: bytes, name: str, path: Path | None = None) -> Source:
    """Return the text of a file, which must be UTF-8 and not empty. A byte order mark is dropped.

    Raises:
        RingformError: ``not-utf-8``, ``control-character`` or ``empty-file``.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            summary = f"the file is written in {encoding}, but ringform reads UTF-8 only"
            raise RingformError(Diagnostic("not-utf-8", summary, hint=_SAVE_AS_UTF8, location=Location(name, 1)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # error.object is the data without its mark, which is what the offset counts from.
        before = _LINE_BREAK.split(error.object[: error.start].decode("utf-8"))
        location = Location(name, len(before), len(before[-1]) + 1)
        excerpt = Excerpt(before[-1][-_EXCERPT_WIDTH:], min(len(before[-1]), _EXCERPT_WIDTH), 1)
        summary = f"the file is not UTF-8: the byte 0x{error.object[error.start]:02x} is not allowed here"
        raise RingformError(Diagnostic("not-utf-8", summary, hint=_SAVE_AS_UTF8).at(location, excerpt)) from None
    if not text.strip():
        raise RingformError(empty_file(name))
    source = Source(name, text, path)
    check_characters(source)
    return source


def _read_bytes(path: Path, name: str) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise RingformError(not_a_file(name))
    # The path may have become something else since: do not block on it, and look again at what was opened.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise RingformError(not_a_file(name))
        # A file may grow, or say 0 as those of /proc do, so the reading is bounded too.
        data = file.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else b""
    if status.st_size > MAX_BYTES or len(data) > MAX_BYTES:
        raise RingformError(too_large(name, status.st_size))
    return data


def display_name(path: Path) -> str:
    """Return how messages name a path: relative to the working directory if it lies below it, with forward slashes."""
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    # A file name need not be UTF-8, but a report has to be.
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def empty_file(name: str) -> Diagnostic:
    """``empty-file``: nothing in it, or comments only."""
    summary = "the file is empty"
    hint = "write the manifest into it (it begins with 'version: 1'), or delete the file"
    return Diagnostic("empty-file", summary, hint=hint, location=Location(name, 1))


def not_a_file(name: str) -> Diagnostic:
    """``not-a-file``: a folder where a file is wanted, a device, a FIFO, a socket."""
    summary = f"{name} is not a regular file"
    hint = "give a YAML file; pipes and devices are not read"
    return Diagnostic("not-a-file", summary, hint=hint, location=Location(name, 1))


def too_large(name: str, size: int) -> Diagnostic:
    """``file-too-large``: more than ``MAX_BYTES``; ``size``, in bytes, may be too small."""
    known = f" ({size:,} bytes)" if size > MAX_BYTES else ""
    summary = f"the file is larger than {MAX_BYTES // 1_000_000} MB{known}"
    hint = "split it into several files and give their folder to ringform"
    return Diagnostic("file-too-large", summary, hint=hint, location=Location(name, 1))


def from_os_error(error: OSError, name: str) -> Diagnostic:
    """Return what the operating system refused, in plain words."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        summary = f"there is no file or folder {name}"
        hint = "check the spelling, and the folder in which ringform was started"
        return Diagnostic("path-not-found", summary, hint=hint)
    if isinstance(error, PermissionError):
        summary = f"{name} may not be read"
        hint = "the user who runs ringform needs permission to read it"
        return Diagnostic("permission-denied", summary, hint=hint)
    return Diagnostic(code="unreadable", summary=f"{name} cannot be read: {error.strerror or type(error).__name__}")
