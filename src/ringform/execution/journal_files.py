"""The journals of a folder: naming one, putting them in order, reading one. They are input, like every other file."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from ringform.model.address import Address
from ringform.model.change import Action
from ringform.model.diagnostic import Diagnostic, RingformError, Severity
from ringform.model.journal import Journal, JournalEntry, Origin
from ringform.model.messages import listed
from ringform.model.outcome import Status

FOLDER = Path(".ringform/journal")
"""Where journals are kept, below the working directory."""

LARGEST = 256 * 1024 * 1024
"""Bytes that a journal may have. 50,000 changed contacts come to about 40 MB."""

_LONGEST_START = 64 * 1024
_NAME = "%Y-%m-%dT%H-%M-%S-%f"
_SUFFIX = ".jsonl"
_CLOCK_TOLERANCE = timedelta(minutes=2)


def new_path(folder: Path = FOLDER) -> Path:
    """Return a name for a new journal: the time, or what follows the greatest name if a clock once ran ahead."""
    at = datetime.now(UTC)
    for path in _paths(folder):
        with suppress(ValueError, OverflowError):
            at = max(at, datetime.strptime(path.stem, _NAME).replace(tzinfo=UTC) + timedelta(microseconds=1))
    return folder / (at.strftime(_NAME) + _SUFFIX)


def list_journals(folder: Path = FOLDER) -> list[Path]:
    """Return the journals in a folder, oldest first, by what they hold: names and clocks may be wrong.

    Those of which it cannot be seen when they were made come before all others.
    """
    return sorted(_paths(folder), key=_order)


def next_sequence(folder: Path) -> int:
    """Return the sequence number of a new journal: one more than the greatest in the folder."""
    return 1 + max((_order(path)[0] for path in _paths(folder)), default=0)


def read_journal(path: Path) -> Journal:
    """Read a journal. A last line that was cut off by a crash is passed over, and so are damaged ones.

    Raises:
        RingformError: It cannot be read, or is no journal.
    """
    try:
        content = _content(path)
    except OSError as error:
        summary = f"{path} cannot be read: {error.strerror}"
        raise RingformError(Diagnostic("unreadable", summary, hint="ringform history lists the journals")) from None
    first, *others = content.split(b"\n")
    try:
        start = _Start.model_validate_json(first)
    except ValidationError:
        what = "is not a journal of ringform, or is damaged" if content else "is empty: its apply sent nothing"
        raise RingformError(Diagnostic("not-a-journal", f"{path} {what}")) from None
    entries: dict[int, JournalEntry] = {}
    ends: dict[int, _Record] = {}
    damaged: list[int] = []
    has_end = False
    for number, line in enumerate(others[:-1], 2):
        try:
            record = _Record.model_validate_json(line)
            if record.record == "intent":
                entries[record.call] = record.entry()
        except ValueError:
            damaged.append(number)
            continue
        if record.record == "result":
            ends[record.call] = record
        has_end = has_end or record.record == "end"
    return Journal(
        name=str(path),
        providers=tuple(start.providers),
        account=start.account,
        started_at=start.at,
        tool_version=start.tool_version,
        plan_digest=start.plan_digest,
        calls=start.calls,
        entries=tuple(_ended(entry, ends.get(number)) for number, entry in entries.items()),
        was_cut_off=not has_end,
        diagnostics=(*_damaged(path, damaged), *_ahead(path, start.at)),
        is_undo=start.action == "undo",
        origin=start.origin,
    )


def _paths(folder: Path) -> list[Path]:
    return list(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else []


def _order(path: Path) -> tuple[int, str, str]:
    try:
        with _open(path) as file:
            start = _Start.model_validate_json(file.readline(_LONGEST_START))
    except (OSError, ValidationError):
        return 0, "", path.name
    return max(0, start.sequence), start.at, path.name


def _open(path: Path) -> BinaryIO:
    """Open a regular file; anything else could be endless, or never begin."""
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is not a regular file")
    return file


def _content(path: Path) -> bytes:
    with _open(path) as file:
        # A file may grow, or say 0 as those of /proc do, so the reading is bounded too.
        size = os.fstat(file.fileno()).st_size
        content = file.read(LARGEST + 1) if size <= LARGEST else b""
    if max(size, len(content)) > LARGEST:
        raise OSError(errno.EFBIG, f"it is larger than {LARGEST // (1024 * 1024)} MB")
    return content


def _damaged(path: Path, lines: list[int]) -> list[Diagnostic]:
    if not lines:
        return []
    named = f"{'line' if len(lines) == 1 else 'lines'} {listed(map(str, lines[:5]))}{' and more' if lines[5:] else ''}"
    return [
        Diagnostic(
            "damaged-journal",
            f"{path} is damaged in {named}",
            Severity.WARNING,
            detail="A call that they recorded is missing, or its result is unknown.",
            hint="run ringform plan to see what the account holds now",
        )
    ]


def _ahead(path: Path, at: str) -> list[Diagnostic]:
    with suppress(ValueError, TypeError):
        if datetime.fromisoformat(at) <= datetime.now(UTC) + _CLOCK_TOLERANCE:
            return []
        return [
            Diagnostic(
                "journal-from-the-future",
                f"{path} says that it began at {at}, which is in the future",
                Severity.WARNING,
                detail="A clock was or is wrong, so this may not be the last apply.",
                hint="look at ringform history, and name the journal to undo",
            )
        ]
    return []


def _ended(entry: JournalEntry, end: _Record | None) -> JournalEntry:
    """Return an entry with its result; without one it is unknown."""
    if end is None or end.status is None:
        return entry
    return replace(entry, status=end.status, code=end.code, expect={**entry.expect, **(end.stored or {})})


class _Start(BaseModel):
    model_config = ConfigDict(extra="ignore")
    format: str
    tool_version: str
    providers: list[str]
    account: str
    plan_digest: str
    calls: int
    at: str
    sequence: int = 0
    action: str = "apply"
    origin: Origin = Origin()


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore")
    record: str
    call: int = 0
    status: Status | None = None
    code: str | None = None
    stored: dict[str, JsonValue] | None = None
    address: str = ""
    previous: str | None = None
    name: str | None = None
    action: Action = Action.UPDATE
    before: dict[str, JsonValue] | None = None
    method: str = ""
    path: str = ""
    expect: dict[str, JsonValue] = {}
    overwrites: dict[str, JsonValue] = {}

    def entry(self) -> JournalEntry:
        return JournalEntry(
            address=Address.parse(self.address),
            previous=Address.parse(self.previous) if self.previous else None,
            name=self.name,
            action=self.action,
            method=self.method,
            path=self.path,
            before=self.before,
            expect=self.expect,
            status=Status.UNKNOWN,
            overwrites=self.overwrites,
        )
