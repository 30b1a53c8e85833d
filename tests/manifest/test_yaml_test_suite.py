"""The YAML test suite (https://github.com/yaml/yaml-test-suite, MIT License): what is read, refused, or read otherwise.

``yaml_test_suite/cases.jsonl`` holds the suite's documents and the events that it expects. A manifest is one document,
a mapping from texts, without tags; what else YAML knows is refused. The golden list says what becomes of each case:
``same`` is what the suite has, and each other line is a choice of ours or of libyaml, which reads YAML 1.1.
"""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from pathlib import Path

from golden import check

from ringform.manifest import composer
from ringform.manifest.source import Source, check_characters
from ringform.manifest.tree import Node
from ringform.model.diagnostic import RingformError

HERE = Path(__file__).parent / "yaml_test_suite"
CASES = [json.loads(line) for line in (HERE / "cases.jsonl").read_text("utf-8").splitlines()]
EVENT = re.compile(r"(=VAL|\+MAP|\+SEQ)(?: \{\}| \[\])?(?: &(\S+))?(?: <([^>]*)>)?(?: ([:'\"|>])(.*))?\Z")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\"}


def expected(tree: str) -> object:
    """The first document of the suite's events, with texts for all scalars and None for those that mean nothing."""
    anchors: dict[str, object] = {}
    lines = (line.lstrip(" ") for line in tree.split("\n"))
    events = deque(line for line in lines if not line.startswith(("+STR", "+DOC")))

    def value() -> object:
        event = events.popleft()
        if event.startswith("=ALI"):
            return anchors[event.split("*", 1)[1]]
        found = EVENT.match(event)
        assert found, event
        kind, anchor, tag, style, text = found.groups()
        made: object
        if kind == "=VAL":
            text = re.sub(r"\\(.)", lambda escape: ESCAPES[escape[1]], text)
            made = None if style == ":" and tag is None and text in ("", "~", "null") else text
        elif kind == "+SEQ":
            made = inside("-SEQ")
        else:
            pairs = inside("-MAP")
            made = {str(key): inner for key, inner in zip(pairs[::2], pairs[1::2], strict=True)}
        if anchor:
            anchors[anchor] = made
        return made

    def inside(end: str) -> list[object]:
        values = []
        while events[0] != end:
            values.append(value())
        events.popleft()
        return values

    return value()


def plain(node: Node) -> object:
    match node:
        case dict():
            return {str(key): plain(inner) for key, inner in node.items()}
        case list():
            return [plain(inner) for inner in node]
        case _:
            return node


def outcome(case: dict[str, str]) -> str:
    source = Source("case.yaml", case["yaml"])
    try:
        check_characters(source)
        tree, findings = composer.parse(source)
    except RingformError as error:
        findings = list(error.diagnostics)
        tree = None
    if errors := [finding.code for finding in findings if finding.is_error]:
        return f"{'same' if 'fail' in case else 'refused'}: {errors[0]}"
    if "fail" in case:
        return "accepted, and refused by the suite"
    return "same" if plain(tree) == expected(case["tree"]) else "read otherwise"


def test_the_yaml_test_suite() -> None:
    outcomes = [(case, outcome(case)) for case in CASES]
    sums = Counter(re.sub(r"same: .*", "same: refused", each) for _, each in outcomes)
    lines = [f"{number:4} {each}" for each, number in sorted(sums.items())]
    lines += ["", *(f"{case['id']:7} {each:34} {case['name']}" for case, each in outcomes)]
    check(HERE / "outcomes.txt", "\n".join(lines) + "\n")
