"""A run of a command, as continuous integration, monitors and logs hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ringform.model.diagnostic import Diagnostic, Location, Severity

_SUCCESSES = (0, 2)
"""The exit codes of a run that came to its end: 2 says that there are differences."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a command: how and when it ended, and what it found.

    ``paths`` are the manifest's files and folders as the command line names them (empty: it does not), and ``files``
    its files, if they were found. ``findings`` are the problems to look at. ``objects`` counts objects by what happens
    to them, and ``calls`` API calls by how they ended; both are empty for a command that has none. ``digest`` is the
    plan's.
    """

    command: str
    exit_code: int
    ended_at: datetime
    paths: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()
    objects: Mapping[str, int] = field(default_factory=dict)
    calls: Mapping[str, int] = field(default_factory=dict)
    digest: str | None = None

    @property
    def is_success(self) -> bool:
        """Whether the run did what it was for, with or without differences found."""
        return self.exit_code in _SUCCESSES

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(each.severity is severity for each in self.findings)

    def place(self, finding: Diagnostic) -> Location:
        """Return the place of a finding, for formats that ask for one: without its own, the manifest's beginning."""
        return finding.location or Location((*self.files, *self.paths, "ringform.yaml")[0], 1)
