"""SVG and HTML: well-formed, closed to the outside, and nothing but text where there is a text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from xml.etree import ElementTree as ET

import pytest

from reports.graph.hostile import AS_OF, NASTY, pictures, worst
from ringform.callflow.graph import FlowNode, Graph, graph, mark_changes
from ringform.callflow.pictures import Picture
from ringform.callflow.types import CallFlow, Menu, Transfer, Unknown
from ringform.reports.graph import html, mermaid, svg
from ringform.reports.graph.captions import one_line
from ringform.reports.graph.layout import WIDTH, Arrow, layout
from ringform.reports.graph.strips import strips
from ringform.reports.graph.wrapping import measured, wrapped

LONG = "A long text that fills more than one line of its box. " * 5
OPTIONS = {key: Transfer(frozenset({"alex"}), LONG) for key in "123456789*0#"}
LARGEST = CallFlow(
    *("Europe/Copenhagen", "en", True, Menu(LONG, OPTIONS), Menu(LONG, OPTIONS), Menu(LONG, OPTIONS), 20),
    dict.fromkeys(range(5), (540, 1020)),
)
"""As many steps as a number can have."""

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "style", "g", "rect", "path", "text"}
PAGE = DRAWN | {"html", "head", "meta", "body", "h1", "h2", "h3", "p", "nav", "ul", "li", "a", "main"}
PAGE |= {"header", "section", "div", "figure"}


class Elements(HTMLParser):
    """The elements of a page, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= set(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_an_svg_is_well_formed_and_has_only_what_is_drawn() -> None:
    root = ET.fromstring(svg.render(list(pictures(100)), AS_OF, is_plan=False))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name or name == "style"}


def test_a_page_has_only_its_own_elements_and_links() -> None:
    page = html.render(list(pictures(100)), AS_OF, is_plan=False)
    found = Elements(page)
    assert found.names <= PAGE
    assert not {name for name, _ in found.attributes if name.startswith("on") or name in ("src", "style")}
    assert {value for name, value in found.attributes if name == "href"} == {f"#n{at}" for at in range(101)}
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_a_page_may_load_nothing(plain: Graph) -> None:
    page = html.render([Picture("+1", None, after=plain)], AS_OF, is_plan=False)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not re.search(r"url\(|@import|https?://", page)


def columns(root: ET.Element) -> dict[int, list[int]]:
    """Where the numbers of a picture begin: from the top, by how far from the left."""
    found: dict[int, list[int]] = {}
    for element in root.findall(f"{SVG}g"):
        x, y = map(int, re.findall("[0-9]+", element.attrib["transform"]))
        found.setdefault(x, []).append(y)
    return found


def test_a_tall_picture_is_split_into_columns(plain: Graph) -> None:
    few, many = (
        ET.fromstring(svg.render([Picture("+1", None, after=plain)] * n, AS_OF, is_plan=False)) for n in (2, 40)
    )
    assert list(columns(few)) == [0]
    assert sorted(y for of in columns(many).values() for y in of[:1]) == [columns(many)[0][0]] * len(columns(many))
    assert len(columns(many)) > 2
    assert sum(map(len, columns(many).values())) == 40
    assert int(many.attrib["height"]) <= svg.TALLEST
    assert int(many.attrib["width"]) == max(columns(many)) + WIDTH


def test_a_number_that_is_too_tall_goes_on_in_the_next_column() -> None:
    before, after = mark_changes(graph("+1", None, LARGEST), graph("+1", None, replace(LARGEST, ring_seconds=7)))
    compared = Picture("+1", "Largest", before=before, after=after)
    assert layout(after, {}).height > svg.TALLEST
    root = ET.fromstring(svg.render([compared, compared, worst()], AS_OF, is_plan=True))
    assert int(root.attrib["height"]) <= svg.TALLEST
    assert [len(of) for of in columns(root).values()] == [1, 1, 1]
    assert int(root.attrib["width"]) == max(columns(root)) + 2 * WIDTH + 28


@pytest.mark.parametrize("tallest", [700, 1_000, 3_000])
def test_strips_hold_every_box_and_every_part_of_an_arrow_once(tallest: int) -> None:
    whole = layout(graph("+1", "Largest", LARGEST), {})
    parts = strips(whole, tallest)
    tops = [0, *accumulate(part.height for part in parts)]
    assert tops[-1] == whole.height
    assert all(part.height <= tallest for part in parts)
    moved = [replace(box, y=box.y + top) for part, top in zip(parts, tops, strict=False) for box in part.boxes]
    assert moved == list(whole.boxes)
    assert all(box.y + box.height <= part.height for part in parts for box in part.boxes)
    assert sum(arrow.has_head for part in parts for arrow in part.arrows) == len(whole.arrows)
    assert sum(map(length, (arrow for part in parts for arrow in part.arrows))) == sum(map(length, whole.arrows))


def length(arrow: Arrow) -> int:
    """How long an arrow is."""
    return sum(abs(x - next_x) + abs(y - next_y) for (x, y), (next_x, next_y) in pairwise(arrow.points))


def test_it_says_as_of_when_it_is_and_explains_only_what_occurs(plain: Graph) -> None:
    without = [Picture("+1", None, after=plain)]
    unknown = [Picture("+1", None, after=Graph((FlowNode("incoming", Unknown("Fax")),), ()))]
    for render in (html.render, svg.render, mermaid.render):
        texts = [
            re.sub(r"\s+|<[^>]*>", " ", render(each, AS_OF, is_plan=False)) for each in (without, [worst()], unknown)
        ]
        assert [text.count(AS_OF) for text in texts] == [1, 1, 1]
        assert ["after another key" in re.sub(" +", " ", text) for text in texts] == [False, True, False]
        assert ["with a name" in re.sub(" +", " ", text) for text in texts] == [False, False, True]


def test_nothing_overlaps_and_nothing_leaves_the_picture() -> None:
    for _, drawn in (side for picture in pictures(100) for side in picture.sides):
        placed = layout(drawn, {})
        bottom = 0
        for box in placed.boxes:
            # The label stands in the 20 pixels above its box.
            assert box.y - (20 if box.label else 0) >= bottom
            assert 0 <= box.x < box.x + box.width <= WIDTH
            bottom = box.y + box.height
        assert bottom <= placed.height
        assert all(0 <= x <= WIDTH and 0 <= y <= placed.height for each in placed.arrows for x, y in each.points)


def test_lines_fit_their_width_and_say_all_that_they_have_room_for() -> None:
    for text in map(one_line, NASTY):
        lines = wrapped(text, 200, 13, 4)
        assert len(lines) <= 4
        assert all(measured(line, 13) <= 200 for line in lines)
        everything = wrapped(text, 200, 13, 1_000)
        assert "".join(everything).replace(" ", "") == text.replace(" ", "")
        assert lines == everything or (lines[-1].endswith("…") and lines[:3] == everything[:3])


def test_what_is_cut_from_a_box_can_still_be_read() -> None:
    root = ET.fromstring(svg.render([worst()], AS_OF, is_plan=False))
    titles = [element.text or "" for element in root.iter(f"{SVG}title")]
    assert any("W" * 300 in title for title in titles)
