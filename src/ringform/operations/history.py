"""History: the applies that were made in a folder, from their journals."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ringform.execution.journaling import FOLDER, list_journals, read_journal
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.journal import Journal


@dataclass(frozen=True, slots=True)
class History:
    """The applies, oldest first, and why the other journals cannot be read."""

    applies: tuple[Journal, ...]
    diagnostics: tuple[Diagnostic, ...]


def history(folder: Path = FOLDER) -> History:
    """Read the journals in a folder."""
    return _read(list_journals(folder))


def latest(folder: Path = FOLDER) -> History:
    """Read the latest journal in a folder, if there is one."""
    return _read(list_journals(folder)[-1:])


def _read(paths: list[Path]) -> History:
    applies: list[Journal] = []
    diagnostics: list[Diagnostic] = []
    for path in paths:
        try:
            applies.append(read_journal(path))
        except RingformError as error:
            diagnostics += error.diagnostics
    return History(tuple(applies), tuple(diagnostics))


def journal(path: str | os.PathLike[str] | None = None, folder: Path = FOLDER) -> Journal:
    """Read a journal, by default the latest one in a folder.

    Raises:
        RingformError: There is none, or it cannot be read.
    """
    latest = [Path(path)] if path is not None else list_journals(folder)[-1:]
    if not latest:
        hint = "start it in the folder where the apply was made, or name the journal"
        raise RingformError(Diagnostic("no-journal", f"there is no journal in {folder}", hint=hint))
    return read_journal(latest[0])
