"""Mermaid: every diagram is short, and nothing but what was meant, whatever the texts hold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from reports.graph.hostile import AS_OF, NASTY, pictures, worst
from ringform.callflow.graph import Graph
from ringform.callflow.pictures import Picture
from ringform.reports.graph import mermaid
from ringform.reports.graph.captions import notes, one_line

ID = r"[nba][0-9]+|more"
QUOTED = r'"(?P<text>[^"\n]*)"'
BOX = re.compile(rf"(?P<id>{ID})(?:\[{QUOTED}\](?P<mark>:::(?:added|removed|changed))?)")
REFERENCE = re.compile(rf"(?P<id>{ID})\(\[{QUOTED}\]\)")
ARROW = re.compile(rf"(?P<source>{ID}) (?:-->|==>|-\.->)(?:\|{QUOTED}\|)? (?P<target>{ID})")
FRAME = re.compile(r'subgraph (before|after) \["(Before|After)"\]|direction TB|end|before ~~~ after')
STYLE = re.compile(r"classDef (added|removed|changed) [a-z0-9:#, -]+")
MARKUP = re.compile(r"<b>|</b>|<br/>|\((?:added|removed|changed)\)|#[0-9]{1,7};")


def check_label(text: str) -> None:
    """A label holds our own markup, entity codes, letters, digits and harmless signs: nothing else."""
    rest = MARKUP.sub("", text)
    for character in rest:
        is_letter = unicodedata.category(character)[0] in "LNM"
        assert is_letter or character in " .,!?-+'/“”…", (character, text)


def check(diagram: str) -> tuple[Counter[str], Counter[str]]:
    """Hold a diagram against the little of Mermaid's grammar that is meant; the boxes and references in it."""
    assert len(diagram) < 1_800
    first, *lines = diagram.split("\n")
    assert first in ("flowchart TD", "flowchart LR")
    boxes: Counter[str] = Counter()
    references: Counter[str] = Counter()
    ends, styles, marks = set(), set(), set()
    for line in lines:
        if found := BOX.fullmatch(line):
            boxes[found["id"]] += 1
            marks.add((found["mark"] or "").removeprefix(":::"))
        elif found := REFERENCE.fullmatch(line):
            references[found["id"]] += 1
        elif found := ARROW.fullmatch(line):
            ends |= {found["source"], found["target"]}
        elif found := STYLE.fullmatch(line):
            styles.add(found[1])
        else:
            assert FRAME.fullmatch(line), line
            continue
        if "text" in found.re.groupindex and found["text"]:
            check_label(found["text"])
    assert ends <= {*boxes, *references}, "an arrow between boxes that are there"
    assert marks - {""} == styles
    assert diagram.count("\nsubgraph ") == diagram.count("\nend")
    return boxes, references


def check_picture(picture: Picture) -> None:
    """Every box of a picture is in exactly one of its diagrams."""
    found = mermaid.diagrams(picture)
    boxes, references = Counter[str](), Counter[str]()
    for _, diagram in found:
        own, referred = check(diagram)
        assert not own.keys() & referred.keys()
        boxes += own
        references += referred
    assert sum(boxes.values()) == sum(len(graph.nodes) for _, graph in picture.sides)
    assert bool(references) <= (len(found) > 1)


def test_every_diagram_is_short_and_sound() -> None:
    for picture in pictures(300):
        check_picture(picture)


def test_nothing_ends_a_fence_or_a_heading_of_the_document() -> None:
    in_fence = False
    drawn = list(pictures(200))
    head = [*notes(drawn, AS_OF)]
    for line in mermaid.render(drawn, AS_OF, is_plan=False).split("\n"):
        if line.startswith("```"):
            assert line == ("```" if in_fence else "```mermaid")
            in_fence = not in_fence
        elif not in_fence and line not in head:
            # Outside there are headings in code spans, and words of ours.
            assert re.fullmatch(r"(### )?`[^`]*`|(Before|After)?(, )?(part [0-9]+ of [0-9]+)?", line), line
    assert not in_fence


def test_a_label_shows_the_text_that_it_was_given() -> None:
    for text in NASTY:
        label = mermaid.label(text, 100_000)
        assert re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), label) == one_line(text)


def test_a_label_is_cut_where_it_has_no_room() -> None:
    assert mermaid.label("Please call back", 10) == "Please ca…"
    assert mermaid.label("a:::::", 8) == "a#58;…"
    assert mermaid.label("Fits here", 9) == "Fits here"


def test_a_part_says_where_it_goes_on_and_where_the_rest_is() -> None:
    parts = [diagram for _, diagram in mermaid.diagrams(worst())]
    assert len(parts) > 2
    for at, part in enumerate(parts, 1):
        assert (f'more(["continued in part {at + 1}"])' in part) == (at < len(parts))
    homes = {id_: at for at, part in enumerate(parts, 1) for id_ in re.findall(r"^(n[0-9]+)\[", part, re.MULTILINE)}
    for part in parts:
        for id_, home in re.findall(r'^(n[0-9]+)\(\[".*in part ([0-9]+)"', part, re.MULTILINE):
            assert homes[id_] == int(home)


def test_a_graph_that_fits_is_one_diagram(plain: Graph) -> None:
    ((heading, _),) = mermaid.diagrams(Picture("+1", None, after=plain))
    assert heading == ""


def test_before_and_after_stand_side_by_side_if_they_fit(plain: Graph) -> None:
    ((heading, diagram),) = mermaid.diagrams(Picture("+1", None, before=plain, after=plain))
    assert heading == ""
    assert diagram.count("subgraph") == 2
