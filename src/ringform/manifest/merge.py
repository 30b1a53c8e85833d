"""Several files as one document: mappings and lists are put together, single values must agree."""

from __future__ import annotations

from collections.abc import Sequence

from ringform.manifest.tree import Map, Mark, Seq
from ringform.model.diagnostic import MOST_LISTED, Diagnostic
from ringform.model.messages import shown

_EACH_FILE_HAS_ITS_OWN = ("version", "provider")


def merge(trees: Sequence[Map]) -> tuple[Map, list[Diagnostic]]:
    """Return one tree of all files, whose keys keep their marks, and what two files define differently.

    What is said twice counts as said by the first.
    """
    merged = Map(trees[0].mark)
    found: list[Diagnostic] = []
    for tree in trees:
        for key, value in tree.items():
            mine = merged.get(key)
            if mine is None:
                _put(merged, key, tree)
            elif isinstance(mine, Map) and isinstance(value, Map):
                both = Map(mine.mark)
                both.update(mine)
                both.marks.update(mine.marks)
                found += _add(both, value, key)
                dict.__setitem__(merged, key, both)
            elif value is None:
                pass  # a section without entries adds none
            elif isinstance(mine, Map) or isinstance(value, Map):
                wrong, right = (tree, merged) if isinstance(mine, Map) else (merged, tree)
                found.append(_not_a_section(key, wrong.marks[key][0], right.marks[key][0]))
            elif isinstance(mine, Seq) and isinstance(value, Seq):
                all_items = Seq(mine.mark)
                all_items.extend([*mine, *value])
                all_items.marks.extend([*mine.marks, *value.marks])
                dict.__setitem__(merged, key, all_items)
            elif mine != value and key not in _EACH_FILE_HAS_ITS_OWN:
                found.append(_twice(key, tree.marks[key][0], merged.marks[key][0]))
    return merged, found


def _put(target: Map, key: str, source: Map) -> None:
    target[key] = source[key]
    target.marks[key] = source.marks[key]


def _add(target: Map, entries: Map, section: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for key in entries:
        if len(found) > MOST_LISTED:
            break
        if key not in target:
            _put(target, key, entries)
        elif target[key] != entries[key] or section != "defaults":
            found.append(_twice(key, entries.marks[key][0], target.marks[key][0]))
    return found


def _not_a_section(key: str, here: Mark, there: Mark) -> Diagnostic:
    right, _ = there.locate(key)
    return Diagnostic(
        "wrong-kind",
        f"{shown(key)} must be a mapping (key: value), as it is in another file",
        detail=f"It is one at {right}.",
        hint="write its entries as 'name: value', each on a line of its own, indented below",
    ).at(*here.locate(key))


def _twice(key: str, here: Mark, there: Mark) -> Diagnostic:
    first, _ = there.locate(key)
    return Diagnostic(
        "defined-twice",
        f"{shown(key)} is given in two files",
        detail=f"It is also at {first}.",
        hint="keep it in one of them",
    ).at(*here.locate(key))
