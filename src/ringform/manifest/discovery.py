"""Which files make the manifest: the paths on the command line, folders walked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ringform.manifest.source import display_name, from_os_error, not_a_file
from ringform.model.diagnostic import Diagnostic
from ringform.model.messages import listed

SUFFIXES = (".yaml", ".yml")
DEFAULT_FILE = Path("ringform.yaml")
DEFAULT_FOLDER = Path("ringform")


def discover(paths: Sequence[Path]) -> tuple[list[Path], list[Diagnostic]]:
    """Find the files of a manifest; without a path ``ringform.yaml``, or else the folder ``ringform``.

    A file that is named is taken whatever its suffix. A folder is searched, with its folders, for ``*.yaml`` and
    ``*.yml``; hidden files and folders are passed over. The files come in the order of the paths, those of a folder
    sorted, each file once however often it is reached.

    A symlink must not lead out of the folder it is found in, nor a path in the working directory out of that: whoever
    can change a manifest could otherwise have other files of the machine quoted in the output. Nothing is opened here.

    Returns:
        The files, and what is wrong: ``no-manifest``, ``path-not-found``, ``not-a-file``, ``symlink-outside``,
        ``empty-folder``, ``permission-denied`` or ``unreadable``.
    """
    search = _Search()
    if paths:
        for path in paths:
            search.add(path)
    elif os.path.lexists(DEFAULT_FILE):
        search.add(DEFAULT_FILE)
    elif os.path.lexists(DEFAULT_FOLDER):
        search.add(DEFAULT_FOLDER)
    else:
        search.problems.append(_no_manifest())
    return list(search.files.values()), search.problems


def _no_manifest() -> Diagnostic:
    near = sorted(path.name for path in Path().glob("*.y*ml") if path.suffix in SUFFIXES and path.is_file())
    summary = f"there is no file {DEFAULT_FILE} and no folder {DEFAULT_FOLDER} here"
    detail = f"YAML files here: {listed(near)}." if near else None
    hint = "name the manifest on the command line, or start ringform in the folder that has it"
    return Diagnostic("no-manifest", summary, detail=detail, hint=hint)


def empty_folder(name: str) -> Diagnostic:
    """``empty-folder``: it has nothing that can be a manifest."""
    hint = f"files of a manifest end in {listed(SUFFIXES, last='or')}"
    return Diagnostic("empty-folder", f"the folder {name} has no YAML file", hint=hint)


class _Search:
    def __init__(self) -> None:
        self.files: dict[str, Path] = {}  # by resolved path
        self.problems: list[Diagnostic] = []

    def add(self, path: Path) -> None:
        """A path that the user named."""
        name = display_name(path)
        try:
            path.stat()
        except OSError as error:
            self.problems.append(from_os_error(error, name))
            return
        # A path that looks as if it lay in the working directory has to lie there.
        here = os.path.realpath(Path.cwd())
        lexical, target = os.path.normpath(os.path.join(here, path)), os.path.realpath(path)
        leads_away = not _is_below(target, here) if path.is_dir() else not _is_manifest(target, here)
        if target != lexical and _is_below(lexical, here) and leads_away:
            self._refuse_symlink(path)
        elif path.is_dir():
            self._add_folder(path)
        elif path.is_file():
            self._take(path)
        else:
            self.problems.append(not_a_file(name))

    def _add_folder(self, folder: Path) -> None:
        before = len(self.problems)
        found = sorted(self._walk(folder), key=lambda path: path.parts)
        for path in found:
            self._take(path)
        if not found and len(self.problems) == before:
            self.problems.append(empty_folder(display_name(folder)))

    def _walk(self, root: Path) -> Iterator[Path]:
        boundary = os.path.realpath(root)
        pending = [root]
        while pending:
            folder = pending.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                self.problems.append(from_os_error(error, display_name(folder)))
                continue
            for entry in entries:
                path = folder / entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_symlink():
                    if self._may_follow(path, boundary):
                        yield path
                elif entry.is_dir():
                    pending.append(path)
                elif path.suffix not in SUFFIXES:
                    continue
                elif entry.is_file():
                    yield path
                else:
                    self.problems.append(not_a_file(display_name(path)))

    def _may_follow(self, link: Path, boundary: str) -> bool:
        """Whether a symlink leads to a file to read; reports one that leads where it must not."""
        target = os.path.realpath(link)
        if os.path.isdir(target):
            # Within the boundary it is walked under its own name, which also ends every circle.
            if not _is_below(target, boundary):
                self._refuse_symlink(link)
        elif link.suffix not in SUFFIXES:
            pass
        elif not os.path.exists(target):
            self.problems.append(from_os_error(FileNotFoundError(), display_name(link)))
        elif not _is_manifest(target, boundary):
            self._refuse_symlink(link)
        elif not os.path.isfile(target):
            self.problems.append(not_a_file(display_name(link)))
        else:
            return True
        return False

    def _take(self, path: Path) -> None:
        self.files.setdefault(os.path.realpath(path), path)

    def _refuse_symlink(self, link: Path) -> None:
        summary = f"the symlink {display_name(link)} leads to a file that is not part of the manifest"
        detail = (
            "A symlink may lead to a YAML file of the same folder only, so that a change to a manifest"
            " cannot bring other files of the machine into the output."
        )
        hint = "put the file itself there, or name the place that it leads to on the command line"
        self.problems.append(Diagnostic("symlink-outside", summary, detail=detail, hint=hint))


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_manifest(target: str, boundary: str) -> bool:
    """Whether a symlink's target is a file that belongs to a manifest: within the folder, YAML by name, not hidden.

    Names that start with two dots are let pass: Kubernetes lays out its mounted files as symlinks into ``..data``.
    """
    relative = Path(os.path.relpath(target, boundary))
    hidden = any(part.startswith(".") and not part.startswith("..") for part in relative.parts)
    return _is_below(target, boundary) and relative.suffix in SUFFIXES and not hidden
