"""History: the applies that were made in a folder, from their journals."""

from __future__ import annotations

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
