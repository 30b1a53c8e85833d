"""Edits of files as one unified diff, which ``patch -p1`` and ``git apply`` take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from ringform.model.pulled import FileEdit

_NO_BREAK = "\\ No newline at end of file\n"


def render(files: Sequence[FileEdit]) -> str:
    """Return the diff of all files; the empty text if nothing changes. Lines keep their own line ends."""
    return "".join(line for file in files for line in _lines(file))


def _lines(file: FileEdit) -> Iterator[str]:
    # A name with a space ends at a tab, as in diffs of git: else its end could not be told.
    end = "\t" if " " in file.name else ""
    names = (f"a/{file.name}{end}", f"b/{file.name}{end}")
    for line in unified_diff(_split(file.before), _split(file.after), *names, lineterm="\n"):
        yield line if line.endswith("\n") else f"{line}\n{_NO_BREAK}"


def _split(text: str) -> list[str]:
    """Return the lines as patch counts them, with their ends: only a line feed ends one."""
    *lines, last = text.split("\n")
    return [*(line + "\n" for line in lines), *([last] if last else [])]
