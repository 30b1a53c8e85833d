"""Each kind of edit in each style: the diff is the one that a person would make."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest
from golden import check

from ringform.manifest import composer
from ringform.manifest.edit.editor import Editing
from ringform.manifest.edit.edits import Edit, Put, Remove, Rename, Where
from ringform.manifest.edit.splices import CannotEditError
from ringform.manifest.source import Source

GOLDEN = Path(__file__).parent / "golden" / "edits.txt"

TEXT = """\
# top
version: 1
# Numbers
main_numbers:
  # first
  "+1":
    name: Sales # label
    quiet: 'It''s late'
    empty:
    incoming:
      type: Menu
      welcome: >-
        Press one for sales and two
        for the other thing.

      literal: | # as it is
        one
        two
      options:
        # option one
        - {digit: "1", who: [alex, bea]}
        - digit: "3" # three
          who:
            - alex # a
            - bea # b
          prompt: "hello"
    people: [
      alex, # the first
      bea,
      carl # the last
    ]
    hours:
      mon-thu: 09:00-17:00 # normal
      fri: 09:00-15:30

  # second
  "+2": &two
    name: Two
    text: &text We are closed
    no_answer: {type: Voice, greeting: 'It''s late'}
  "+3":
    <<: *two
    spoken: *text
    hours: {mon: a, tue: b}
    # still about +3
contacts:
  # Suppliers
  "+45": {name: A, note: x} # friend
  "+46": {name: B}
last: {} # nothing yet
"""

ONE = ("main_numbers", "+1")
INCOMING = (*ONE, "incoming")
OPTIONS = (*INCOMING, "options")
THREE = (*OPTIONS, Where("digit", "3"))

EDITS: dict[str, list[Edit]] = {
    "a plain text stays plain": [Put((*ONE, "name"), "Support")],
    "a text that is a word of YAML gets quotes": [Put((*ONE, "name"), "no")],
    "a number and a boolean have no quotes": [Put((*ONE, "name"), 30), Put((*ONE, "empty"), True)],
    "a value where none was": [Put((*ONE, "empty"), "filled: now")],
    "null": [Put((*ONE, "name"), None)],
    "a quoted text stays quoted": [Put((*THREE, "prompt"), 'She said "hi"\tand left\u2028')],
    "single quotes": [Put((*ONE, "quiet"), "It's early")],
    "a folded text keeps its breaks": [Put((*INCOMING, "welcome"), "Press 1 for sales and two for the other thing.")],
    "a folded text that becomes short": [Put((*INCOMING, "welcome"), "Hello")],
    "a folded text that becomes long": [
        Put((*INCOMING, "welcome"), "Press one for sales and two for " + "more " * 30 + "things"),
    ],
    "a folded text of two lines": [Put((*INCOMING, "welcome"), "Press one\nor two")],
    "a folded text that no block can hold": [
        Put((*INCOMING, "welcome"), " begins with a space, and goes on for a long while, as it is"),
    ],
    "a literal text": [Put((*INCOMING, "literal"), "one\n\nthree\n")],
    "an item of a list on one line": [Put((*OPTIONS, Where("digit", "1"), "who"), ["alex", "carl"])],
    "an item of a list in lines": [Put((*THREE, "who"), ["bea", "carl"])],
    "other items of a list in lines": [Put((*THREE, "who"), ["sales", "carl"])],
    "an item less between brackets in lines": [Put((*ONE, "people"), ["alex", "carl"])],
    "a list that was in brackets and lines": [Remove((*ONE, "people", 2)), Remove((*ONE, "people", 0))],
    "an option between others": [
        Put((*OPTIONS, Where("digit", "2")), {"digit": "2", "action": "Voice", "prompt": "Hi, you"}),
    ],
    "an option before others": [Put((*OPTIONS, Where("digit", "0")), {"digit": "0", "who": ["bea"]})],
    "an option after others": [Put((*OPTIONS, Where("digit", "9")), {"digit": "9", "who": [{"a": "b"}, {"c": ["d"]}]})],
    "an option less": [Remove((*OPTIONS, Where("digit", "1")))],
    "the last option": [Remove(THREE)],
    "all options": [Remove((*OPTIONS, Where("digit", "1"))), Remove(THREE)],
    "an option becomes another": [Put(THREE, {"digit": "3", "prompt": "Bye"})],
    "the first key of an item": [Put((*THREE, "about"), "x", ())],
    "the first key of an item goes": [Remove((*THREE, "who")), Remove((*THREE, "prompt"))],
    "add and replace within": [Put((*THREE, "more"), {"a": {"b": "c"}}), Put((*THREE, "more", "a", "b"), "d")],
    "a day leaves a line": [
        Rename((*ONE, "hours", "mon-thu"), "mon,wed-thu"), Put((*ONE, "hours", "tue"), "24h", ("mon,wed-thu",)),
    ],
    "keys behind others": [Put((*ONE, "zone"), "London", ("language", "name")), Put((*ONE, "aaa"), 30, ())],
    "a key in a mapping that is not there": [
        Put((*ONE, "settings", "voicemail"), False), Put((*ONE, "settings", "size"), 3),
    ],
    "a mapping becomes null": [Put(INCOMING, None)],
    "a text becomes a mapping": [Put((*ONE, "name"), {"type": "Menu", "options": [{"digit": "1", "who": ["a"]}]})],
    "a mapping becomes a short one": [Put(INCOMING, {"type": "Reject", "message": "No"})],
    "a merged key is overridden": [Put(("main_numbers", "+3", "name"), "Three")],
    "within a merged key": [Put(("main_numbers", "+3", "no_answer", "greeting"), "Three")],
    "an alias is written out": [Put(("main_numbers", "+3", "spoken"), "Three is closed")],
    "keys between brackets": [
        Put(("main_numbers", "+3", "hours", "wed"), "c"), Remove(("main_numbers", "+3", "hours", "mon")),
    ],
    "an entry goes with its comments": [Remove(("contacts", "+45"))],
    "every entry goes": [Remove(("contacts", "+45")), Remove(("contacts", "+46"))],
    "every entry goes and another comes": [
        Remove(("contacts", "+45")), Remove(("contacts", "+46")), Put(("contacts", "+47"), {}),
    ],
    "entries come": [
        Put(("contacts", "+47"), {"name": "C", "note": "a\nb"}), Put(("contacts", "+48"), {"name": "D, E"}),
    ],
    "an entry of a section without any": [Put(("last", "x"), {"name": "C"}), Put(("last", "y"), {"name": "D"})],
    "a section": [Put(("new", "x"), {"name": "C"})],
    "the first number goes": [Remove(ONE)],
    "the last number goes": [Remove(("main_numbers", "+3"))],
    "a number comes": [Put(("main_numbers", "+4"), {"name": "Four", "hours": {"mon-fri": "09:00-17:00"}})],
}  # fmt: skip

REFUSED: dict[str, list[Edit]] = {
    "what an anchor names": [Put(("main_numbers", "+2", "name"), "x")],
    "an anchor itself": [Put(("main_numbers", "+2", "text"), "x")],
    "an entry with an anchor in it": [Remove(("main_numbers", "+2"))],
    "a merged key that goes": [Remove(("main_numbers", "+3", "name"))],
    "a key that a comment stands behind": [Remove((*OPTIONS, Where("digit", "3"), "digit"))],
    "what is not there": [Put(("main_numbers", "+9", "a", "b"), "x")],
    "an item that is not there": [Remove((*OPTIONS, Where("digit", "8")))],
    "a key that is not there": [Rename((*ONE, "x"), "y")],
    "a merged key that gets another name": [Rename(("main_numbers", "+3", "text"), "y")],
}


def edited(text: str, edits: list[Edit]) -> str:
    source = Source("f", text)
    tree, _ = composer.parse(source)
    return Editing.of(text, tree).make(edits).proved(source).mark.source.text


def difference(edits: list[Edit]) -> str:
    """Both of a file with line feeds and of one with a mark of both kinds at the ends of its lines, which are alike."""
    after = edited(TEXT, edits)
    windows = edited(TEXT.replace("\n", "\r\n"), edits)
    assert windows == after.replace("\n", "\r\n")
    lines = unified_diff(TEXT.splitlines(keepends=True), after.splitlines(keepends=True), n=0)
    return "".join(line for line in lines if line[:3] not in ("---", "+++"))


def test_every_kind_of_edit() -> None:
    check(GOLDEN, "\n".join(f"## {name}\n{difference(edits)}" for name, edits in EDITS.items()))


def test_what_is_refused() -> None:
    reasons = []
    for name, edits in REFUSED.items():
        with pytest.raises(CannotEditError) as refused:
            edited(TEXT, edits)
        reasons.append(f"{name}: {refused.value}\n")
    check(GOLDEN.with_name("refused.txt"), "".join(reasons))


@pytest.mark.parametrize(
    "text", ["a: 1\nb:\n  c: 2", "a: 1\r\nb:\r\n  c: 2", "{a: 1, b: {c: 2}}", "a: 1\nb: {c: 2} # x"]
)
def test_a_file_without_a_final_line_break(text: str) -> None:
    after = edited(text, [Put(("b", "d"), "3 4")])
    assert after.startswith(text.rstrip("} x#")[: text.index("2") + 1])
    assert composer.parse(Source("f", after))[0] == {"a": "1", "b": {"c": "2", "d": "3 4"}}


def test_edits_of_many_entries_at_once() -> None:
    text = "contacts:\n" + "".join(f'  "+{number}": {{name: n{number}}} # {number}\n' for number in range(2_000))
    edits: list[Edit] = [Remove(("contacts", f"+{number}")) for number in range(0, 2_000, 2)]
    edits += [Put(("contacts", f"+{number}", "name"), "new") for number in range(1, 2_000, 2)]
    expected = "".join(f'  "+{number}": {{name: new}} # {number}\n' for number in range(1, 2_000, 2))
    assert edited(text, edits) == "contacts:\n" + expected
