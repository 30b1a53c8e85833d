"""Where variables come from, and which of them wins."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from ringform.manifest.composer import parse
from ringform.manifest.source import Source
from ringform.manifest.tree import Map
from ringform.manifest.variables import from_assignments, from_tree, gather
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError


def tree(text: str) -> Map:
    return parse(Source("f.yaml", textwrap.dedent(text)))[0]


def places(diagnostics: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(diagnostic.code, str(diagnostic.location)) for diagnostic in diagnostics]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_line_wins_over_files_and_those_over_the_manifest() -> None:
    Path("1.yaml").write_text("b: file 1\nc: file 1\nd: file 1\n")
    Path("2.yaml").write_text("c: file 2\nd: file 2\n")
    declared = {"a": "manifest", "b": "manifest", "c": "manifest", "d": "manifest"}
    assert gather(declared, [Path("1.yaml"), Path("2.yaml")], ["d=flag", "new=flag"]) == (
        {"a": "manifest", "b": "file 1", "c": "file 2", "d": "flag", "new": "flag"},
        [],
    )
    assert declared["b"] == "manifest"


def test_the_environment_is_never_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("company", "x")
    monkeypatch.setenv("RINGFORM_VAR_company", "x")
    assert gather({}) == ({}, [])


def test_the_variables_of_a_manifest_are_texts_as_written() -> None:
    node = tree("vars: {company: Acme, number: +4520123456, open: 09:00, on: yes, empty: ''}\nversion: 1\n")
    assert from_tree(node, ["vars"]) == (
        {"company": "Acme", "number": "+4520123456", "open": "09:00", "on": "yes", "empty": ""},
        [],
    )


@pytest.mark.parametrize("text", ["version: 1", "vars:", "vars: null", "vars: {}"])
def test_no_variables_are_no_error(text: str) -> None:
    assert from_tree(tree(text), ["vars"]) == ({}, [])


def test_what_is_wrong_with_variables_is_found_at_its_place() -> None:
    values, diagnostics = from_tree(
        tree(
            """\
            vars:
              good: x
              bad-name: x
              1st: x
              none: x
              empty:
              list: [a]
              template: "{{ good }}"
              block: "{% if %}"
            """
        ),
        ["vars"],
    )
    assert values == {"good": "x"}
    assert places(diagnostics) == [
        ("bad-variable", "f.yaml:3:3"),
        ("bad-variable", "f.yaml:4:3"),
        ("bad-variable", "f.yaml:5:3"),
        ("bad-variable", "f.yaml:6:3"),
        ("bad-variable", "f.yaml:7:3"),
        ("template-in-variable", "f.yaml:8:13"),
        ("template-in-variable", "f.yaml:9:10"),
    ]


@pytest.mark.parametrize("text", ["vars: text", "vars: [a]"])
def test_variables_have_to_be_a_mapping(text: str) -> None:
    values, diagnostics = from_tree(tree(text), ["vars"])
    assert values == {}
    assert [diagnostic.code for diagnostic in diagnostics] == ["bad-variable"]
    assert diagnostics[0].location


def test_problems_in_a_variable_file_are_located_in_it() -> None:
    Path("v.yaml").write_text("a: 1\na: 2\nb: {c: d}\n")
    values, diagnostics = gather({}, [Path("v.yaml")])
    assert values == {"a": "1"}
    assert places(diagnostics) == [("duplicate-key", "v.yaml:2:1"), ("bad-variable", "v.yaml:3:1")]


@pytest.mark.parametrize(("content", "code"), [("- a\n", "not-a-mapping"), ("a: [", "yaml-syntax"), ("", "empty-file")])
def test_a_variable_file_that_cannot_be_read_stops(content: str, code: str) -> None:
    Path("v.yaml").write_text(content)
    with pytest.raises(RingformError) as caught:
        gather({}, [Path("v.yaml")])
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == [code]


def test_everything_after_the_first_equals_sign_is_the_value() -> None:
    assert from_assignments(["a=b=c", "d=", "e= spaced out "]) == ({"a": "b=c", "d": "", "e": " spaced out "}, [])


def test_the_later_of_two_assignments_wins() -> None:
    assert from_assignments(["a=1", "a=2"]) == ({"a": "2"}, [])


@pytest.mark.parametrize("assignment", ["a", "", "=x", "a-b=x", "1a=x", "å=x", " a=x", "a\n=x", "true=x"])
def test_a_bad_assignment_is_refused_without_a_place(assignment: str) -> None:
    values, (diagnostic,) = from_assignments([assignment, "good=x"])
    assert values == {"good": "x"}
    assert (diagnostic.code, diagnostic.location) == ("bad-variable", None)
    assert diagnostic.hint


def test_a_template_in_an_assignment_is_refused() -> None:
    assert from_assignments(["a={{ b }}"]) == (
        {},
        [
            Diagnostic(
                code="template-in-variable",
                summary="the value of the variable 'a' has a template in it, and variables are plain text",
                hint="write the value out, or put the template where the variable is used",
            )
        ],
    )


def test_a_very_long_name_is_cut_in_messages() -> None:
    _, (diagnostic,) = from_assignments(["x" * 100_000])
    assert len(diagnostic.summary) < 200


def test_a_value_that_is_a_template_is_quoted_where_it_stands() -> None:
    _, (diagnostic,) = from_tree(tree("a: x {{ b }}\n"))
    assert (diagnostic.location, diagnostic.excerpt) == (Location("f.yaml", 1, 4), Excerpt("a: x {{ b }}", 3, 9))
