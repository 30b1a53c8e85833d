"""The two sides of ``ringform diff`` as people write them: ``HEAD~1:``, a path, ``@2026-12-24``, ``live``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from ringform.cli import session
from ringform.cli.options import ManifestOptions, MomentType
from ringform.manifest.manifest import Manifest
from ringform.model.plan import Plan
from ringform.operations import saved_plan

LIVE = "live"
CURRENT = ""
"""The manifest of this folder, as it is now."""

_DATED = re.compile(r"(?P<rest>.*)@(?P<day>\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*)")


@dataclass(frozen=True, slots=True)
class ManifestSide:
    """A manifest: in these files (none: those of the other side, or the default), of a git revision, as of a time."""

    paths: tuple[Path, ...] = ()
    revision: str | None = None
    as_of: datetime | None = None

    def load(self, written: ManifestOptions, other: ManifestSide | None) -> Manifest:
        """Read it, with the variables of ``written``.

        Raises:
            RingformError: It has errors, or there is no such revision.
        """
        paths = self.paths or (other.paths if other else ())
        options = ManifestOptions(paths, written.var_files, written.assignments, self.as_of)
        return session.load(options, self.revision)


SideWord = ManifestSide | Path | None
"""A manifest, the file of a saved plan, or (None) the account."""


def parse(word: str) -> SideWord:
    """Read how a side is written. A file or folder of that name comes first.

    Raises:
        UsageError: There is no such day.
    """
    if word == LIVE:
        return None
    path = Path(word)
    if word and path.exists():
        return path if _is_plan(path) else ManifestSide((path,))
    as_of = None
    if dated := _DATED.fullmatch(word):
        word, as_of = dated["rest"], MomentType().convert(dated["day"], None, click.get_current_context())
    revision, colon, rest = word.partition(":")
    if colon and revision and not Path(word).exists():
        return ManifestSide((Path(rest),) if rest else (), revision, as_of)
    return ManifestSide((Path(word),) if word else (), None, as_of)


def load(words: Sequence[SideWord], written: ManifestOptions) -> list[Manifest | Plan | None]:
    """Read the sides that are offline; None stands for the account.

    Raises:
        RingformError: One of them cannot be read.
    """
    manifests = [each if isinstance(each, ManifestSide) else None for each in words]
    loaded: list[Manifest | Plan | None] = []
    for word, other in zip(words, reversed(manifests), strict=True):
        match word:
            case ManifestSide():
                loaded.append(word.load(written, other))
            case Path():
                loaded.append(saved_plan.read(word).plan)
            case None:
                loaded.append(None)
    return loaded


def _is_plan(path: Path) -> bool:
    """Whether a file is what ``plan --out`` writes; its format stands at its beginning."""
    if not path.is_file():  # a FIFO would keep us waiting
        return False
    try:
        with open(path, "rb") as file:
            return b'"ringform.plan/' in file.read(100)
    except OSError:
        return False  # reading it as a manifest will say why
