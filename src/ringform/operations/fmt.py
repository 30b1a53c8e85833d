"""Fmt: the files of a manifest in canonical layout."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ringform.manifest import composer, discovery, source
from ringform.manifest.canonical.canonical import canonical
from ringform.manifest.canonical.places import NOWHERE, Place, document
from ringform.manifest.canonical.printer import NotFormattable, ShortHours
from ringform.manifest.source import Source
from ringform.manifest.tree import Map
from ringform.model.diagnostic import Diagnostic, Location, RingformError, Severity
from ringform.model.pulled import FileEdit
from ringform.operations import file_edits
from ringform.providers import registry
from ringform.providers.facets import ShortensHours

_COMMAND = "ringform fmt"


@dataclass(frozen=True, slots=True)
class Formatted:
    """What formatting makes of the files of a manifest. Nothing is on the disk yet.

    ``files`` are the names of all; ``edits`` are of those that are out of shape; ``left`` has a warning for each one
    that cannot be formatted without losing something.
    """

    files: tuple[str, ...]
    edits: tuple[FileEdit, ...]
    left: tuple[Diagnostic, ...]
    _paths: Mapping[str, Path] = field(repr=False)

    def write(self) -> None:
        """Write the files that are out of shape.

        Raises:
            RingformError: A file has changed since it was read (then none was written), or cannot be written.
        """
        file_edits.write([(each, self._paths[each.name]) for each in self.edits], _COMMAND)


def fmt(paths: Sequence[str | os.PathLike[str]] = ()) -> Formatted:
    """Bring files and folders into canonical layout; without any, ``ringform.yaml`` or the folder ``ringform``.

    They need not be a valid manifest, but YAML without mistakes.

    Raises:
        RingformError: Some cannot be read; everything that is wrong is in it.
    """
    files, errors = discovery.discover([Path(path) for path in paths])
    edits: list[FileEdit] = []
    left: list[Diagnostic] = []
    names: dict[str, Path] = {}
    for path in files:
        try:
            read = source.read(path)
            tree, problems = composer.parse(read)
        except RingformError as error:
            errors += error.diagnostics
            continue
        names[read.name] = path
        errors += [each for each in problems if each.is_error]
        if errors:
            continue
        try:
            text = canonical_text(read, tree)
        except NotFormattable as reason:
            left.append(_left(read.name, str(reason)))
            continue
        if text != read.text:
            edits.append(file_edits.edit(read, text, _COMMAND))
    if errors:
        raise RingformError(*errors)
    return Formatted(tuple(names), tuple(edits), tuple(left), names)


def canonical_text(read: Source, tree: Map) -> str:
    """Return a file in the layout of its provider. ``tree`` is what was read of it, without errors.

    Raises:
        NotFormattable: It cannot be formatted without losing something.
    """
    place: Place = NOWHERE
    short_hours: ShortHours = _no_short_hours
    name = tree.get("provider", registry.DEFAULT)
    if isinstance(name, str) and registry.is_known(name):
        provider = registry.provider(name)
        place = document(provider.document)
        short_hours = provider.short_hours if isinstance(provider, ShortensHours) else short_hours
    return canonical(read, tree, place, short_hours)


def _no_short_hours(_: object) -> Mapping[str, str] | None:
    return None


def _left(name: str, reason: str) -> Diagnostic:
    hint = "nothing is wrong with it; write that place in another way if the file is to be formatted"
    summary = f"{name} cannot be formatted and was left as it is: {reason}"
    return Diagnostic("not-formatted", summary, Severity.WARNING, hint=hint, location=Location(name, 1))
