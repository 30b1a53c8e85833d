"""CSV as rows of cells that remember their places, and texts as cells: quotes, and what a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ringform.manifest.source import Source
from ringform.model.diagnostic import Diagnostic, RingformError

DELIMITERS = (",", ";", "\t")

_LINE_BREAK = re.compile("\r\n|[\n\r]")
# A spreadsheet takes a cell that begins with one of these for a formula, or drops what it begins with.
_RISKY = re.compile(r"'*[=+@\t\r-]")


@dataclass(frozen=True)
class CsvSource(Source):
    """The text of a CSV file. Unlike in YAML, only CR, LF or both end a line."""

    @cached_property
    def lines(self) -> list[str]:
        """See ``Source.lines``."""
        return _LINE_BREAK.split(self.text)


class Cell(NamedTuple):
    """What a cell says, and the span of the text that it takes with its quotes. Lines and columns count from 1."""

    text: str
    start: int
    end: int
    line: int
    column: int


class Row(NamedTuple):
    """A row that is not empty, with the span of its text up to its line break.

    ``number`` counts rows as a spreadsheet does, from 1; a cell may hold line breaks, so ``line`` can be larger.
    """

    number: int
    line: int
    start: int
    end: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """The rows of a CSV file, and what stands between its cells."""

    source: CsvSource
    delimiter: str
    rows: list[Row] = field(repr=False)

    @classmethod
    def of(cls, source: CsvSource) -> Table:
        """Read a file whose first row says by its form which delimiter there is.

        Raises:
            RingformError: ``bad-csv``: quotes that do not pair up, or a NUL.
        """
        zero = source.text.find("\0")
        if zero >= 0:
            line = len(_LINE_BREAK.findall(source.text, 0, zero)) + 1
            summary = "the file holds a NUL, so it is not a CSV file, or was cut off"
            raise RingformError(Diagnostic("bad-csv", summary, hint="export it again").at(*source.locate(line, 1)))
        delimiter = max(DELIMITERS, key=lambda each: _cells_in_first_row(source, each))
        return cls(source, delimiter, list(_rows(source, delimiter)))


def _cells_in_first_row(source: CsvSource, delimiter: str) -> int:
    try:
        return len(next(_rows(source, delimiter)).cells)
    except (RingformError, StopIteration):
        return 0


def _rows(source: CsvSource, delimiter: str) -> Iterator[Row]:
    d = re.escape(delimiter)
    quoted, plain = r' *"(?P<quoted>[^"]*(?:""[^"]*)*)" *', rf"(?P<plain>[^{d}\r\n]*)"
    cell = re.compile(rf"(?:{quoted}|{plain})(?P<end>{d}|\r\n|\r|\n|\Z)")
    text = source.text
    number = row_line = line = 1
    line_start = row_start = place = 0
    cells: list[Cell] = []
    while place < len(text) or cells:
        match = cell.match(text, place)
        assert match is not None  # the plain form takes everything up to the next delimiter or line break
        column = place - line_start + 1
        inner, end = match["quoted"], match["end"]
        if inner is None:
            inner = match["plain"].strip(" ")
            if inner.startswith('"'):
                raise RingformError(_unpaired(source, line, column))
            cells.append(Cell(inner, place, match.start("end"), line, column))
        else:
            cells.append(Cell(inner.replace('""', '"'), place, match.start("end"), line, column))
            for each in _LINE_BREAK.finditer(inner):
                line += 1
                line_start = match.start("quoted") + each.end()
        place = match.end()
        if end == delimiter:
            continue
        if any(each.text for each in cells):
            yield Row(number, row_line, row_start, match.start("end"), cells)
        if not end:
            return
        number, line, line_start, row_start, cells = number + 1, line + 1, place, place, []
        row_line = line


def _unpaired(source: CsvSource, line: int, column: int) -> Diagnostic:
    summary = "the quotes that begin this cell do not end it"
    hint = 'a cell in quotes ends at its closing quotes; a quote within it is written twice: ""'
    return Diagnostic("bad-csv", summary, hint=hint).at(*source.locate(line, column))


def row(cells: Sequence[str], delimiter: str = ",") -> str:
    """Return cells as a row, in quotes where they need them, without its line break."""
    return delimiter.join(quoted(each, delimiter) for each in cells)


def quoted(text: str, delimiter: str = ",") -> str:
    """Return a text as it stands in a cell: in quotes if it would be read as something else without them."""
    is_plain = text == text.strip(" ") and not {delimiter, '"', "\r", "\n"} & set(text)
    return text if is_plain else '"' + text.replace('"', '""') + '"'


def guarded(text: str) -> str:
    """Return a text with ``'`` before it if a spreadsheet would run it as a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Return a text without the ``'`` that ``guarded`` has put before it."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text
