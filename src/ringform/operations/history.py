"""History: the applies that were made in a folder, from their journals."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from ringform.execution.journal_files import FOLDER, list_journals, read_journal
from ringform.model.diagnostic import Diagnostic, RingformError, Severity
from ringform.model.journal import Journal


@dataclass(frozen=True, slots=True)
class History:
    """The applies, oldest first, and what is wrong with their journals or with those that cannot be read."""

    applies: tuple[Journal, ...]
    diagnostics: tuple[Diagnostic, ...]


def history(folder: Path = FOLDER) -> History:
    """Read the journals in a folder."""
    return _read(list_journals(folder))


def latest(folder: Path = FOLDER) -> History:
    """Read the latest journal in a folder, if there is one, and warn of those that had to be looked past."""
    paths = list_journals(folder)
    warnings: list[Diagnostic] = []
    applies: tuple[Journal, ...] = ()
    while paths and not applies:
        path = paths.pop()
        found = _read([path])
        applies = found.applies
        warnings += found.diagnostics
        if applies:
            # Nobody knows the place of one that cannot be read; by its name it may be newer.
            warnings += _read([other for other in paths if other.name > path.name]).diagnostics
    return History(applies, tuple(replace(each, severity=Severity.WARNING) for each in warnings))


def _read(paths: list[Path]) -> History:
    applies: list[Journal] = []
    diagnostics: list[Diagnostic] = []
    for path in paths:
        try:
            applies.append(read_journal(path))
        except RingformError as error:
            diagnostics += error.diagnostics
        else:
            diagnostics += applies[-1].diagnostics
    return History(tuple(applies), tuple(diagnostics))


def journal(path: str | os.PathLike[str] | None = None, folder: Path = FOLDER) -> Journal:
    """Read a journal, by default the latest one in a folder that can be read.

    Raises:
        RingformError: There is none, or it cannot be read.
    """
    if path is not None:
        return read_journal(Path(path))
    found = latest(folder)
    if found.applies:
        return replace(found.applies[0], diagnostics=found.diagnostics)
    hint = "start it in the folder where the apply was made, or name the journal"
    missing = Diagnostic("no-journal", f"there is no journal in {folder}", hint=hint)
    raise RingformError(*(replace(each, severity=Severity.ERROR) for each in found.diagnostics or (missing,)))
