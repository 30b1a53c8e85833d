"""The address book as CSV: what is written reads as the same texts, and every mistake has a place."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringform.manifest.contacts_csv import COLUMNS, FIELDS, parse, write
from ringform.manifest.csv_table import CsvSource
from ringform.manifest.template import render_tree
from ringform.model.diagnostic import Diagnostic, RingformError

Contacts = dict[str, dict[str, str]]


def read(text: str) -> tuple[object, list[str]]:
    tree, diagnostics = parse(CsvSource("contacts.csv", text), "phone.inc")
    rendered, problems = render_tree(tree, {})
    assert problems == []
    assert isinstance(rendered, dict)
    return rendered["contacts"], [line(each) for each in diagnostics]


def line(diagnostic: Diagnostic) -> str:
    assert diagnostic.excerpt is not None
    place, excerpt = diagnostic.location, diagnostic.excerpt
    return f"{place} {diagnostic.code} [{excerpt.text[excerpt.start :][: excerpt.length]}]"


# NUL is in no CSV file, and a lone surrogate in no file at all.
anything = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
awkward = st.text(st.sampled_from("=+-@\t\r\n'\" ,;{%#}a"), min_size=1)
books = st.dictionaries(
    st.integers(10_000_000, 99_999_999).map("+45{}".format),
    st.dictionaries(st.sampled_from(FIELDS), anything | awkward),
)


@given(books)
def test_what_is_written_reads_as_the_same_texts(book: Contacts) -> None:
    assert read(write(book)) == (book, [])


@given(books)
def test_another_reader_of_csv_sees_the_same_cells_and_no_formula(book: Contacts) -> None:
    rows = list(csv.DictReader(io.StringIO(write(book), newline="")))
    assert [row["phone"] for row in rows] == list(book)
    for row in rows:
        for name in FIELDS:
            text = book[row["phone"]].get(name, "")
            assert row[name].removeprefix("'" if row[name] != text else "") == text
            assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_read(delimiter: str, end: str) -> None:
    rows = [
        ["phone", "note"],
        ["+4520123456", '"a ""b""' + end + delimiter + '"'],
        [],
        ["+4520123457", " c "],
        ["", ""],
    ]
    text = end.join(delimiter.join(row) for row in rows)
    assert read(text) == ({"+4520123456": {"note": f'a "b"{end}{delimiter}'}, "+4520123457": {"note": "c"}}, [])


def test_an_empty_cell_leaves_its_field_as_it_is() -> None:
    contacts = {"+4520123456": {"name": "Bea"}, "+4520123457": {}}
    assert read('phone,name,email\n+4520123456,Bea,\n+4520123457,""\n') == (contacts, [])


def test_one_quote_before_a_formula_is_taken_off() -> None:
    contacts = {"+4520123456": {"name": "=1+1", "note": "'-x"}, "+4520123457": {"name": "'s Hertogenbosch"}}
    text = "phone,name,note\n+4520123456,'=1+1,''-x\n+4520123457,'s Hertogenbosch,\n"
    assert read(text) == (contacts, [])


def test_what_a_person_opens_in_a_spreadsheet() -> None:
    book: dict[str, dict[str, object]] = {
        "+4520123456": {"name": "Niklas, Jr.", "email": None, "note": '=HYPERLINK("x")'},
        "+4520123457": {"company_name": "Acme"},
    }
    assert write(book) == (
        "phone,name,email,company_name,note\n"
        '+4520123456,"Niklas, Jr.",,,"\'=HYPERLINK(""x"")"\n'
        "+4520123457,,,Acme,\n"
    )  # fmt: skip
    assert write({}) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phone,nmae\n", ["contacts.csv:1:7 unknown-field [nmae]"]),
        ("phone,name,name\n", ["contacts.csv:1:12 defined-twice [name]"]),
        ("name,note\nBea,\n", ["contacts.csv:1:1 missing-field [n]"]),
        ("", ["contacts.csv:1:1 missing-field []"]),
        ("phone,name\n,Bea\n", ["contacts.csv:2:1 missing-field [,]"]),
        ('name,phone\n"B\nC"\n', ["contacts.csv:2:1 missing-field [\"]"]),
        ("phone,name\n+4520123456,a,b\n+4520123457,a,,\n", ["contacts.csv:2:15 bad-csv [b]"]),
        ('phone,name\n+4520123456,"a\nb"\n\n+4520123456,\n', ["contacts.csv:5:1 defined-twice [+4520123456]"]),
    ],
)  # fmt: skip
def test_a_mistake_has_its_place(text: str, expected: list[str]) -> None:
    assert read(text)[1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('phone,name\n+4520123456,"Bea\n+4520123457,Cil\n', 'contacts.csv:2:13 bad-csv ["]'),
        ('phone,name\n+4520123456,"Bea" Jensen\n', 'contacts.csv:2:13 bad-csv ["]'),
        ("phone,name\n+4520123456,B\0\n", "contacts.csv:2:1 bad-csv [+]"),
    ],
)
def test_what_is_no_table_is_refused(text: str, expected: str) -> None:
    with pytest.raises(RingformError) as refusal:
        read(text)
    assert [line(each) for each in refusal.value.diagnostics] == [expected]


def test_no_more_mistakes_are_collected_than_are_listed() -> None:
    _, diagnostics = read("phone,name\n" + ",Bea\n" * 5_000)
    assert len(diagnostics) == 1_001
