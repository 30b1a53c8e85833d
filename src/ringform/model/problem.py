"""A problem in a document, located by keys and positions, not yet by file and line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ringform.model.diagnostic import Severity

DocumentPath = tuple[str | int, ...]
"""A place in a manifest: keys as they are written there, and positions in lists."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at a place in a document; the manifest turns it into a ``Diagnostic``.

    ``on_key`` points at the key rather than at its value. ``other`` is a second place that is involved. ``is_secret``
    keeps the source line out of every report.
    """

    path: DocumentPath
    code: str
    summary: str
    severity: Severity = Severity.ERROR
    detail: str | None = None
    hint: str | None = None
    on_key: bool = False
    other: DocumentPath | None = None
    is_secret: bool = False

    def below(self, path: DocumentPath, *, on_key: bool | None = None) -> Problem:
        """Return the problem of a value that stands at ``path``, to which its own paths are relative."""
        other = None if self.other is None else (*path, *self.other)
        return replace(self, path=(*path, *self.path), other=other, on_key=self.on_key if on_key is None else on_key)
