"""From text to a located tree, and what is said of text that is not right."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ringform.manifest import composer
from ringform.manifest.composer import parse
from ringform.manifest.source import Source
from ringform.manifest.tree import Map, Node, Seq
from ringform.model.diagnostic import Diagnostic, Excerpt, Location, RingformError


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def loader(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test runs with both parsers: a machine without libyaml must behave the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(composer, "LOADER", yaml.CLoader if request.param == "libyaml" else yaml.Loader)
        yield


def findings(text: str) -> list[Diagnostic]:
    try:
        return parse(Source("f", text))[1]
    except RingformError as error:
        return list(error.diagnostics)


def brief(text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and the underlined text of each finding."""
    result = []
    for finding in findings(text):
        assert finding.location is not None
        quoted = finding.excerpt or Excerpt("", 0, 0)
        underlined = quoted.text[quoted.start : quoted.start + quoted.length]
        result.append((finding.code, finding.location.line, finding.location.column, underlined))
    return result


def tree(text: str) -> Map:
    node, problems = parse(Source("f", text))
    assert problems == []
    return node


# What is read


def test_every_scalar_stays_the_text_that_is_written() -> None:
    assert tree(
        """\
        +14155551234: x
        1: 0x1F
        no: no
        digit: 1
        date: 2026-12-24
        time: 10:30
        float: 1e3
        yes: true
        quoted: "10:30"
        single: 'it''s'
        empty: ''
        octal: 010
        =: =
        tagged: !!str 5
        """
    ) == {
        "+14155551234": "x",
        "1": "0x1F",
        "no": "no",
        "digit": "1",
        "date": "2026-12-24",
        "time": "10:30",
        "float": "1e3",
        "yes": "true",
        "quoted": "10:30",
        "single": "it's",
        "empty": "",
        "octal": "010",
        "=": "=",
        "tagged": "5",
    }


def test_only_an_unquoted_null_a_tilde_or_nothing_is_none() -> None:
    text = "a: null\nb: ~\nc:\nd: 'null'\ne: \"~\"\nf: Null\ng: !!str null\nh: [null, 'null']\n"
    expected = {"a": None, "b": None, "c": None, "d": "null", "e": "~", "f": "Null", "g": "null"}
    assert tree(text) == {**expected, "h": [None, "null"]}


def test_block_scalars_are_as_yaml_says() -> None:
    assert tree("a: |\n  one\n  two\nb: >-\n  one\n  two\nc: |+\n  x\n\n") == {
        "a": "one\ntwo\n",
        "b": "one two",
        "c": "x\n\n",
    }


def test_a_document_marker_a_directive_for_1_2_and_an_end_are_fine() -> None:
    assert tree("# c\n%YAML 1.2 # x\n---\na: 1\n...\n# end\n") == {"a": "1"}


def test_an_alias_puts_the_same_object_at_each_place() -> None:
    node = tree("a: &x {b: [1]}\nc: *x\nd: [*x]\n")
    assert node == {"a": {"b": ["1"]}, "c": {"b": ["1"]}, "d": [{"b": ["1"]}]}
    assert node["a"] is node["c"]


def test_an_alias_can_be_a_key() -> None:
    assert tree("a: &x name\n*x : 1\n") == {"a": "name", "name": "1"}


def test_a_later_anchor_of_the_same_name_wins() -> None:
    assert tree("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": "1", "b": "1", "c": "2", "d": "2"}
    assert tree("a: &x {b: &x 1}\nc: *x\n") == {"a": {"b": "1"}, "c": "1"}


def test_merged_keys_yield_to_own_keys_and_to_earlier_mappings() -> None:
    node = tree(
        """\
a: &a {x: 1, y: 1}
b: &b {y: 2, z: 2}
c: {<<: *a, y: own}
d: {y: own, <<: [*b, *a, {w: 3}]}
e: &e {<<: *b}
f: {<<: *e}
g: {"<<": text}
"""
    )
    assert node["c"] == {"x": "1", "y": "own"}
    assert node["d"] == {"y": "own", "z": "2", "x": "1", "w": "3"}
    assert node["f"] == {"y": "2", "z": "2"}
    assert node["g"] == {"<<": "text"}


# What is found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: {c: 1, c: 2}\na: 2\n'a': 3\n", [("duplicate-key", 2, 11, "c"), ("duplicate-key", 3, 1, "a"),
                                                     ("duplicate-key", 4, 1, "'a'")]),
        ("a: &a {x: 1}\nb: {<<: *a, <<: *a}\n", [("duplicate-key", 2, 13, "<<")]),
        ("a: *nowhere\nb: *nowhere\n", [("unknown-anchor", 1, 4, "*nowhere"), ("unknown-anchor", 2, 4, "*nowhere")]),
        ("a: &x [1, *x]\n", [("alias-cycle", 1, 11, "*x")]),
        ("a: &x {<<: *x}\n", [("alias-cycle", 1, 12, "*x")]),
        ("a: {<<: 1}\nb: {<<: [{}, 2]}\n", [("bad-merge", 1, 9, "1"), ("bad-merge", 2, 9, "[")]),
        ("? [a]\n: b\n? {a: b}\n: c\n", [("complex-key", 1, 3, "["), ("complex-key", 3, 3, "{")]),
        ("a: &x [1]\n*x : b\n", [("complex-key", 2, 1, "*x")]),
        ("null: a\n~: b\n'null': c\n", [("null-key", 1, 1, "null"), ("null-key", 2, 1, "~")]),
        (": a\n", [("null-key", 1, 1, ":")]),
        ("a: !include b.yaml\nc: !!binary eA==\nd: !!python/object:os.system {}\ne: !secret [x]\n",
         [("yaml-tag", 1, 4, "!include"), ("yaml-tag", 2, 4, "!!binary"),
          ("yaml-tag", 3, 4, "!!python/object:os.system"), ("yaml-tag", 4, 4, "!secret")]),
        ("a: !x!y z\n", [("yaml-tag", 1, 4, "!x!y")]),
        ("a: !!str {}\n", [("yaml-tag", 1, 4, "!!str")]),
        ("%YAML 1.1\n---\na: 1\n", [("yaml-version", 1, 1, "%YAML 1.1")]),
        ("# c\n\n%TAG ! tag:x,2000:\n---\na: 1\n", [("yaml-version", 3, 1, "%TAG ! tag:x,2000:")]),
        ("%FOO\n---\na: 1\n", [("yaml-version", 1, 1, "%FOO")]),
        ("%YAML 1.2\n%YAML 1.2\n---\na: 1\n", [("yaml-version", 2, 1, "%YAML 1.2")]),
        ("a: 1\n---\nb: 2\n---\nc: 3\n", [("several-documents", 2, 1, "---")]),
        ("a: 1\n---\n", [("several-documents", 2, 1, "---")]),
        ("- a\n- b\n", [("not-a-mapping", 1, 1, "- a")]),
        ("just text\n", [("not-a-mapping", 1, 1, "just text")]),
        ("~\n", [("not-a-mapping", 1, 1, "~")]),
        ("# nothing\n", [("empty-file", 1, 1, "")]),
        ("---\n", [("empty-file", 1, 1, "")]),
        ("", [("empty-file", 1, 1, "")]),
        ("a: \0\n", [("control-character", 1, 4, "\0")]),
        ("a: \ud800\n", [("control-character", 1, 4, "\ud800")]),
    ],
)  # fmt: skip
def test_what_is_not_accepted_is_found_at_its_place(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "place", "summary"),
    [
        ("a:\n\tb: 1\n", "tab-indentation", (2, 1), "a tab is used for indentation"),
        ("a:\n  b: 1\n \tc: 2\n", "tab-indentation", (3, 2), "a tab is used for indentation"),
        ("a: |\n\tx\n", "tab-indentation", (2, 1), "a tab is used for indentation"),
        ("a: 1\n\t\nb: 2\n", "tab-indentation", (2, 1), "this line looks empty, and holds a tab"),
        ("a: 1\n...\nb: 2\n", "yaml-syntax", (2, 1), "three dots on a line of their own end a YAML file"),
        ("...\n", "yaml-syntax", (1, 1), "three dots on a line of their own end a YAML file"),
        ("a: &an:chor x\n", "yaml-syntax", (1, 4),
         "the name after & can have letters, digits, - and _ only, and not :"),
        ("a: &an:chor\n  b: x\n", "yaml-syntax", (1, 4),
         "the name after & can have letters, digits, - and _ only, and not :"),
        ('a: "hi \\ud83d\\udc4b there"\n', "yaml-syntax", (1, 8),
         "a character is written here as two escapes, as JSON does: YAML wants it as one, \U0001f44b"),
        ("a: {{ x }}\n", "unquoted-template", (1, 4), None),
        ("a: {{ x }} y\n", "unquoted-template", (1, 4), None),
        ("a:\n  - {{ x | upper }} y\n", "unquoted-template", (2, 5), None),
        ("a: {{ 'x' | upper }}\n", "unquoted-template", (1, 4), None),
        ("a: {b: {{ x }} y}\n", "unquoted-template", (1, 8), None),
        ("a: b: c\n", "yaml-syntax", (1, 5), "a text without quotes has a colon followed by a space in it"),
        ("a: 1\nb\nc: 2\n", "yaml-syntax", (2, 1), "there is no colon after this name"),
        ("b\nc: 2\n", "yaml-syntax", (1, 1), "there is no colon after this name"),
        ("a: 1\nb:2\nc: 3\n", "yaml-syntax", (2, 2), "there is no space after the colon"),
        ("a:1\n\n# c\nb: 3\n", "yaml-syntax", (1, 2), "there is no space after the colon"),
        ("a: \"x\nb: 1\n", "yaml-syntax", (1, 4), "the quote that opens here is never closed"),
        ("a: 'it's'\n", "yaml-syntax", (1, 8), "there is more text after the closing quote"),
        ("a: \"c:\\dir\"\n", "yaml-syntax", None,
         "a backslash between double quotes begins a special character, and this one is not known"),
        ("a: [1, 2\nb: 3\n", "yaml-syntax", (1, 4),
         "the bracket [ that opens here is not closed, or a comma is missing within it"),
        ("a: {b: 1\nc: 2\n", "yaml-syntax", (1, 4),
         "the bracket { that opens here is not closed, or a comma is missing within it"),
        ("a: [1]]\n", "yaml-syntax", (1, 7), "the bracket ] closes nothing"),
        ("a: @x\n", "yaml-syntax", (1, 4), "a text that starts with @ needs quotes"),
        ("a: * 3\n", "yaml-syntax", (1, 4), "a text that starts with * needs quotes"),
        ("a: |x\n", "yaml-syntax", (1, 4), "a text that starts with | needs quotes"),
        ("a: - b\n", "yaml-syntax", (1, 4), "a list cannot begin here"),
        ("a:\n  b: 1\n c: 2\n", "yaml-syntax", (3, 2), "this line's indentation does not fit the lines above"),
        ("  a: 1\nb: 2\n", "yaml-syntax", (2, 1), "this line's indentation does not fit the lines above"),
        ("a: 1\n  b: 2\n", "yaml-syntax", (2, 3),
         "this line is indented as if it belonged to the line above, which already has a value"),
    ],
)  # fmt: skip
def test_a_syntax_error_is_explained_in_plain_words(
    text: str, code: str, place: tuple[int, int] | None, summary: str | None
) -> None:
    (finding,) = findings(text)
    assert finding.code == code
    assert finding.hint
    assert finding.location
    if summary:
        assert finding.summary == summary
    if place:
        assert (finding.location.line, finding.location.column) == place


def test_a_duplicate_key_is_a_whole_diagnostic() -> None:
    assert findings("a: 1\nb: 2\na: 3\n") == [
        Diagnostic(
            code="duplicate-key",
            summary="'a' appears twice in one mapping",
            detail="The first one is in line 1, column 1.",
            hint="delete one of them, or put what they say together under one",
            location=Location("f", 3, 1),
            excerpt=Excerpt("a: 3", 0, 1),
        )
    ]


def test_hints_name_the_way_out() -> None:
    (include,) = findings("a: !include b.yaml\n")
    assert include.hint == "files are not included: give ringform several files, or their folder"
    (anchor,) = findings("a: &office 1\nb: *ofice\n")
    assert anchor.hint == "did you mean 'office'?"


def test_a_tree_with_findings_holds_the_first_of_duplicates_and_lacks_what_was_refused() -> None:
    node, problems = parse(Source("f", "a: 1\na: 2\nb: *x\nc: !t 1\nd: [*x, 2]\n? [k]\n: v\ne: 5\n"))
    assert node == {"a": "1", "d": [None, "2"], "e": "5"}
    assert len(problems) == 5


def test_what_was_found_before_a_syntax_error_is_kept() -> None:
    assert [code for code, *_ in brief("a: 1\na: 2\nb: c: d\n")] == ["duplicate-key", "yaml-syntax"]


def test_reading_stops_after_a_hundred_findings() -> None:
    assert len(findings("a: 1\n" * 500)) == 100


def test_the_depth_may_be_64_and_not_more() -> None:
    assert tree("a: " + "[" * 63 + "]" * 63)
    assert brief("a: " + "[" * 64 + "]" * 64) == [("too-deep", 1, 67, "[")]


def test_the_depth_counts_through_aliases() -> None:
    half = "[" * 40 + "]" * 40
    assert brief(f"a: &a {half}\nb: {'[' * 30}*a{']' * 30}\n") == [("too-deep", 2, 34, "*a")]
    assert tree(f"a: &a {half}\nb: {'[' * 23}*a{']' * 23}\n")


def test_a_chain_of_merges_is_not_deep() -> None:
    chain = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}}}\n" for n in range(1, 50))
    listed = "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}]}}\n" for n in range(50, 100))
    assert tree(chain + listed)["a99"] == {"x": "1"}


def test_aliases_may_add_a_hundred_thousand_nodes_and_not_more() -> None:
    block = "a: &a [" + "x, " * 999 + "x]\n"  # 1,001 nodes; an alias to it adds 1,000
    assert tree(block + "b: [" + "*a, " * 100 + "]\n")
    assert [code for code, *_ in brief(block + "b: [" + "*a, " * 101 + "]\n")] == ["too-many-aliases"]


def test_the_collector_of_python_runs_again_afterwards() -> None:
    findings("a: [")
    assert gc.isenabled()
    gc.disable()
    try:
        findings("a: 1")
        assert not gc.isenabled()
    finally:
        gc.enable()


# Whatever is written

SCALARS = st.none() | st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\t '\"#:-{}[]&*!|>%@`~,"))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
ROOTS = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=150), TREES, min_size=1, max_size=5)


def marks_of(node: Node) -> list[tuple[int, int]]:
    """Every mark of a tree, in the order of the text."""
    if isinstance(node, Map):
        assert node.keys() == node.marks.keys()
        pairs = [[*((key.line, key.column), (value.line, value.column)), *marks_of(node[name])]
                 for name, (key, value) in node.marks.items()]  # fmt: skip
        return [mark for pair in pairs for mark in pair]
    if isinstance(node, Seq):
        pairs = [[(mark.line, mark.column), *marks_of(node[at])] for at, mark in enumerate(node.marks)]
        return [mark for pair in pairs for mark in pair]
    return []


def composed_marks(node: yaml.Node) -> list[tuple[int, int]]:
    """The same from PyYAML's own composer."""

    def place(child: yaml.Node) -> tuple[int, int]:
        mark: Any = child.start_mark
        return mark.line + 1, mark.column + 1

    if isinstance(node, yaml.MappingNode):
        return [mark for key, value in node.value for mark in (place(key), place(value), *composed_marks(value))]
    if isinstance(node, yaml.SequenceNode):
        return [mark for child in node.value for mark in (place(child), *composed_marks(child))]
    return []


@given(ROOTS, st.sampled_from([None, True, False]), st.sampled_from([None, "'", '"', "|", ">"]), st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_tree_of_texts_comes_back_with_its_places(
    root: dict[str, Any], flow: bool | None, style: str | None, unicode: bool
) -> None:
    text = yaml.dump(root, default_flow_style=flow, default_style=style, allow_unicode=unicode, sort_keys=False)
    # With unicode PyYAML writes line breaks of other alphabets into unquoted texts, and with a style it tags each null.
    assume(not (unicode and any(sign in text for sign in "\x85\u2028\u2029\ufeff")))
    assume("!!null" not in text)
    node, problems = parse(Source("f", text))
    assert {each.code for each in problems} <= {"bidirectional-control"}  # a warning
    assert node == root
    composed = yaml.compose(text, Loader=yaml.CLoader)
    assert composed is not None
    assert marks_of(node) == composed_marks(composed)


@given(st.text() | st.text(st.sampled_from("ab01 \n\t'\"#:-?{}[]&*!|>%@`~,.<\\\0\ud800\x85\ufeff"), max_size=60))
@example("a: &a [*a, &a *a]")
@example("? ? ? ?")
@example("%YAML 1.2\n%YAML")
@example("a: !<\n")
@example('"\\ud800": "\\U00110000"')
@settings(max_examples=400, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_tree_or_has_findings_within_the_file(text: str) -> None:
    source = Source("f", text)
    try:
        _, problems = parse(source)
    except RingformError as error:
        problems = list(error.diagnostics)
    for problem in problems:
        assert problem.location is not None
        assert 1 <= problem.location.line <= len(source.lines)
        assert 1 <= problem.location.column <= len(source.line(problem.location.line)) + 1
