"""Diagnostics: one type for everything that can be wrong, used by every command and report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ringform.model.address import Address


class Severity(StrEnum):
    """How serious a diagnostic is. Only an error stops a command."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The sort order of severities: 0 for an error."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file. Lines and columns count from 1; a column counts characters, not bytes."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The source line that a diagnostic points at, with the part to underline.

    ``start`` is the first underlined character, counted from 0 in ``text``; ``length`` is at least 1.
    ``text`` is as it stands in the file: whoever prints it escapes it.
    """

    text: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what is wrong, where, and what to do about it.

    ``code`` is a stable kebab-case name that ``docs/errors.md`` explains. ``summary`` is one sentence without a
    final full stop; ``detail`` adds facts; ``hint`` says what to do. Any of these may quote outside text
    (manifest or server): reports escape them for where they print.
    """

    code: str
    summary: str
    severity: Severity = Severity.ERROR
    detail: str | None = None
    hint: str | None = None
    location: Location | None = None
    excerpt: Excerpt | None = None
    address: Address | None = None

    @property
    def help(self) -> str:
        """The path of the section that explains the code, relative to the project's root."""
        return f"docs/errors.md#{self.code}"

    @property
    def is_error(self) -> bool:
        """Whether this alone makes the command fail."""
        return self.severity is Severity.ERROR

    def at(self, location: Location | None, excerpt: Excerpt | None = None) -> Diagnostic:
        """Return the diagnostic with its place in a file."""
        return replace(self, location=location, excerpt=excerpt)


MOST_LISTED = 1_000
"""The most errors, and the most warnings, that are listed for one manifest: a file may hold a million mistakes."""


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line and column, the unplaced ones first, and drop exact repeats."""

    def key(diagnostic: Diagnostic) -> tuple[str, int, int, int, str]:
        place = diagnostic.location or Location("", 0, 0)
        return (place.file, place.line, place.column, diagnostic.severity.rank, diagnostic.code)

    return tuple(dict.fromkeys(sorted(diagnostics, key=key)))


def limited(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the first ``MOST_LISTED`` errors and as many others, and a note that there are more if there are."""
    listed = [each for each in diagnostics if each.is_error][:MOST_LISTED]
    listed += [each for each in diagnostics if not each.is_error][:MOST_LISTED]
    if len(listed) == len(diagnostics):
        return tuple(diagnostics)
    chosen = {id(each) for each in listed}
    severity = Severity.ERROR if any(each.is_error for each in listed) else Severity.WARNING
    summary = f"there are more problems: only {len(listed):,} are listed"
    more = Diagnostic("too-many-problems", summary, severity, hint="correct these first; they may have one cause")
    return (*(each for each in diagnostics if id(each) in chosen), more)


class RingformError(Exception):
    """An error that stops a command, with one or more diagnostics to print."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(diagnostic.summary for diagnostic in diagnostics))
        self.diagnostics = diagnostics


class Refused(RingformError):  # noqa: N818 - it reads as what it says
    """An action that was refused for safety; nothing was changed."""
