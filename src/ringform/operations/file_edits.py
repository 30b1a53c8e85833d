"""Edits of files that were read before: each is written whole or not at all, over what was read and nothing else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from ringform.manifest.source import Source
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.pulled import FileEdit

_MARK = "\ufeff"


def edit(source: Source, text: str, command: str) -> FileEdit:
    """Return the edit that makes ``text`` of a file; a byte order mark stays. ``command`` is what to run again.

    Raises:
        RingformError: ``file-changed``: the file is not what was read any more.
    """
    before = source.text if source.path is None else _read(source.path)
    if before.removeprefix(_MARK) != source.text:
        raise RingformError(_moved(source.name, command))
    return FileEdit(source.name, before, _MARK * before.startswith(_MARK) + text)


def write(edits: Sequence[tuple[FileEdit, Path]], command: str) -> None:
    """Write the files, each whole or not at all, and only if every one of them is still what was read.

    Raises:
        RingformError: A file has changed meanwhile (then none was written), or cannot be written.
    """
    targets = [(each, Path(os.path.realpath(path))) for each, path in edits]
    moved = [_moved(each.name, command) for each, target in targets if _read(target) != each.before]
    if moved:
        raise RingformError(*moved)
    for each, target in targets:
        try:
            replace_file(target, each.after.encode("utf-8"), mode=target.stat().st_mode & 0o7777)
        except OSError as error:
            summary = f"{each.name} cannot be written: {error.strerror or error}"
            hint = f"files that come before it are written; put this right, and run {command} again"
            raise RingformError(Diagnostic("output-failed", summary, hint=hint)) from None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _moved(name: str, command: str) -> Diagnostic:
    summary = f"{name} has changed since it was read, so nothing was written into it"
    return Diagnostic("file-changed", summary, hint=f"run {command} again")


def replace_file(target: Path, data: bytes, *, mode: int) -> None:
    """Put bytes into the place of a file in one step: whoever reads it meets all of them, or none.

    Raises:
        OSError: It cannot be written there; what was there still is.
    """
    with NamedTemporaryFile("wb", dir=target.parent, prefix=".", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
