"""History: the applies that were made in a folder, from their journals."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ringform.execution.journal_files import FOLDER, list_journals, read_journal
from ringform.model.diagnostic import Diagnostic, RingformError, Severity
from ringform.model.journal import Journal, Undoable


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
        read = _read([path])
        applies = read.applies
        warnings += read.diagnostics
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
    """Read a journal, by default that of the latest apply in a folder that changed anything; see ``to_undo``.

    Raises:
        RingformError: There is none, or it cannot be read.
    """
    return to_undo(path, folder).journal


def to_undo(path: str | os.PathLike[str] | None = None, folder: Path = FOLDER) -> Undoable:
    """Return the apply to take back: that of a journal, by default the latest in a folder that changed anything.

    Where no apply changed anything it is the latest one.

    Raises:
        RingformError: There is none, or the journal cannot be read.
    """
    if path is not None:
        return Undoable(read_journal(Path(path)))
    read = latest(folder)
    if not read.applies:
        hint = "run it in the folder where the apply was made, or name the journal"
        missing = Diagnostic("no-journal", f"there is no journal in {folder}", hint=hint)
        raise RingformError(*(replace(each, severity=Severity.ERROR) for each in read.diagnostics or (missing,)))
    last = replace(read.applies[0], diagnostics=read.diagnostics)
    without_effect: list[Journal] = []
    for apply in _newest_first(folder, last):
        if apply.effects:
            return Undoable(apply, tuple(without_effect))
        without_effect.append(apply)
    return Undoable(last)


def _newest_first(folder: Path, last: Journal) -> Iterator[Journal]:
    """Read the journals from the last one on back, passing over those that cannot be read."""
    yield last
    paths = [str(path) for path in list_journals(folder)]
    for path in reversed(paths[: paths.index(last.name)]):
        yield from _read([Path(path)]).applies
