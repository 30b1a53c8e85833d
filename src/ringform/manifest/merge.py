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
    diagnostics: list[Diagnostic] = []
    copied: set[str] = set()  # sections that are the merged tree's own; those of a file are not to be changed
    for tree in trees:
        for key, value in tree.items():
            earlier = merged.get(key)
            if earlier is None:
                _put(merged, key, tree)
            elif isinstance(earlier, Map) and isinstance(value, Map):
                if key not in copied:
                    copied.add(key)
                    union = Map(earlier.mark)
                    union.update(earlier)
                    union.marks.update(earlier.marks)
                    merged[key] = earlier = union
                diagnostics += _add(earlier, value, key)
            elif value is None:
                pass  # a section without entries adds none
            elif isinstance(earlier, Map) or isinstance(value, Map):
                wrong, right = (tree, merged) if isinstance(earlier, Map) else (merged, tree)
                diagnostics.append(_not_a_section(key, wrong.marks[key][0], right.marks[key][0]))
            elif isinstance(earlier, Seq) and isinstance(value, Seq):
                if key not in copied:
                    copied.add(key)
                    items = Seq(earlier.mark)
                    items.extend(earlier)
                    items.marks.extend(earlier.marks)
                    merged[key] = earlier = items
                earlier.extend(value)
                earlier.marks.extend(value.marks)
            elif earlier != value and key not in _EACH_FILE_HAS_ITS_OWN:
                diagnostics.append(_twice(key, tree.marks[key][0], merged.marks[key][0]))
    return merged, diagnostics


def _put(target: Map, key: str, source: Map) -> None:
    target[key] = source[key]
    target.marks[key] = source.marks[key]


def _add(target: Map, entries: Map, section: str) -> list[Diagnostic]:
    diagnostics: list[Diagnostic] = []
    for key in entries:
        if len(diagnostics) > MOST_LISTED:
            break
        if key not in target:
            _put(target, key, entries)
        elif target[key] != entries[key] or section != "defaults":
            diagnostics.append(_twice(key, entries.marks[key][0], target.marks[key][0]))
    return diagnostics


def _not_a_section(key: str, here: Mark, there: Mark) -> Diagnostic:
    right, _ = there.locate(key)
    summary = f"{shown(key)} must be a mapping (key: value), as it is in another file"
    detail = f"It is a mapping at {right}."
    hint = "write its entries as 'name: value', each on a line of its own, indented below"
    return Diagnostic("wrong-kind", summary, detail=detail, hint=hint).at(*here.locate(key))


def _twice(key: str, here: Mark, there: Mark) -> Diagnostic:
    first, _ = there.locate(key)
    summary = f"{shown(key)} is given in two files"
    detail = f"It is also at {first}."
    return Diagnostic("defined-twice", summary, detail=detail, hint="keep it in one of them").at(*here.locate(key))
