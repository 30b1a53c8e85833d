"""Writing and reading journals. Every line is on the disk before the call that it announces is sent."""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from ringform.core.address import Address
from ringform.core.change import Action, Call, Change
from ringform.core.diagnostic import Diagnostic, RingformError
from ringform.core.journal import FORMAT, Entry, Journal
from ringform.core.outcome import Status
from ringform.core.plan import Plan
from ringform.core.values import Json
from ringform.engine.connection import Connection
from ringform.version import __version__

FOLDER = Path(".ringform/journal")
"""Where journals are kept, below the working directory."""

_SUFFIX = ".jsonl"


class JournalWriter:
    """An open journal. Several threads may write; each line is synced before the method returns."""

    def __init__(self, path: Path, plan: Plan, connection: Connection) -> None:
        """Create the file, readable by its owner only.

        Raises:
            RingformError: It cannot be made: without a journal nothing is applied.
        """
        self.path = path
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError as error:
            raise RingformError(_unwritable(path, error)) from None
        self._write(
            {
                "record": "start",
                "format": FORMAT,
                "tool_version": __version__,
                "provider": plan.provider,
                "account": connection.identity,
                "plan_digest": plan.digest,
                "calls": len(plan.calls),
            }
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None:
            self._write({"record": "end"})
        os.close(self._file)

    def intent(self, change: Change, call: Call) -> int:
        """Note that a call is about to be sent; the number is for ``result``.

        Raises:
            RingformError: It cannot be noted: the call must not be sent.
        """
        number = next(self._numbers)
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

    def result(self, number: int, status: Status, code: str | None) -> None:
        """Note how a call ended."""
        self._write({"record": "result", "call": number, "status": str(status), "code": code})

    def _write(self, record: Mapping[str, Json]) -> None:
        line = json.dumps({**record, "at": datetime.now(UTC).isoformat(timespec="milliseconds")}) + "\n"
        try:
            with self._lock:
                _write_all(self._file, line.encode())
                os.fsync(self._file)
        except OSError as error:
            raise RingformError(_unwritable(self.path, error)) from None


def _write_all(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content) :]


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
    ends = {record.call: Status(record.status) for record in records if record.record == "result" and record.status}
    return Journal(
        name=str(path),
        provider=start.provider,
        account=start.account,
        started_at=start.at,
        tool_version=start.tool_version,
        plan_digest=start.plan_digest,
        calls=start.calls,
        entries=tuple(replace(entry, status=ends.get(number, Status.UNKNOWN)) for number, entry in entries.items()),
        was_cut_off=not any(record.record == "end" for record in records),
    )


class _Start(BaseModel):
    model_config = ConfigDict(extra="ignore")
    format: str
    tool_version: str
    provider: str
    account: str
    plan_digest: str
    calls: int
    at: str


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore")
    record: str
    call: int = 0
    status: str | None = None
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
        "journal-failed",
        f"the journal {path} cannot be written: {error.strerror}",
        detail="Without a journal an apply could not be told from one that was cut off, nor undone.",
        hint="name another place with --journal FILE",
    )
