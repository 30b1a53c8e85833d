"""Where a path into a tree is pointed at."""

from __future__ import annotations

import pytest

from ringform.manifest.composer import parse
from ringform.manifest.source import Source
from ringform.manifest.tree import Map, Mark, Seq, locate
from ringform.model.diagnostic import Excerpt, Location

TEXT = """\
version: 1
main_numbers:
  "+14155551234":
    name:  'It''s us'  # the front desk
    note: Ring the # bell
    language:
    timezone: null
    config: {type: PhoneMenuConfig, menu_options: [{digit: "1"}, {digit: 2}]}
    ids:
      - alex
      - &bea bea smith
      - *bea
    greeting: |
      Hello
      there
    long: one
      text
"""


def pointed_at(path: list[str | int], *, key: bool = False, text: str = TEXT) -> tuple[int, int, str]:
    tree, _ = parse(Source("f.yaml", text))
    located = locate(tree, path, key=key)
    assert located is not None
    location, excerpt = located
    assert location.file == "f.yaml"
    assert excerpt.text == text.split("\n")[location.line - 1]
    assert excerpt.start == location.column - 1
    return location.line, location.column, excerpt.text[excerpt.start : excerpt.start + excerpt.length]


NUMBER = ["main_numbers", "+14155551234"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([], (1, 1, "version")),
        (["version"], (1, 10, "1")),
        (["main_numbers"], (2, 1, "main_numbers")),
        (NUMBER, (3, 3, '"+14155551234"')),
        ([*NUMBER, "name"], (4, 12, "'It''s us'")),
        ([*NUMBER, "note"], (5, 11, "Ring the")),
        ([*NUMBER, "language"], (6, 5, "language")),
        ([*NUMBER, "timezone"], (7, 15, "null")),
        ([*NUMBER, "config", "type"], (8, 20, "PhoneMenuConfig")),
        ([*NUMBER, "config", "menu_options"], (8, 37, "menu_options")),
        ([*NUMBER, "config", "menu_options", 0], (8, 52, "{")),
        ([*NUMBER, "config", "menu_options", 1, "digit"], (8, 74, "2")),
        ([*NUMBER, "ids", 0], (10, 9, "alex")),
        ([*NUMBER, "ids", 1], (11, 9, "&bea bea smith")),
        ([*NUMBER, "ids", 2], (12, 9, "*bea")),
        ([*NUMBER, "greeting"], (13, 15, "|")),
        ([*NUMBER, "long"], (16, 11, "one")),
    ],
)
def test_a_path_points_at_the_text_or_at_the_key_of_a_block(
    path: list[str | int], expected: tuple[int, int, str]
) -> None:
    assert pointed_at(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["version"], (1, 1, "version")),
        ([*NUMBER, "name"], (4, 5, "name")),
        ([*NUMBER, "config", "type"], (8, 14, "type")),
        ([*NUMBER, "ids", 0], (10, 9, "alex")),
    ],
)
def test_the_key_is_pointed_at_on_request(path: list[str | int], expected: tuple[int, int, str]) -> None:
    assert pointed_at(path, key=True) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([*NUMBER, "config", "PhoneMenuConfig", "menu_options", 1, "digit"], (8, 74, "2")),
        ([*NUMBER, "config", "missing"], (8, 5, "config")),
        ([*NUMBER, "ids", 7], (9, 5, "ids")),
        ([*NUMBER, "ids", -1], (9, 5, "ids")),
        ([*NUMBER, 0, "name", "deeper", 3], (4, 12, "'It''s us'")),
        (["nowhere", 1], (1, 1, "version")),
    ],
)
def test_segments_that_are_not_in_the_tree_are_skipped(path: list[str | int], expected: tuple[int, int, str]) -> None:
    assert pointed_at(path) == expected


def test_what_a_merge_brings_is_pointed_at_where_it_is_written() -> None:
    text = "a: &a {x: one}\nb: {<<: *a, y: two}\n"
    assert pointed_at(["b", "x"], text=text) == (1, 11, "one")
    assert pointed_at(["b", "y"], text=text) == (2, 16, "two")


def test_a_scalar_has_no_place_of_its_own() -> None:
    assert locate("text", ["a"]) is None
    assert locate(None, []) is None


def test_an_unquoted_key_of_unknown_text_is_underlined_up_to_its_colon() -> None:
    tree, _ = parse(Source("f", "some key: x\n"))
    assert tree.mark.locate() == (Location("f", 1, 1), Excerpt("some key: x", 0, 8))


def test_the_columns_of_a_very_long_line_are_right() -> None:
    line = "a: {" + ", ".join(f"k{n}: v{n}" for n in range(2000)) + "}"
    tree, _ = parse(Source("f", line))
    located = locate(tree, ["a", "k1999"])
    assert located is not None
    location, excerpt = located
    assert line[location.column - 1 :] == "v1999}"
    assert excerpt.text[excerpt.start : excerpt.start + excerpt.length] == "v1999"


def test_maps_and_sequences_compare_like_what_they_hold() -> None:
    mark = Mark(Source("f", ""), 1, 1)
    node = Map(mark)
    node["a"] = Seq(mark)
    assert node == {"a": []}
    assert node.marks == {}
