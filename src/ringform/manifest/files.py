"""Where the files of a manifest are found and read: on the disk, or in what stands for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ringform.manifest.discovery import discover
from ringform.manifest.source import Source, display_name, read
from ringform.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Files:
    """How to find, read and name files. See ``discovery.discover``, ``source.read`` and ``source.display_name``."""

    discover: Callable[[Sequence[Path]], tuple[list[Path], list[Diagnostic]]]
    read: Callable[[Path], Source]
    name: Callable[[Path], str]


DISK = Files(discover, read, display_name)
