"""The files of a manifest in a git revision. Nothing is checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ringform.manifest.discovery import DEFAULT_FILE, DEFAULT_FOLDER, SUFFIXES, empty_folder
from ringform.manifest.files import Files
from ringform.manifest.source import MAX_BYTES, Source, decode, display_name, not_a_file, too_large
from ringform.model.diagnostic import Diagnostic, RingformError
from ringform.model.messages import cut

_PATIENCE = 60.0
"""Seconds that git may take for one answer."""
_SYMLINK = "120000"
"""The mode that git gives to a symlink."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What git has at a path, which is relative to the current folder: a ``blob`` has a size in bytes."""

    path: Path
    mode: str
    type: str
    id: str
    size: int


def files_in_revision(revision: str) -> Files:
    """Return the files of a git revision, such as ``HEAD~1``; paths are relative to the current folder.

    Raises:
        RingformError: There is no git, no repository, or no such revision (``no-git``, ``unknown-revision``).
    """
    return _Revision(revision).files


class _Revision:
    def __init__(self, name: str) -> None:
        self._name = name
        # Looked up once, so that all files are of one commit.
        try:
            found = _git("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        except subprocess.CalledProcessError as error:
            raise RingformError(_unknown_revision(name, error)) from None
        self._commit = found.decode().strip()
        self.files = Files(self._discover, self._read, self._named)

    def _named(self, path: Path) -> str:
        return f"{self._name}:{display_name(path)}"

    def _discover(self, paths: Sequence[Path]) -> tuple[list[Path], list[Diagnostic]]:
        if not paths:
            paths = [path for path in (DEFAULT_FILE, DEFAULT_FOLDER) if self._entries(path)][:1]
            if not paths:
                summary = f"{self._name} has no file {DEFAULT_FILE} and no folder {DEFAULT_FOLDER} here"
                hint = f"name the manifest: {self._name}:PATH"
                return [], [Diagnostic("no-manifest", summary, hint=hint)]
        found: dict[str, Path] = {}
        problems: list[Diagnostic] = []
        for path in paths:
            try:
                found |= {os.path.abspath(each): each for each in self._files_at(path, problems)}
            except RingformError as error:
                problems += error.diagnostics
        return list(found.values()), problems

    def _files_at(self, path: Path, problems: list[Diagnostic]) -> Iterator[Path]:
        """Yield the files that a path leads to: itself, or those of its folder as on the disk."""
        entries = self._entries(path)
        if not entries:
            raise RingformError(self._not_there(path))
        if [os.path.abspath(each.path) for each in entries] == [os.path.abspath(path)]:
            yield entries[0].path
            return
        there = {os.path.abspath(each.path) for each in entries}
        is_empty = True
        for entry in sorted(entries, key=lambda entry: entry.path.parts):
            inside = Path(os.path.relpath(entry.path, path)).parts
            if entry.path.suffix not in SUFFIXES or any(part.startswith(".") for part in inside):
                continue
            is_empty = False
            if entry.mode != _SYMLINK:
                yield entry.path
            elif self._target(entry) not in there:
                problems.append(self._symlink_outside(entry.path))
        if is_empty:
            problems.append(empty_folder(self._named(path)))

    def _target(self, symlink: _Entry) -> str:
        folder = os.path.dirname(os.path.abspath(symlink.path))
        return os.path.normpath(os.path.join(folder, os.fsdecode(_git("cat-file", "blob", symlink.id))))

    def _entries(self, path: Path) -> list[_Entry]:
        """Return what the revision has at a path: one file, or all in a folder."""
        try:
            listed = _git("ls-tree", "-r", "-l", "-z", self._commit, "--", os.fspath(path))
        except subprocess.CalledProcessError as error:
            raise RingformError(self._not_there(path, _said(error))) from None
        entries = []
        for line in listed.split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, type_, id_, size = about.decode().split()
            entries.append(_Entry(Path(os.fsdecode(name)), mode, type_, id_, int(size) if size.isdigit() else 0))
        return entries

    def _read(self, path: Path) -> Source:
        name, entries = self._named(path), self._entries(path)
        if not entries:
            raise RingformError(self._not_there(path))
        entry = entries[0]
        is_file = len(entries) == 1 and entry.type == "blob" and entry.mode != _SYMLINK
        if not is_file or os.path.abspath(entry.path) != os.path.abspath(path):
            raise RingformError(not_a_file(name))
        if entry.size > MAX_BYTES:
            raise RingformError(too_large(name, entry.size))
        return decode(_git("cat-file", "blob", entry.id), name)

    def _not_there(self, path: Path, detail: str | None = None) -> Diagnostic:
        summary = f"there is no file or folder {display_name(path)} in the revision {self._name}"
        hint = "paths are relative to the current folder; git ls-tree lists what a revision has"
        return Diagnostic("path-not-found", summary, detail=detail, hint=hint)

    def _symlink_outside(self, path: Path) -> Diagnostic:
        summary = f"the symlink {self._named(path)} leads to a file that is not part of the manifest"
        return Diagnostic("symlink-outside", summary, hint="put the file itself there")


def _git(*arguments: str) -> bytes:
    """Return what git says.

    Raises:
        CalledProcessError: It refused.
        RingformError: It cannot be run, or does not answer.
    """
    command = ("git", *arguments)
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        ended = subprocess.run(  # noqa: S603 - git itself, and nothing of the arguments can be an option
            command,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
            stdin=subprocess.DEVNULL,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        summary = f"git has not answered in {_PATIENCE:.0f} seconds"
        raise RingformError(Diagnostic("no-git", summary, hint="try again, or compare files")) from None
    except OSError as error:
        summary = f"git cannot be run: {error.strerror or error}"
        hint = "install git, which reads revisions, or compare files"
        raise RingformError(Diagnostic("no-git", summary, hint=hint)) from None
    return ended.stdout


def _unknown_revision(name: str, error: subprocess.CalledProcessError) -> Diagnostic:
    said = _said(error)
    if "not a git repository" in said:
        summary = f"there is no git repository here, so there is no revision {name}"
        return Diagnostic("unknown-revision", summary, hint="start ringform in the folder that has the manifest")
    hint = "git log lists the revisions; a file or folder of this name is not there either"
    return Diagnostic("unknown-revision", f"git knows no revision {name!r}", detail=said, hint=hint)


def _said(error: subprocess.CalledProcessError) -> str:
    """Return what git said against a command."""
    said = error.stderr.decode("utf-8", "replace") if isinstance(error.stderr, bytes) else ""
    return f"git says: {cut(said.strip().removeprefix('fatal: '))}"
