"""``# ringform: ignore=CODE``: comments in manifest files that silence a warning of one line.

libyaml drops comments, so they are read from the text. What looks like one within a quoted text or a block scalar is
part of that text: where these begin and end is asked of libyaml, for the files that have such a comment at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from ringform.callflow.lint.rules import RULES
from ringform.callflow.testing import WARNINGS as TEST_WARNINGS
from ringform.manifest.composer import LOADER
from ringform.manifest.invisible import WARNINGS
from ringform.manifest.source import Source
from ringform.model.diagnostic import Diagnostic, Location, Severity
from ringform.model.messages import did_you_mean, listed, shown
from ringform.planning.account_notes import LIVE_WARNINGS
from ringform.planning.ignoring import IGNORE_OVER
from ringform.providers.facets import HasWarnings

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*ringform:[ \t]*ignor[^#]*")
_WELL_FORMED = re.compile(r"#[ \t]*ringform:[ \t]*ignore=(?P<codes>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(?=[ \t]|$)")
_LATER = LIVE_WARNINGS | TEST_WARNINGS
"""The codes of warnings that checking a manifest cannot find yet."""
_HINT = "write # ringform: ignore=CODE at the end of the line, or ignore=CODE,CODE for several"


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code that a comment ignores on a line. ``code`` is empty where the comment cannot be read.

    ``line`` is the line that it is about: its own, or for a comment on a line of its own the next one that says
    something. ``column`` is where the code stands.
    """

    source: Source
    comment_line: int
    column: int
    line: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Suppressions:
    """All such comments of a manifest."""

    ignores: tuple[Ignore, ...] = ()

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Suppressions:
        """Return the comments of these files, which libyaml can read."""
        return cls(tuple(ignore for source in sources for ignore in _in_file(source)))

    def filter(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Return the diagnostics without those that are ignored. An error never is."""
        meant = {(each.source.name, each.line, each.code) for each in self.ignores}
        return [each for each in diagnostics if each.is_error or _key(each) not in meant]

    def problems(self, diagnostics: Sequence[Diagnostic], providers: Iterable[object]) -> Iterator[Diagnostic]:
        """Return what is wrong with the comments themselves.

        ``diagnostics`` are those of a manifest without errors, ``providers`` those that it is for.
        """
        known = WARNINGS | _LATER | {IGNORE_OVER} | {rule.code for rule in RULES}
        for provider in providers:
            known |= provider.warning_codes if isinstance(provider, HasWarnings) else frozenset()
        reported = {_key(each) for each in diagnostics}
        seen: set[tuple[str, int, str]] = set()
        for ignore in self.ignores:
            key = (ignore.source.name, ignore.line, ignore.code)
            if not ignore.code:
                summary = "this comment is not understood, so it ignores nothing"
                yield _about(ignore, Diagnostic("unknown-ignore", summary, Severity.WARNING, hint=_HINT))
            elif ignore.code not in known and key not in reported:
                # One that does silence something is a code of another package's provider.
                yield _about(ignore, _unknown(ignore.code, known))
            elif key in seen or (key not in reported and ignore.code not in _LATER):
                summary = (
                    f"{ignore.code} is ignored already" if key in seen else f"there is no {ignore.code} here to ignore"
                )
                hint = "remove it; it belongs at the end of the line that the warning shows, or on its own line above"
                yield _about(ignore, Diagnostic("unused-ignore", summary, Severity.WARNING, hint=hint))
            seen.add(key)


def _key(diagnostic: Diagnostic) -> tuple[str, int, str]:
    place = diagnostic.location or Location("", 0)
    return place.file, place.line, diagnostic.code


def _unknown(code: str, suppressible: frozenset[str]) -> Diagnostic:
    known = sorted(suppressible)
    summary = f"{shown(code)} is not the code of a warning that can be ignored"
    detail = "Errors cannot be ignored, nor can warnings that are not about one line."
    hint = did_you_mean(code, known) or f"these can be: {listed(known, most=len(known))}"
    return Diagnostic("unknown-ignore", summary, Severity.WARNING, detail=detail, hint=hint)


def _about(ignore: Ignore, diagnostic: Diagnostic) -> Diagnostic:
    return diagnostic.at(*ignore.source.locate(ignore.comment_line, ignore.column, len(ignore.text)))


def _in_file(source: Source) -> Iterator[Ignore]:
    if "ringform:" not in source.text or not re.search(r"#[ \t]*ringform:[ \t]*ignor", source.text):
        return
    texts = _Texts(source)
    below = 0  # of comments one below the other, all are about the same line
    for number, line in enumerate(source.lines, 1):
        if "ringform:" not in line:
            continue
        content = line.lstrip(" \t")
        is_comment = content.startswith("#")
        begin = len(line) - len(content)
        for comment in _COMMENT.finditer(line):
            if texts.holds(number, comment.start()) or (is_comment and comment.start() > begin):
                continue  # part of a text, or of what was commented out
            if is_comment and below <= number:
                below = _next_line(source, number)
            yield from _codes(source, number, comment, below if is_comment else number)


def _codes(source: Source, number: int, comment: re.Match[str], target: int) -> Iterator[Ignore]:
    well_formed = _WELL_FORMED.match(comment[0])
    if well_formed is None:
        yield Ignore(source, number, comment.start() + 1, target, "", comment[0].rstrip())
        return
    for code in re.finditer(r"[\w-]+", well_formed["codes"]):
        column = comment.start() + well_formed.start("codes") + code.start() + 1
        yield Ignore(source, number, column, target, code[0], code[0])


def _next_line(source: Source, number: int) -> int:
    """Return the number of the first line below that is neither empty nor a comment."""
    lines = source.lines
    while number < len(lines) and lines[number].lstrip(" \t")[:1] in ("", "#"):
        number += 1
    return number + 1


class _Texts:
    """Where the quoted texts and block scalars of a file are: a ``#`` within one begins no comment."""

    def __init__(self, source: Source) -> None:
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []
        for event in yaml.parse(source.text, Loader=LOADER):
            if isinstance(event, yaml.ScalarEvent) and event.style and event.start_mark and event.end_mark:
                # The line of a block scalar's sign | or > is not part of its text.
                is_block = event.style in "|>"
                start = (
                    (event.start_mark.line + 2, 0) if is_block else (event.start_mark.line + 1, event.start_mark.column)
                )
                self._starts.append(start)
                self._ends.append((event.end_mark.line + 1, event.end_mark.column))

    def holds(self, line: int, column: int) -> bool:
        """Whether the character is part of one. Lines count from 1, columns from 0."""
        index = bisect_right(self._starts, (line, column)) - 1
        return index >= 0 and (line, column) < self._ends[index]
