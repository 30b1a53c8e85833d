"""Writing journals. Every line is on the disk before the call that it announces is sent."""

from __future__ import annotations

import errno
import itertools
import json
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ringform.execution.connection import Connections, identity
from ringform.execution.journal_files import FOLDER, next_sequence
from ringform.execution.origin import origin
from ringform.model.change import Call, Change
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.escaping import in_quotes
from ringform.model.journal import FORMAT
from ringform.model.masking import mask
from ringform.model.outcome import Status
from ringform.model.plan import Plan
from ringform.model.values import Fields, Json
from ringform.version import __version__

JOURNAL_FAILED = "journal-failed"
"""The code of what is not done because it could not have been noted."""


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
            _hide_from_git(path.parent)
            sequence = next_sequence(path.parent)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
            _sync_folder(path.parent)
        except OSError as error:
            raise RingformError(_unwritable(path, error)) from None
        self._write(
            {
                "record": "start",
                "format": FORMAT,
                "sequence": sequence,
                "tool_version": __version__,
                "providers": list(plan.providers),
                "account": identity(connections),
                "plan_digest": plan.digest,
                "calls": len(plan.calls),
                "action": "undo" if plan.is_undo else "apply",
                "origin": asdict(origin(os.environ)),
            }
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it. Where no end can be written it reads as cut off, which is the safe way to be wrong.

        One that an error has ended before the first call records nothing, and is deleted.
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
                **({"overwrites": call.overwrites} if call.overwrites else {}),
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
            line = mask(line, json.dumps(secret)[1:-1], "[hidden]")
        try:
            with self._lock:
                self._append(in_quotes(line).encode())
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


def _hide_from_git(folder: Path) -> None:
    """Keep ``.ringform`` out of repositories: journals are as private as the account."""
    if folder.parts[-len(FOLDER.parts) :] == FOLDER.parts and not (ignoring := folder.parent / ".gitignore").exists():
        ignoring.write_text("*\n", "utf-8")


def _sync_folder(folder: Path) -> None:
    """Make sure that a new file's name outlives a power cut. Not every system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(path: Path, error: OSError) -> Diagnostic:
    return Diagnostic(
        JOURNAL_FAILED,
        f"the journal {path} cannot be written: {error.strerror}",
        detail="Without a journal, nobody could see later what the apply did, or undo it.",
        hint="name another place with --journal FILE",
    )
