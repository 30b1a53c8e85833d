"""Line breaks that only YAML sees are refused, and what changes the order of a shown line is warned of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ringform.manifest import composer
from ringform.manifest.composer import parse
from ringform.manifest.source import Source
from ringform.manifest.tree import Node
from ringform.manifest.variables import gather
from ringform.model.diagnostic import Diagnostic, RingformError

BREAKS = "\x85\u2028\u2029"
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


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


def brief(text: str) -> list[str]:
    """Severity, code and place of each finding."""
    return [f"{each.severity} {each.code} {each.location}" for each in findings(text)]


OUTSIDE = {
    "a comment": ("a: b\n# see CRM¤unlisted_contacts: delete\n", "2:10"),
    "a comment above everything": ("# see CRM¤a: b\n", "1:10"),
    "a comment behind a value": ("a: b # see CRM¤c: d\n", "1:15"),
    "a comment below everything": ("a: b\n# the end¤", "2:10"),
    "a comment with an apostrophe": ("a: b # don't¤c: 'd'\n", "1:13"),
    "a comment before a directive": ("# x¤%YAML 1.1\n---\na: b\n", "1:4"),
    "a comment before a document": ("a: b\n# x¤---\nc: d\n", "2:4"),
    "the end of a plain text": ("a: b¤c: d\n", "1:5"),
    "a plain text": ("a:\n  b\n  c¤  d\n", "3:4"),
    "a literal block": ("a: |\n  b¤  c\n", "2:4"),
    "a folded block": ("a: >-\r\n  b¤  c\r\n", "2:4"),
    "the header of a block": ("a: |¤  c\n", "1:5"),
    "a key": ("a:\n  b¤  c: d\n", "2:4"),
    "a colon": ("a:¤  b: c\n", "1:3"),
    "brackets": ("a: [b,¤ c]\n", "1:7"),
    "a quoted text's end": ("a: 'b'¤c: \"d\"\n", "1:7"),
    "two quoted texts": ("a: ['b',¤ 'c']\n", "1:9"),
    "an anchor and a quoted text": ("a: &b¤  'c'\n", "1:6"),
    "a tag, a comment and a quoted text": ("a: ! &b # it's¤  'c'\n", "1:15"),
    "what is no YAML because of it": ("a: b¤c\n", "1:5"),
    "a quote that stays open": ("# x¤a: 'b\n", "1:4"),
}


@pytest.mark.parametrize("sign", BREAKS, ids=ascii)
@pytest.mark.parametrize("place", OUTSIDE)
def test_a_line_break_that_nobody_sees_is_refused_outside_quotes(place: str, sign: str) -> None:
    text, where = OUTSIDE[place]
    assert brief(text.replace("¤", sign)) == [f"error hidden-line-break f:{where}"]


def test_the_line_is_the_one_that_people_see_with_what_would_be_read_behind_it() -> None:
    text = "a: 'b\u2028c'\r\nd: e\r# f\u2029g: h\nend: i\n"
    [finding] = findings(text)
    assert str(finding.location) == "f:3:4"
    assert finding.excerpt is not None
    assert finding.excerpt.text == "# f\u2029g: h"
    assert (finding.excerpt.start, finding.excerpt.length) == (3, 1)
    assert "U+2029 (paragraph separator)" in finding.summary


def test_what_was_found_above_it_is_kept() -> None:
    assert brief("a: b\na: c\n# x\u2028d: e\n") == ["error duplicate-key f:2:1", "error hidden-line-break f:3:4"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'b\u2028c'", "b\u2028c"),
        ('"b\u2029c"', "b\u2029c"),
        ('"b\x85c"', "b c"),
        ("'# b\u2028c: d'", "# b\u2028c: d"),
        ("&x !!str # it's\n  'b\u2028\u2028c' # d", "b\u2028\u2028c"),
        ('["b\x85\n\x85c", d]', ["b\n\nc", "d"]),
        (r'"b\Lc\Pd\Ne"', "b\u2028c\u2029d\x85e"),
    ],
)
def test_within_quotes_it_is_part_of_the_text(text: str, value: Node) -> None:
    tree, found = parse(Source("f", f"a: {text}\nz: é\n"))
    assert found == []
    assert tree == {"a": value, "z": "é"}


def test_a_syntax_error_behind_one_in_quotes_is_that_error() -> None:
    assert brief("a: 'b\u2028c' d\n")[0].startswith("error yaml-syntax ")
    assert brief("a: 'b\u2028c\n")[0].startswith("error yaml-syntax ")
    assert brief('a: "b\u2028\\q"\n')[0].startswith("error yaml-syntax ")


def test_a_variable_file_is_held_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "vars.yaml"
    path.write_text("company: Acme # the shop\u2028phone: x\n", encoding="utf-8")
    with pytest.raises(RingformError) as refused:
        gather({}, [path])
    assert [each.code for each in refused.value.diagnostics] == ["hidden-line-break"]
    path.write_text("company: Ac\u202eme\n", encoding="utf-8")
    assert [each.code for each in gather({}, [path])[1]] == ["bidirectional-control"]


def shape(node: Node) -> object:
    """How many values there are and how they stand within each other, whatever their texts."""
    if isinstance(node, dict):
        return ["map", *map(shape, node.values())]
    return ["seq", *map(shape, node)] if isinstance(node, list) else None


@given(st.text(st.sampled_from("ab \n:#-'\"|>[]{},&*!\x85\u2028"), max_size=24), st.sampled_from(BREAKS))
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_that_is_accepted_has_the_structure_that_people_see(text: str, sign: str) -> None:
    text = f"a: b\n{text.replace(chr(0x85), sign)}\n"
    assume(sign in text)
    try:
        tree, found = parse(Source("f", text))
    except RingformError:
        return
    if not found:
        seen, found = parse(Source("f", text.replace("\u2028", "~").replace(sign, "~")))
        assert found == []
        assert shape(tree) == shape(seen)


# Bidirectional controls

ANYWHERE = {
    "a comment": ("a: b\n# see ¤CRM\n", "2:7"),
    "a key": ("a:\n  b¤: c\n", "2:4"),
    "a plain text": ("a: Sales ¤selaS\n", "1:10"),
    "a text in single quotes": ("a: '¤b'\n", "1:5"),
    "a text in double quotes": ('a: "b\n  ¤c"\n', "2:3"),
    "a literal block": ("a: |\n  b\n  ¤c\n", "3:3"),
}


@pytest.mark.parametrize("sign", CONTROLS, ids=ascii)
@pytest.mark.parametrize("place", ANYWHERE)
def test_a_bidirectional_control_is_warned_of_wherever_it_stands(place: str, sign: str) -> None:
    text, where = ANYWHERE[place]
    assert brief(text.replace("¤", sign)) == [f"warning bidirectional-control f:{where}"]


def test_the_text_with_a_bidirectional_control_is_read_as_it_is_written() -> None:
    assert parse(Source("f", "a\u202e: b\u2066\n"))[0] == {"a\u202e": "b\u2066"}


def test_a_line_is_warned_of_once_with_all_that_is_in_it() -> None:
    [finding] = findings("a: b\u202ec\u2066d\u202e\n")
    assert "U+202E (right-to-left override) and U+2066 (left-to-right isolate)" in finding.summary


def test_a_hundred_lines_are_warned_of() -> None:
    assert len(findings("".join(f"a{n}: \u202eb\n" for n in range(1000)))) == 100


@pytest.mark.parametrize("text", [r'a: "\u202eb"', "a: é\u200d👩\u200b", "a: مرحبا", "a: שלום"])
def test_what_is_written_visibly_or_is_another_character_is_not_warned_of(text: str) -> None:
    assert findings(text) == []
