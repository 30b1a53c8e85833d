"""The address book as CSV: a column for the phone number and one for each field, a row for each contact.

A cell that is empty leaves its field as it is in the account, as a field that a manifest does not name does. Texts are
plain: ``{{`` in a cell is no template. Spaces around a cell without quotes do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ringform.manifest.csv_table import Cell, CsvSource, Table, guarded, row, unguarded
from ringform.manifest.template import escape
from ringform.manifest.tree import Map, Mark
from ringform.model.diagnostic import MOST_LISTED, Diagnostic
from ringform.model.messages import did_you_mean, listed, shown

SECTION = "contacts"
"""The section of a manifest that the rows belong to."""

KEY = "phone"
FIELDS = ("name", "email", "company_name", "note")
COLUMNS = (KEY, *FIELDS)


def parse(source: CsvSource, provider: str | None) -> tuple[Map, list[Diagnostic]]:
    """Return a file as a manifest of that provider that has contacts only, and what is wrong with it.

    Its texts are written so that they render to what the cells hold.

    Raises:
        RingformError: ``bad-csv``: it is no table.
    """
    table = Table.of(source)
    start = Mark(source, 1, 1)
    contacts = Map(start)
    tree = Map(start)
    for name, node in (("version", "1"), ("provider", provider), (SECTION, contacts)):
        if node is not None:
            tree[name] = node
            tree.marks[name] = (start, start)
    names, diagnostics = header(table)
    if KEY in names:
        diagnostics += _fill(contacts, table, names)
    return tree, diagnostics


def header(table: Table) -> tuple[list[str], list[Diagnostic]]:
    """Return the name of each column, and what is wrong with them."""
    source = table.source
    if not table.rows:
        return [], [_no_phone_column("the file is empty").at(*source.locate(1, 1))]
    cells = table.rows[0].cells
    names = [cell.text for cell in cells]
    wrong = [_wrong_column(source, cell, names[:place]) for place, cell in enumerate(cells)]
    diagnostics = [each for each in wrong if each]
    if KEY not in names:
        diagnostics.append(_no_phone_column(f"none is called {KEY}").at(*source.locate(table.rows[0].line, 1)))
    return names, diagnostics


def _no_phone_column(reason: str) -> Diagnostic:
    hint = f"begin the file with a row of names: {','.join(COLUMNS)}"
    return Diagnostic("missing-field", f"there is no column for the phone numbers: {reason}", hint=hint)


def _wrong_column(source: CsvSource, cell: Cell, earlier: list[str]) -> Diagnostic | None:
    place = source.locate(cell.line, cell.column, cell.end - cell.start)
    if cell.text in earlier:
        summary = f"two columns are called {shown(cell.text)}"
        return Diagnostic("defined-twice", summary, hint="keep one of the two").at(*place)
    if cell.text in COLUMNS:
        return None
    hint = did_you_mean(cell.text, COLUMNS) or f"the columns are {listed(COLUMNS)}; leave out what is none of them"
    return Diagnostic("unknown-field", f"{shown(cell.text)} is not a column of contacts", hint=hint).at(*place)


def _fill(contacts: Map, table: Table, names: list[str]) -> Iterator[Diagnostic]:
    source = table.source
    phones = names.index(KEY)
    errors = 0
    for each in table.rows[1:]:
        if errors > MOST_LISTED:
            return  # no more would be listed
        key = each.cells[phones] if phones < len(each.cells) else None
        wrong = None
        if len(each.cells) > len(names) and any(cell.text for cell in each.cells[len(names) :]):
            wrong = _too_many_cells(source, each.cells[len(names)], len(names), table.delimiter)
        elif key is None or not key.text:
            wrong = Diagnostic("missing-field", "this row has no phone number", hint="give it one, or delete the row")
            wrong = wrong.at(*source.locate(each.line, 1))
        elif key.text in contacts:
            first = contacts.marks[key.text][0]
            detail = f"The first one is in line {first.line}."
            wrong = Diagnostic("defined-twice", f"{key.text} is given twice", detail=detail, hint="keep one of the two")
            wrong = wrong.at(*source.locate(key.line, key.column, key.end - key.start))
        if wrong is not None:
            errors += 1
            yield wrong
        elif key is not None:
            mark = Mark(source, key.line, key.column)
            contact = contacts[key.text] = Map(mark)
            contacts.marks[key.text] = (mark, mark)
            for name, cell in zip(names, each.cells, strict=False):
                if cell.text and name in FIELDS:
                    contact[name] = escape(unguarded(cell.text))
                    mark = Mark(source, cell.line, cell.column)
                    contact.marks[name] = (mark, mark)


def _too_many_cells(source: CsvSource, cell: Cell, columns: int, delimiter: str) -> Diagnostic:
    summary = f"this row has more cells than the {columns} columns of the first row"
    shown_delimiter = "tab" if delimiter == "\t" else delimiter
    hint = f"put a text that holds a {shown_delimiter} in quotes"
    place = source.locate(cell.line, cell.column, cell.end - cell.start)
    return Diagnostic("bad-csv", summary, hint=hint).at(*place)


def write(contacts: Mapping[str, Mapping[str, object]]) -> str:
    """Return contacts, by phone number, as a CSV file with every column. What is empty or None gets an empty cell."""
    lines = [row(COLUMNS)]
    for phone, fields in contacts.items():
        texts = ["" if fields.get(name) is None else str(fields[name]) for name in FIELDS]
        lines.append(row([phone, *map(guarded, texts)]))
    return "".join(f"{line}\n" for line in lines)
