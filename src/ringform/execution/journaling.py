"""Writing and reading journals. Every line is on the disk before the call that it announces is sent."""

from __future__ import annotations

import errno
import itertools
import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from ringform.execution.connection import Connections, identity
from ringform.model.address import Address
from ringform.model.change import Action, Call, Change
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.journal import FORMAT, Entry, Journal
from ringform.model.outcome import Status
from ringform.model.plan import Plan
from ringform.model.values import Fields, Json
from ringform.version import __version__

FOLDER = Path(".ringform/journal")
"""Where journals are kept, below the working directory."""

JOURNAL_FAILED = "journal-failed"
"""The code of what is not done because it could not have been noted."""

_SUFFIX = ".jsonl"


class JournalWriter:
    """An open journal. Several threads may write; each line is synced before the method returns."""

    def __init__(self, path: Path, plan: Plan, connections: Connections) -> None:
        """Create the file, readable by its owner only.

        Raises:
            RingformError: It cannot be made: without a journal nothing is applied.
        """
        self.path = path
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._secrets = [secret for each in connections.values() for secret in each.endpoint.secrets]
        self._size = 0
        self._is_open = True
        self._has_calls = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            _sync_folder(path.parent)
        except OSError as error:
            raise RingformError(_unwritable(path, error)) from None
        self._write(
            {
                "record": "start",
                "format": FORMAT,
                "tool_version": __version__,
                "providers": list(plan.providers),
                "account": identity(connections),
                "plan_digest": plan.digest,
                "calls": len(plan.calls),
            }
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it. Where no end can be written it reads as cut off, which is the safe way to be wrong.

        One that an error has ended before the first call tells of nothing, and goes.
        """
        if kind is None:
            with suppress(RingformError):
                self._write({"record": "end"})
        with self._lock:
            self._is_open = False
            os.close(self._file)
        if kind is not None and not self._has_calls:
            with suppress(OSError):
                self.path.unlink()

    def intent(self, change: Change, call: Call) -> int:
        """Note that a call is about to be sent; the number is for ``result``.

        Raises:
            RingformError: It cannot be noted: the call must not be sent.
        """
        number = next(self._numbers)
        self._has_calls = True
        self._write(
            {
                "record": "intent",
                "call": number,
                "address": str(change.address),
                "previous": str(change.previous) if change.previous else None,
                "name": change.name,
                "action": str(change.action),
                "before": change.before,
                "method": call.method,
                "path": call.path,
                "body": call.body,
                "expect": call.expect,
            }
        )
        return number

    def result(self, number: int, status: Status, code: str | None, *, stored: Fields | None = None) -> None:
        """Note how a call ended. ``stored`` is what the account keeps where that is not what was asked for.

        Raises:
            RingformError: It cannot be noted: no other call may be sent.
        """
        self._write({"record": "result", "call": number, "status": str(status), "code": code, "stored": stored})

    def _write(self, record: Mapping[str, Json]) -> None:
        line = json.dumps({**record, "at": datetime.now(UTC).isoformat(timespec="milliseconds")}) + "\n"
        for secret in self._secrets:
            line = line.replace(json.dumps(secret)[1:-1], "[hidden]")
        try:
            with self._lock:
                self._append(line.encode())
        except OSError as error:
            raise RingformError(_unwritable(self.path, error)) from None

    def _append(self, line: bytes) -> None:
        """Write a whole line or, when the disk is full, none of it: what follows must not be glued to a half."""
        left = line
        if not self._is_open:  # a call that was given up has ended after all; the file's number may be another's now
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        try:
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise
        self._size += len(line)


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file's name outlives a power cut. Not every system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def new_path(folder: Path = FOLDER) -> Path:
    """A name for a new journal: the time, so that names sort as they were made."""
    return folder / (datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f") + _SUFFIX)


def list_journals(folder: Path = FOLDER) -> list[Path]:
    """The journals in a folder, oldest first."""
    return sorted(folder.glob(f"*{_SUFFIX}")) if folder.is_dir() else []


def read_journal(path: Path) -> Journal:
    """Read a journal. A last line that was cut off by a crash is passed over.

    Raises:
        RingformError: It cannot be read, or is no journal.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        problem = Diagnostic(
            "unreadable", f"{path} cannot be read: {error.strerror}", hint="ringform history lists them"
        )
        raise RingformError(problem) from None
    try:
        start = _Start.model_validate_json(lines[0])
        records = [_Record.model_validate_json(line) for line in lines[1:-1] if line]
        entries = {record.call: record.entry() for record in records if record.record == "intent"}
    except (ValidationError, ValueError):
        problem = Diagnostic("not-a-journal", f"{path} is not a journal of ringform, or is damaged")
        raise RingformError(problem) from None
    ends = {record.call: record for record in records if record.record == "result"}
    return Journal(
        name=str(path),
        providers=tuple(start.providers),
        account=start.account,
        started_at=start.at,
        tool_version=start.tool_version,
        plan_digest=start.plan_digest,
        calls=start.calls,
        entries=tuple(_ended(entry, ends.get(number)) for number, entry in entries.items()),
        was_cut_off=not any(record.record == "end" for record in records),
    )


def _ended(entry: Entry, end: _Record | None) -> Entry:
    """An entry with its result. Without one nobody knows."""
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

    def entry(self) -> Entry:
        return Entry(
            address=Address.parse(self.address),
            previous=Address.parse(self.previous) if self.previous else None,
            name=self.name,
            action=self.action,
            method=self.method,
            path=self.path,
            before=self.before,
            expect=self.expect,
            status=Status.UNKNOWN,
        )


def _unwritable(path: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        JOURNAL_FAILED,
        f"the journal {path} cannot be written: {error.strerror}",
        detail="Without a journal an apply could not be told from one that was cut off, nor undone.",
        hint="name another place with --journal FILE",
    )
