"""Check: read a manifest, with the lint of its call flows. Nothing here can reach a network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ringform.callflow.lint.run import lint
from ringform.manifest.check import Checked, check_manifest
from ringform.manifest.files import DISK, Files
from ringform.manifest.manifest import Manifest, Part
from ringform.model.diagnostic import Diagnostic


def load(
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    var_files: Sequence[str | os.PathLike[str]] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
    revision: str | None = None,
) -> Manifest:
    """Read and check the manifest in files and folders; without any, ``ringform.yaml`` or the folder ``ringform``.

    ``var_files`` and ``assignments`` (``name=value``) give variables for the templates in it. Its closures, special
    hours and rotations come to what they have to be ``as_of`` (None: now); without a zone that is a time on each
    number's own clock. With a git ``revision``, all files are read as they are in it: paths are relative to the current
    folder.

    Raises:
        RingformError: It has errors; all of them are in it.
    """
    return check(paths, var_files=var_files, assignments=assignments, as_of=as_of, revision=revision).valid()


def check(
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    var_files: Sequence[str | os.PathLike[str]] = (),
    assignments: Sequence[str] = (),
    as_of: datetime | None = None,
    revision: str | None = None,
) -> Checked:
    """Read and check the manifest like ``load``, and raise nothing: everything found is in the answer.

    Raises:
        RingformError: There is no such revision.
    """
    return check_manifest(
        [Path(path) for path in paths],
        var_files=[Path(path) for path in var_files],
        assignments=assignments,
        as_of=as_of,
        lint=_lint,
        files=_files(revision) if revision else DISK,
    )


def _files(revision: str) -> Files:
    from ringform.manifest.revision import files_in_revision  # with subprocess, which is slow to load

    return files_in_revision(revision)


def _lint(part: Part) -> list[Diagnostic]:
    return lint(part.document.state.wanted, part.document.dated, part.provider, part.place)
